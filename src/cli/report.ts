/** `live-otel report`. */
import { readdir } from 'node:fs/promises';
import { Argument, Command, Option } from 'commander';
import {
  buildSessions,
  detectStyle,
  InputError,
  type LiveSession,
  readInputs,
  renderText,
  toJson,
} from '../report/index.ts';
import { UsageError } from './usage-error.ts';

/** Where the instrumentation writes unless told otherwise. */
const defaultFile = 'live-otel.jsonl';

interface ReportOptions {
  readonly format: 'text' | 'json';
  readonly session?: string;
  readonly ascii?: true;
}

export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Reads OTLP/JSON-lines files, as the file exporter of live-otel or of the OpenTelemetry Collector writes them.',
    )
    .addArgument(
      new Argument(
        '[file...]',
        'files (.jsonl, .json, gzip), directories of them, - for standard input',
      ).default([], `${defaultFile} and the files rotated away from it`),
    )
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--session <id>', 'the session to draw, by session id or trace id')
    .option('--ascii', 'draw with ASCII characters only')
    .action(printReport);
}

/** Reads the files and prints the report; throws {@link UsageError} where there is none to print. */
export async function printReport(named: readonly string[], options: ReportOptions): Promise<void> {
  const inputs = named.length > 0 ? named : await defaultFiles();
  const read = await readInputs(inputs).catch((error: unknown) => {
    throw error instanceof InputError ? new UsageError(error.message, 1) : error;
  });
  const sessions = buildSessions(read.live);
  if (sessions.length === 0) throw new UsageError(nothingIn(inputs, read.files, read.spans), 1);
  const session = options.session === undefined ? undefined : findSession(sessions, options.session);
  if (options.format === 'json') {
    await print(`${JSON.stringify(toJson(read, session ? [session] : sessions), undefined, 2)}\n`);
    return;
  }
  const detected = detectStyle(process.stdout, process.env);
  const style = { ...detected, ascii: detected.ascii || options.ascii === true };
  await print(renderText(read, sessions, { style, ...(session && { session }) }));
}

async function defaultFiles(): Promise<readonly string[]> {
  const names = await readdir('.').catch((): string[] => []);
  const rotated = names.filter((name) => /^live-otel-[\dT.-]+\.jsonl(\.gz)?$/.test(name)).sort();
  return rotated.length > 0 && !names.includes(defaultFile) ? rotated : [...rotated, defaultFile];
}

function findSession(sessions: readonly LiveSession[], id: string): LiveSession {
  const found = sessions.find(
    (session) =>
      [session.sessionId, session.traceId, session.spanId].includes(id.toLowerCase()) ||
      session.sessionId === id,
  );
  if (found) return found;
  const some = sessions.slice(0, 3).map(({ sessionId, traceId }) => sessionId ?? traceId);
  throw new UsageError(
    `No session ${id} in the input. It has ${sessions.length}, for example ${some.join(', ')}.`,
    1,
  );
}

function nothingIn(inputs: readonly string[], files: readonly string[], spans: number): string {
  const where = inputs.join(', ');
  if (files.length === 0) return `No .jsonl, .json or .gz file in ${where}.`;
  return spans > 0
    ? `No spans of live-otel in ${where}, only ${spans} of other instrumentations.`
    : `No spans of live-otel in ${where}.`;
}

/** Waits until it is written: a pipe takes long texts in pieces. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', (error: NodeJS.ErrnoException) => {
      // The reader, `head` perhaps, had enough.
      if (error.code === 'EPIPE') resolve();
      else reject(error);
    });
    process.stdout.write(text, () => resolve());
  });
}
