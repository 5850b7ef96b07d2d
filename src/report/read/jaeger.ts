/**
 * Traces of a Jaeger, by its stable query API: OTLP/JSON, asked for in stretches of time short enough for the answer to
 * hold all that is in them.
 * https://www.jaegertracing.io/docs/latest/architecture/apis/
 */
import { InputError } from './sources.ts';

export interface JaegerSource {
  /** `http://localhost:16686`, with the path under which it is served, if any. */
  readonly url: string;
  /** All of them unless told otherwise. */
  readonly service?: string | undefined;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** Traces in an answer. As many as this may have been cut off. */
const mostTraces = 100;
/** Where more happens in so short a time, what was cut off is given up. */
const shortestMs = 1;
const timeoutMs = 60_000;

export interface JaegerPages {
  /** Lines of OTLP/JSON. Throws {@link InputError} where Jaeger does not answer, or with an error. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly notes: readonly string[];
}

export function readJaeger(source: JaegerSource): JaegerPages {
  const notes: string[] = [];
  return { bytes: pages(source, notes), notes };
}

async function* pages({ url, service, from, to }: JaegerSource, notes: string[]): AsyncGenerator<Uint8Array> {
  const base = apiOf(url);
  const services = service === undefined ? await servicesOf(base) : [service];
  for (const name of services) {
    const stretches = [{ from, to }];
    for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
      const { lines, traces } = await traced(base, name, stretch);
      for (const line of lines) yield Buffer.from(`${line}\n`);
      if (traces < mostTraces) continue;
      const middle = Math.floor((stretch.from + stretch.to) / 2);
      if (stretch.to - stretch.from > shortestMs && middle > stretch.from) {
        stretches.push({ from: middle, to: stretch.to }, { from: stretch.from, to: middle });
      } else {
        const at = new Date(stretch.from).toISOString();
        notes.push(
          `Jaeger has more traces of ${printable(name)} at ${at} than it gives at once: some are missing.`,
        );
      }
    }
  }
}

function apiOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new InputError(`${url} is no address of a Jaeger: give one like http://localhost:16686.`);
  }
  return `${url.replace(/\/+$/, '')}/api/v3`;
}

async function servicesOf(base: string): Promise<readonly string[]> {
  const [answer] = (await ask(`${base}/services`)).flatMap(parsed);
  const services = answer && 'services' in answer ? answer.services : undefined;
  if (!Array.isArray(services)) throw new InputError(`${base}/services answered with no list of services.`);
  return services.filter((name): name is string => typeof name === 'string').sort();
}

async function traced(
  base: string,
  service: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ readonly lines: readonly string[]; readonly traces: number }> {
  const query = new URLSearchParams({
    'query.service_name': service,
    'query.start_time_min': new Date(from).toISOString(),
    'query.start_time_max': new Date(to).toISOString(),
    'query.num_traces': String(mostTraces),
  });
  const ids = new Set<unknown>();
  const lines = (await ask(`${base}/traces?${query}`)).flatMap(parsed).flatMap((answer) => {
    const result = 'result' in answer ? answer.result : answer;
    for (const span of spansIn(result)) ids.add(span.traceId);
    return JSON.stringify(result);
  });
  return { lines, traces: ids.size };
}

/** Whatever the other side answered: what is no list of objects holds none. */
function spansIn(result: unknown): readonly { readonly traceId?: unknown }[] {
  return listed(result, 'resourceSpans')
    .flatMap((resource) => listed(resource, 'scopeSpans'))
    .flatMap((scope) => listed(scope, 'spans'));
}

function listed(value: unknown, name: string): readonly object[] {
  const list: unknown = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}

/** The lines of the answer; none where there is nothing. */
async function ask(address: string): Promise<readonly string[]> {
  const where = new URL(address).origin;
  const { status, ok, text } = await answered(address).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    throw new InputError(`No Jaeger answers at ${where}: ${causeOf(error).message}.`);
  });
  // So it says that no trace was found.
  if (status === 404 && address.includes('/traces?')) return [];
  if (!ok) throw new InputError(`Jaeger at ${where} answered ${status}: ${printable(text)}`);
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Longest answer that is taken in. Jaeger's for a hundred traces are a few megabytes. */
const longestAnswer = 64 * 2 ** 20;

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > longestAnswer) throw new InputError('Jaeger answered with more than 64 MB at once.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Its beginning, without what would move a terminal's cursor. */
function printable(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[^\P{C}\n]/gu, '')
    .trim();
}

/** A connection that was kept open for the next question may be closed by the time it is asked. */
const closedConnection = new Set(['ECONNRESET', 'UND_ERR_SOCKET']);

async function answered(
  address: string,
  again = true,
): Promise<{ status: number; ok: boolean; text: string }> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, ok: response.ok, text: await textOf(response) };
  } catch (error) {
    const cause = causeOf(error);
    if (again && 'code' in cause && closedConnection.has(String(cause.code))) return answered(address, false);
    throw error;
  }
}

function causeOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? error.cause : error;
}

function parsed(line: string): readonly object[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? [value] : [];
  } catch {
    throw new InputError(
      'Jaeger answered with something that is no JSON: is it the address of its query API?',
    );
  }
}
