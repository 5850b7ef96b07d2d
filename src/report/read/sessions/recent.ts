/**
 * The chunks that were read last, with the spans in them by session: when a session's closure tells that it is worth
 * keeping, the spans that ended before it are still here. The oldest make room. Nothing is copied until it is asked for.
 */
import type { Row } from '../../../analysis/risk/count.ts';
import { column, kind, rowLength, type ScannedChunk } from '../../../analysis/risk/record.ts';
import type { SpanResource } from '../otlp.ts';
import { text, value } from '../row-values.ts';

export interface StoredSpan {
  readonly json: Uint8Array;
  readonly resource: SpanResource;
  readonly log: boolean;
}

export interface Recent {
  /** A chunk whose rows may be pushed from now on. Its bytes belong to this until they are released. */
  begin(chunk: ScannedRows, bytes: Uint8Array): void;
  /** A row of the chunk that was begun last. */
  push(session: number, at: number): void;
  /** Those of one session, the last one first. They stay. */
  of(session: number): readonly StoredSpan[];
  has(session: number): boolean;
  /** Sessions that any span is there of. */
  sessions(): Iterable<number>;
  /** Spans that had to make room. */
  readonly lost: number;
}

type ScannedRows = Pick<ScannedChunk, 'rows' | 'texts'>;

export interface RecentOptions {
  /** Bytes of the chunks that are kept; the last one is, whatever its size. */
  readonly bytes?: number | undefined;
  /** Nobody needs these any more. */
  readonly release?: ((bytes: Uint8Array) => void) | undefined;
}

interface Chunk extends ScannedRows {
  readonly bytes: Uint8Array;
  /** Of all rows there ever were, its first. */
  readonly first: number;
  /** By row: the row of the same session before it; -1 where there is none, and where the row was not pushed. */
  readonly previous: Float64Array;
  readonly owners: Float64Array;
  pushed: number;
}

/** About 17,000 spans of a voice agent. */
const defaultBytes = 64 * 2 ** 20;

export function createRecent({ bytes: most = defaultBytes, release }: RecentOptions = {}): Recent {
  const chunks: Chunk[] = [];
  const latest = new Map<number, number>();
  let size = 0;
  let next = 0;
  let lost = 0;

  const dropOldest = (): void => {
    const oldest = chunks.shift();
    if (!oldest) return;
    size -= oldest.bytes.buffer.byteLength;
    lost += oldest.pushed;
    for (const [row, owner] of oldest.owners.entries()) {
      if (owner !== 0 && latest.get(owner) === oldest.first + row) latest.delete(owner);
    }
    release?.(oldest.bytes);
  };

  const chunkOf = (row: number): Chunk | undefined => chunks.findLast(({ first }) => first <= row);

  return {
    get lost() {
      return lost;
    },
    begin({ rows, texts }, given) {
      // A small part of large memory would keep all of it.
      const isSmall = given.length * 2 < given.buffer.byteLength;
      const bytes = isSmall ? new Uint8Array(given) : given;
      if (isSmall) release?.(given);
      const count = rows.length / rowLength;
      const [previous, owners] = [new Float64Array(count), new Float64Array(count)];
      chunks.push({ rows, texts, bytes, first: next, previous, owners, pushed: 0 });
      size += bytes.buffer.byteLength;
      next += count;
      while (size > most && chunks.length > 1) dropOldest();
    },
    push(session, at) {
      const chunk = chunks.at(-1);
      if (!chunk) return;
      const row = at / rowLength;
      chunk.owners[row] = session;
      chunk.previous[row] = latest.get(session) ?? -1;
      chunk.pushed += 1;
      latest.set(session, chunk.first + row);
    },
    of(session) {
      const found: StoredSpan[] = [];
      for (let row = latest.get(session) ?? -1; row >= 0; ) {
        const chunk = chunkOf(row);
        if (!chunk) break;
        const { rows, texts, bytes, first, previous } = chunk;
        const at = (row - first) * rowLength;
        found.push(storedSpan({ rows, texts, at }, bytes));
        row = previous[row - first] as number;
      }
      return found;
    },
    has: (session) => latest.has(session),
    sessions: () => latest.keys(),
  };
}

export function storedSpan(row: Row, bytes: Uint8Array): StoredSpan {
  return {
    json: new Uint8Array(bytes.subarray(value(row, column.from), value(row, column.to))),
    resource: resourceOf(row),
    log: value(row, column.kind) === kind.log,
  };
}

export function resourceOf(row: Row): SpanResource {
  return { service: text(row, column.service), node: text(row, column.node), os: text(row, column.os) };
}
