/** From what the command line names to what the report is made from. */

import { readAggregates } from '../../report/read/aggregates/read.ts';
import { collect } from '../../report/read/collect.ts';
import type { Collected } from '../../report/read/collected.ts';
import { InputError } from '../../report/read/sources.ts';
import { recordingReader } from '../recordings.ts';
import { UsageError } from '../usage-error.ts';
import { parseMoment } from './moment.ts';
import { nothingIn } from './nothing.ts';
import type { ReportOptions } from './options.ts';
import { createReadingBar } from './progress.ts';

/** Throws {@link UsageError} where an input cannot be read, or holds no session. */
export async function read(inputs: readonly string[], options: ReportOptions): Promise<Collected> {
  const { session, sessions, progress } = options;
  checkAggregates(inputs, options);
  const jaeger = serverOf('jaeger', options, Date.now());
  const tempo = serverOf('tempo', options, Date.now());
  const bar = createReadingBar(progress === false ? undefined : process.stderr);
  try {
    const collected = options.fromAggregates
      ? await readAggregates(inputs)
      : await collect(inputs, {
          session,
          jaeger,
          tempo,
          keepSessions: sessions,
          recordings: recordingReader,
          onProgress: bar.update,
        });
    if (collected.counts.sessions === 0)
      throw new UsageError(nothingIn(jaeger || tempo ? collected.input.sources : inputs, collected.input), 1);
    return collected;
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message, 1) : error;
  } finally {
    bar.end();
  }
}

function checkAggregates(
  inputs: readonly string[],
  { fromAggregates, session, jaeger, tempo }: ReportOptions,
): void {
  if (!fromAggregates) return;
  if (jaeger !== undefined) throw new UsageError('--from-aggregates reads files, no --jaeger.', 2);
  if (tempo !== undefined) throw new UsageError('--from-aggregates reads files, no --tempo.', 2);
  if (session !== undefined) {
    throw new UsageError('--from-aggregates draws no --session: aggregates hold no spans.', 2);
  }
  if (inputs.length === 0) {
    throw new UsageError('--from-aggregates takes files, directories of them or - for standard input.', 2);
  }
}

const addresses = { jaeger: 'http://localhost:16686', tempo: 'http://localhost:3200' } as const;

/** The server to read, where one is named. Throws {@link UsageError} for times that are none. */
function serverOf(
  server: keyof typeof addresses,
  { service, since = '1h', until, ...options }: ReportOptions,
  now: number,
) {
  const url = options[server];
  if (url === undefined) return undefined;
  const from = parseMoment('--since', since, now);
  const to = until === undefined ? now : parseMoment('--until', until, now);
  if (from >= to) throw new UsageError('--since is not before --until.', 2);
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(`--${server} ${url} is no address: write it as ${addresses[server]}.`, 2);
  }
  return { url, service, from, to };
}
