/**
 * Reading environment variables: every reader returns a usable value, and notes one sentence for a bad one. Values of
 * headers, endpoints and resource attributes never appear in those sentences: they may hold credentials.
 */

/** The longest delay that Node's timers take. */
export const maxTimerMs = 2_147_483_647;

/** How a whole number is described in a warning, and its bounds. */
export interface IntegerRule {
  readonly default: number;
  readonly min: number;
  readonly max?: number;
  /** Plural, for example `milliseconds`. */
  readonly unit: string;
}

export interface EnvironmentReader {
  /** Trimmed; `undefined` where the variable is unset or blank, as the OpenTelemetry specification asks for. */
  text(name: string): string | undefined;
  /** Trimmed; tells an empty variable (`''`) from an unset one. */
  textOrEmpty(name: string): string | undefined;
  flag(name: string): boolean;
  integer(name: string, rule: IntegerRule): number;
  ratio(name: string, fallback: number): number;
  choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T;
  /** Comma list without repetitions; `undefined` where it is unset or holds nothing allowed. */
  list<T extends string>(name: string, allowed: readonly T[], fallback: string): readonly T[] | undefined;
  /** `key=value` pairs, percent-decoded. `accept` refuses a pair by returning false. */
  pairs(name: string, accept?: (key: string, value: string) => boolean): Readonly<Record<string, string>>;
  warn(sentence: string): void;
  /** Each sentence once, in order. */
  readonly warnings: readonly string[];
}

export function readEnvironment(env: NodeJS.ProcessEnv): EnvironmentReader {
  const warnings: string[] = [];
  const warn = (sentence: string): void => {
    if (!warnings.includes(sentence)) warnings.push(sentence);
  };
  const textOrEmpty = (name: string): string | undefined =>
    Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
  const text = (name: string): string | undefined => textOrEmpty(name) || undefined;

  return {
    warnings,
    warn,
    text,
    textOrEmpty,

    flag(name) {
      const value = text(name)?.toLowerCase() ?? 'false';
      if (value !== 'true' && value !== 'false') {
        warn(`${name} is ${quoted(value)}; allowed are true and false; false is used.`);
      }
      return value === 'true';
    },

    integer(name, { default: fallback, min, max, unit }) {
      const value = text(name);
      if (value === undefined) return fallback;
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= (max ?? Number.MAX_SAFE_INTEGER)) return number;
      const bounds = max === undefined ? `from ${min}` : `from ${min} to ${max}`;
      warn(
        `${name} is ${quoted(value)}; allowed is a whole number of ${unit} ${bounds}; ${fallback} is used.`,
      );
      return fallback;
    },

    ratio(name, fallback) {
      const value = text(name);
      if (value === undefined) return fallback;
      const number = Number(value);
      if (number >= 0 && number <= 1) return number;
      warn(`${name} is ${quoted(value)}; allowed is a number from 0 to 1; ${fallback} is used.`);
      return fallback;
    },

    choice(name, allowed, fallback) {
      const value = text(name);
      if (value === undefined) return fallback;
      const found = allowed.find((candidate) => candidate === value.toLowerCase());
      if (found !== undefined) return found;
      warn(`${name} is ${quoted(value)}; allowed are ${sentenceList(allowed)}; ${fallback} is used.`);
      return fallback;
    },

    list(name, allowed, fallback) {
      const names = (text(name) ?? '').split(',').flatMap((part) => part.trim().toLowerCase() || []);
      const known = allowed.filter((candidate) => names.includes(candidate));
      const unknown = names.filter((candidate) => !allowed.some((one) => one === candidate));
      if (unknown.length > 0) {
        const instead = known.length > 0 ? sentenceList(known) : fallback;
        const verb = instead.includes(' and ') ? 'are' : 'is';
        warn(
          `${name} names ${unknown.map(quoted).join(', ')}; allowed are ${sentenceList(allowed)}; ${instead} ${verb} used.`,
        );
      }
      return known.length > 0 ? known : undefined;
    },

    pairs(name, accept = () => true) {
      const pairs: Record<string, string> = {};
      for (const [index, part] of (text(name) ?? '').split(',').entries()) {
        if (part.trim() === '') continue;
        const pair = readPair(part);
        if (pair === undefined || !accept(...pair)) {
          warn(`Entry ${index + 1} of ${name} is not a valid key=value pair; it is left out.`);
        } else {
          // Not by assignment: `__proto__` is a possible key.
          Object.defineProperty(pairs, pair[0], {
            value: pair[1],
            enumerable: true,
            configurable: true,
            writable: true,
          });
        }
      }
      return pairs;
    },
  };
}

function readPair(part: string): [key: string, value: string] | undefined {
  const equals = part.indexOf('=');
  if (equals < 1) return undefined;
  try {
    const key = decodeURIComponent(part.slice(0, equals).trim());
    return key === '' ? undefined : [key, decodeURIComponent(part.slice(equals + 1).trim())];
  } catch {
    return undefined;
  }
}

/** A value as a warning shows it: on one line, and not longer than 40 characters. */
function quoted(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}

export function sentenceList(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
