/** The sessions that are shown in full, put together from spans in any order while all others pass. */
import type { Row } from '../../../analysis/risk/count.ts';
import { column, type ScannedChunk } from '../../../analysis/risk/record.ts';
import { decodeJson, type LiveSpan } from '../otlp.ts';
import { value } from '../row-values.ts';
import { createKeptSessions, type KeptSession } from './kept.ts';
import { buildSessions, type LiveSession } from './model.ts';
import { createRecent, type RecentOptions, type StoredSpan, storedSpan } from './recent.ts';
import { byTelling } from './telling.ts';

export interface Ending {
  readonly expected: boolean;
  readonly cause: string;
  /** Last thing of note before it, as in `gemini.live.closure.preceding_event`. */
  readonly preceding: string;
  readonly toolCalls: number;
  readonly turns: number;
}

export interface WholeSessions {
  /** A chunk whose rows come from now on. */
  begin(chunk: ScannedChunk, bytes: Uint8Array): void;
  /** A span other than a closure. */
  add(row: Row): void;
  close(row: Row, ending: Ending): void;
  /** @param hasClosure what is still open comes last, if there is room */
  finish(hasClosure: (session: number) => boolean): {
    readonly sessions: readonly LiveSession[];
    readonly notes: readonly string[];
  };
}

export interface WholeOptions {
  readonly keepSessions: number;
  /** Only what was asked for is kept. */
  readonly onlyWanted: boolean;
  readonly recent?: RecentOptions | undefined;
}

/** Of one session; the rest of its spans is only counted. */
const mostSpans = 2_000;
/** Part of the places for expected ends, to compare with, and for closures of which there is nothing else. */
const smallShare = 0.2;

export function createWholeSessions({
  keepSessions,
  onlyWanted,
  recent: recentOptions,
}: WholeOptions): WholeSessions {
  const recent = createRecent(recentOptions);
  const unexpected = createKeptSessions(keepSessions);
  /** Unexpected ends whose closure is all there is: the session was not sampled. */
  const alone = createKeptSessions(keepSessions);
  const expected = createKeptSessions(keepSessions);
  const wanted = new Map<number, KeptSession>();
  let bytes: Uint8Array = new Uint8Array(0);
  let cutShort = false;

  const stored = (row: Row): StoredSpan => storedSpan(row, bytes);

  const keptAs = (session: number): KeptSession | undefined =>
    onlyWanted
      ? wanted.get(session)
      : (unexpected.get(session) ?? alone.get(session) ?? expected.get(session));

  const keep = (kept: KeptSession, span: StoredSpan): void => {
    if (kept.spans.length < mostSpans) kept.spans.push(span);
    else cutShort = true;
  };

  const begin = (kept: KeptSession, row: Row): void => {
    for (const earlier of recent.of(kept.session)) keep(kept, earlier);
    keep(kept, stored(row));
  };

  const want = (session: number, row: Row): void => {
    if (wanted.size >= keepSessions) return;
    const kept: KeptSession = { session, kind: '', score: 0, spans: [] };
    wanted.set(session, kept);
    begin(kept, row);
  };

  const isWanted = (row: Row): boolean => value(row, column.wanted) === 1;

  /** Once there is more of it than its closure. */
  const join = (session: number): void => {
    const lonely = alone.remove(session);
    if (lonely) unexpected.offer(lonely)?.spans.push(...lonely.spans);
  };

  const choose = (): readonly KeptSession[] => {
    if (onlyWanted) return [...wanted.values()];
    const few = Math.round(keepSessions * smallShare);
    const room = (pool: readonly KeptSession[], others: number): number =>
      Math.min(pool.length, Math.max(few, keepSessions - others));
    const [first, second, third] = [unexpected.all(), alone.all(), expected.all()];
    const forExpected = room(third, first.length + second.length);
    const forAlone = room(second, first.length + forExpected);
    return [
      ...spread(first, keepSessions - forExpected - forAlone),
      ...spread(second, forAlone),
      ...spread(third, forExpected),
    ];
  };

  return {
    begin(chunk, chunkBytes) {
      recent.begin(chunk, chunkBytes);
      bytes = chunkBytes;
    },
    add(row) {
      const session = value(row, column.session);
      const kept = keptAs(session);
      if (kept) {
        keep(kept, stored(row));
        join(session);
      } else if (onlyWanted && isWanted(row)) want(session, row);
      else recent.push(session, row.at);
    },
    close(row, ending) {
      const session = value(row, column.session);
      const kept = keptAs(session);
      if (kept) keep(kept, stored(row));
      else if (onlyWanted) {
        if (isWanted(row)) want(session, row);
      } else {
        const pool = ending.expected ? expected : recent.has(session) ? unexpected : alone;
        const found = pool.offer({ session, kind: ending.cause, score: scoreOf(ending) });
        if (found) begin(found, row);
      }
    },
    finish(hasClosure) {
      const chosen = choose().map(({ spans }) => spans);
      if (!onlyWanted && chosen.length < keepSessions) {
        const open = [...recent.sessions()].filter((session) => !hasClosure(session)).sort((a, b) => a - b);
        chosen.push(...open.slice(0, keepSessions - chosen.length).map((session) => [...recent.of(session)]));
      }
      return {
        sessions: byTelling(buildSessions(chosen.flat().flatMap(decode))),
        notes: [
          ...(cutShort ? [`Of a session shown in full at most ${mostSpans} spans are shown.`] : []),
          ...(recent.lost > 0
            ? ['Sessions shown in full may lack spans that stood far before their closure in the input.']
            : []),
        ],
      };
    },
  };
}

/** As many as fit, of each cause as many as of the others. */
function spread(sessions: readonly KeptSession[], most: number): readonly KeptSession[] {
  const pool = createKeptSessions(most);
  for (const session of sessions) pool.offer(session);
  return sessions.filter(({ session }) => pool.get(session) !== undefined);
}

function scoreOf({ preceding, toolCalls, turns }: Ending): number {
  return Number(preceding === 'tool_response') * 100 + Math.min(toolCalls, 4) * 11 + Math.min(turns, 10);
}

function decode({ json, resource, log }: StoredSpan): readonly LiveSpan[] {
  const span = decodeJson(json, resource, log);
  return span ? [span] : [];
}
