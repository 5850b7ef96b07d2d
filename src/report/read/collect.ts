/** Files and other sources of OTLP to what the report is made from, in one pass and in bounded memory. */
import type { Readable } from 'node:stream';
import { lineChunks, readerOf } from './chunks.ts';
import type { Collected } from './collected.ts';
import { createCollector } from './collector.ts';
import { readJaeger } from './jaeger.ts';
import { createRecordings, type RecordingReader } from './recordings.ts';
import { scanChunk } from './scan.ts';
import { createScanners } from './scanners.ts';
import { findSources, openSource, type Source } from './sources.ts';
import { createTally, type Progress } from './tally.ts';
import { readTempo } from './tempo.ts';
import type { TraceSource } from './trace-api.ts';

export interface CollectOptions {
  readonly stdin?: Readable | undefined;
  /** Read after the inputs. */
  readonly jaeger?: TraceSource | undefined;
  /** The same. */
  readonly tempo?: TraceSource | undefined;
  /** Session id, trace id or id of the `live_session` span, or how it begins: only what fits is kept whole. Everything is counted. */
  readonly session?: string | undefined;
  /** Sessions kept whole; 200 unless told otherwise. */
  readonly keepSessions?: number | undefined;
  /** Reads recorded sessions among the inputs; without it they are left out as what is no OTLP. */
  readonly recordings?: RecordingReader | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const defaultKeepSessions = 200;
const chunkBytes = 4 * 2 ** 20;
const longestLine = 256 * 2 ** 20;

/**
 * Reads all of the inputs: paths of files and directories, `-` for standard input; plain, gzip or zstd; lines of
 * OTLP/JSON, a JSON document, or OTLP/protobuf. What is no OTLP is counted, the first 20 lines of it named, never
 * fatal. The order of lines and files does not matter, and what is there twice counts once.
 *
 * Memory is bounded: spans are counted and forgotten, except for the sessions that are kept whole, the last 64 MB of
 * spans that may turn out to be of such a session, and hashes of the last two million spans and half a million sessions.
 * What had to be merged or left out stands in `notes` and `tables.coarsened`.
 *
 * Throws `InputError` for a path that cannot be read and a Jaeger or Tempo that does not answer.
 */
export async function collect(inputs: readonly string[], options: CollectOptions = {}): Promise<Collected> {
  const {
    session,
    keepSessions = defaultKeepSessions,
    stdin = process.stdin,
    jaeger,
    tempo,
    recordings: recordingReader,
    onProgress,
  } = options;
  const { sources: files, notes: leftOut } = await findSources(inputs);
  const servers = [
    ...(jaeger ? [{ source: { name: jaeger.url, size: undefined }, pages: readJaeger(jaeger) }] : []),
    ...(tempo ? [{ source: { name: tempo.url, size: undefined }, pages: readTempo(tempo) }] : []),
  ];
  const sources: readonly Source[] = [...files, ...servers.map(({ source }) => source)];
  const tally = createTally(sources, onProgress);
  const free: Uint8Array<ArrayBuffer>[] = [];
  const collector = createCollector({
    keepSessions,
    onlyWanted: session !== undefined,
    recent: {
      release({ buffer }) {
        if (buffer instanceof ArrayBuffer && buffer.byteLength === chunkBytes)
          free.push(new Uint8Array(buffer));
      },
    },
  });
  let renamed = false;
  const recordings = createRecordings(recordingReader);
  const scanners = createScanners({ session, worthThreads: worthThreads(sources) });
  try {
    for (const source of sources) {
      await using file = files.includes(source) ? await openSource(source, stdin, tally.read) : undefined;
      if (file && recordings.isOne(file.head)) {
        await recordings.put(source, file.reader);
        continue;
      }
      const pages = servers.find((server) => server.source === source)?.pages;
      const reader = file?.reader ?? readerOf(pages?.bytes ?? nothing());
      const chunks = lineChunks(reader, { size: chunkBytes, longest: longestLine, free });
      let line = 0;
      let truncated = false;
      for await (const { scanned, bytes } of scanners.scan(chunks)) {
        tally.add(source.name, scanned, line);
        collector.add(scanned, bytes);
        renamed ||= scanned.renamed;
        line += scanned.lineFeeds;
        truncated = scanned.truncated;
      }
      if (file?.cutOff && !truncated) tally.lost({ file: source.name, line: line + 1, problem: 'truncated' });
    }
    // After all else: where the telemetry has a session, that counts.
    for await (const { name, line } of recordings.all()) {
      if (line === undefined) tally.lost({ file: name, line: 1, problem: 'not_otlp' });
      else {
        const scanned = scanChunk(line, { last: true, session });
        tally.add(name, scanned, 0);
        recordings.known(collector.knows(scanned));
        if (!collector.knows(scanned)) collector.add(scanned, line);
      }
    }
  } finally {
    await scanners.close();
  }
  const { notes, sessions, ...collected } = collector.finish();
  return {
    input: tally.input(),
    ...collected,
    sessions: await recordings.withFrames(sessions),
    notes: [
      ...leftOut,
      ...notes,
      ...recordings.notes(),
      ...(renamed ? [renamedNote] : []),
      ...servers.flatMap(({ pages }) => pages.notes),
    ],
  };
}

const renamedNote =
  'Spans with the names of version 0.1 (`live.…`) were read as those of today (`gemini.live.…`).';

/** Below this, starting threads takes longer than they save. */
const fewBytes = 64 * 2 ** 20;

function worthThreads(sources: readonly Source[]): boolean {
  return (
    sources.some(({ size }) => size === undefined) ||
    sources.reduce((sum, { size = 0 }) => sum + size, 0) > fewBytes
  );
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
