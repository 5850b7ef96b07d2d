/** Asking a server of traces over HTTP: what it answers is material, never trusted. */
import { InputError } from './sources.ts';

/** What is read of it. */
export interface TracePages {
  /** Lines of OTLP/JSON. Throws {@link InputError} where it does not answer, or with an error. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly notes: readonly string[];
}

export interface TraceSource {
  /** `http://localhost:16686`, with the path under which it is served, if any. */
  readonly url: string;
  /** All of them unless told otherwise. */
  readonly service?: string | undefined;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

export interface Stretch {
  /** Since the epoch, in the units of the server. */
  readonly from: number;
  readonly to: number;
}

/** Traces in an answer. As many as this may have been cut off. */
export const mostTraces = 100;

/**
 * What `read` yields of a stretch and of shorter ones, until what it returns, the number of traces in its answer, says
 * that nothing was cut off. Where a stretch cannot be cut any more, that is given up and `missing` is told.
 */
export async function* inStretches(
  whole: Stretch,
  shortest: number,
  read: (stretch: Stretch) => AsyncGenerator<Uint8Array, number>,
  missing: (stretch: Stretch) => void,
): AsyncGenerator<Uint8Array> {
  const stretches: Stretch[] = [whole];
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    if ((yield* read(stretch)) < mostTraces) continue;
    const shorter = halves(stretch, shortest);
    stretches.push(...shorter);
    if (shorter.length === 0) missing(stretch);
  }
}

/** A stretch cut in two; nothing where it is as short as `shortest`, or cannot be cut any more. */
function halves({ from, to }: Stretch, shortest: number): readonly Stretch[] {
  const middle = Math.floor((from + to) / 2);
  return to - from > shortest && middle > from
    ? [
        { from: middle, to },
        { from, to: middle },
      ]
    : [];
}

const timeoutMs = 60_000;

/** Throws {@link InputError} for what is no address of a web server. */
export function baseOf(url: string, name: string, example: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new InputError(`${url} is no address of a ${name}: give one like ${example}.`);
  }
  return url.replace(/\/+$/, '');
}

/** The objects that are the lines of the answer; `undefined` where the server says that there is nothing. */
export async function ask(address: string, name: string): Promise<readonly object[] | undefined> {
  const where = new URL(address).origin;
  const { status, ok, text } = await answered(address, name).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    throw new InputError(`No ${name} answers at ${where}: ${causeOf(error).message}.`);
  });
  if (status === 404) return undefined;
  if (!ok) throw new InputError(`${name} at ${where} answered ${status}: ${printable(text)}`);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => parsed(line, name));
}

/** The objects of a list at that name; whatever the other side answered, none where it is no list. */
export function listed(value: unknown, name: string): readonly object[] {
  const list: unknown = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}

/** Longest answer that is taken in. Those for a hundred traces are a few megabytes. */
const longestAnswer = 64 * 2 ** 20;

async function textOf(response: Response, name: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > longestAnswer) throw new InputError(`${name} answered with more than 64 MB at once.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Its beginning, without what would move a terminal's cursor. */
export function printable(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[^\P{C}\n]/gu, '')
    .trim();
}

/** A connection that was kept open for the next question may be closed by the time it is asked. */
const closedConnection = new Set(['ECONNRESET', 'UND_ERR_SOCKET']);

async function answered(
  address: string,
  name: string,
  again = true,
): Promise<{ status: number; ok: boolean; text: string }> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, ok: response.ok, text: await textOf(response, name) };
  } catch (error) {
    const cause = causeOf(error);
    if (again && 'code' in cause && closedConnection.has(String(cause.code)))
      return answered(address, name, false);
    throw error;
  }
}

function causeOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? error.cause : error;
}

function parsed(line: string, name: string): readonly object[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? [value] : [];
  } catch {
    throw new InputError(
      `${name} answered with something that is no JSON: is it the address of its query API?`,
    );
  }
}
