/** Reading environment variables: every reader returns a usable value, and notes one sentence for a bad one. */

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
  choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T;
  /** Comma list, in lower case. */
  names(name: string): readonly string[];
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

    choice(name, allowed, fallback) {
      const value = text(name);
      if (value === undefined) return fallback;
      const found = allowed.find((candidate) => candidate === value.toLowerCase());
      if (found !== undefined) return found;
      warn(`${name} is ${quoted(value)}; allowed are ${sentenceList(allowed)}; ${fallback} is used.`);
      return fallback;
    },

    names: (name) => (text(name) ?? '').split(',').flatMap((part) => part.trim().toLowerCase() || []),
  };
}

/** A value as a warning shows it: on one line, and not longer than 40 characters. */
function quoted(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}

function sentenceList(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
