/**
 * Puts sessions together for the comparisons, in bounded memory: of those that ended unexpectedly and of the others,
 * those with the lowest hashes, each for as many as its share says. Which are kept does not depend on the order.
 */
import type { Row } from '../../../analysis/risk/count.ts';
import { hypothesisOf } from '../../../analysis/risk/count.ts';
import type {
  Frame,
  FramedCall,
  FramedResponse,
  FramedSession,
  FramedTurn,
} from '../../../analysis/risk/frame.ts';
import {
  callColumn,
  closureColumn,
  column,
  connectColumn,
  kind,
  responseColumn,
  turnColumn,
} from '../../../analysis/risk/record.ts';
import { type Confidence, confidences } from '../../../conventions/vocabulary.ts';
import { text, value } from '../row-values.ts';

export interface FrameBounds {
  /** Sessions kept of those that ended unexpectedly, and of the others. */
  readonly unexpected: number;
  readonly expected: number;
  /** Sessions whose spans may still come. */
  readonly pending: number;
  /** The same of those whose session and closure are there, which are written last: what is late is of a batch before. */
  readonly complete: number;
}

const defaultBounds: FrameBounds = {
  unexpected: 10_000,
  expected: 20_000,
  pending: 50_000,
  complete: 5_000,
};
/** Of each kind in one session; of more the first are forgotten. */
const mostParts = 400;
/** Hashes are below. */
const allHashes = 2 ** 52;

interface Pending {
  recorded: boolean;
  /** Its span of the session was there. */
  session: boolean;
  /** Least weight of what was recorded beside the end. Ends that nobody expected are kept whatever becomes of the rest. */
  thinned: number;
  process: Process;
  closure: Closure | undefined;
  responses: FramedResponse[];
  calls: FramedCall[];
  turns: FramedTurn[];
}

type Process = Pick<FramedSession, 'process' | 'openBefore' | 'connectsBefore'>;
type Closure = Omit<FramedSession, keyof Process | 'responses' | 'calls' | 'turns'> & {
  readonly isLog: boolean;
};
type Kept = FramedSession & { readonly hash: number };

export interface FrameCollector {
  /** A span other than a closure. */
  span(row: Row): void;
  closure(row: Row): void;
  finish(): Frame;
}

export function createFrame(bounds: FrameBounds = defaultBounds): FrameCollector {
  const pending = new Map<number, Pending>();
  const complete = new Set<number>();
  const strata = {
    unexpected: createStratum(bounds.unexpected),
    expected: createStratum(bounds.expected),
  };
  const outside = createStratum(bounds.unexpected);

  const of = (hash: number): Pending | undefined => {
    const found = pending.get(hash);
    if (found) return found;
    if (hash > Math.max(strata.unexpected.below, strata.expected.below)) return undefined;
    if (pending.size >= bounds.pending) settleOldest(pending.keys());
    const made: Pending = {
      recorded: false,
      session: false,
      thinned: Number.POSITIVE_INFINITY,
      process: { process: '', openBefore: -1, connectsBefore: -1 },
      closure: undefined,
      responses: [],
      calls: [],
      turns: [],
    };
    pending.set(hash, made);
    return made;
  };

  const settleOldest = (hashes: Iterable<number>): void => {
    const [oldest] = hashes;
    if (oldest === undefined) return;
    const found = pending.get(oldest);
    if (found) settle(oldest, found);
    pending.delete(oldest);
    complete.delete(oldest);
  };

  const look = (hash: number, { session, closure }: Pending): void => {
    if (!session || closure === undefined || closure.isLog) return;
    complete.add(hash);
    if (complete.size > bounds.complete) settleOldest(complete);
  };

  const settle = (hash: number, pending: Pending): void => {
    const { recorded, thinned, process, closure, responses, calls, turns } = pending;
    if (closure === undefined) return;
    const { isLog: _, ...facts } = closure;
    const weight = Number.isFinite(thinned) ? Math.max(facts.weight, thinned) : facts.weight;
    const within = <Part extends { readonly weight: number }>(part: Part): Part => {
      const ofPart = Math.max(1, part.weight / weight);
      return ofPart === part.weight ? part : { ...part, weight: ofPart };
    };
    const session = {
      hash,
      ...facts,
      weight,
      ...process,
      responses: byIndex(responses).map(within),
      calls: byIndex(calls).map(within),
      turns: byIndex(turns).map(within),
    };
    const { expected } = closure.ending;
    if (recorded) strata[expected ? 'expected' : 'unexpected'].add(session);
    else if (!expected) outside.add(session);
  };

  return {
    span(row) {
      const hash = value(row, column.session);
      const session = of(hash);
      if (!session) return;
      session.recorded = true;
      const which = value(row, column.kind);
      if (which !== kind.session) session.thinned = Math.min(session.thinned, value(row, column.weight));
      if (which === kind.connect) session.process = processOf(row);
      else if (which === kind.toolResponse) put(session.responses, responseOf(row));
      else if (which === kind.toolCall) put(session.calls, callOf(row));
      else if (which === kind.turn) put(session.turns, turnOf(row));
      else if (which === kind.session) {
        session.session = true;
        look(hash, session);
      }
    },
    closure(row) {
      const hash = value(row, column.session);
      const session = of(hash);
      if (!session) return;
      const closure = closureOf(row);
      // A log record says less than the span it stands for.
      if (session.closure === undefined || session.closure.isLog || !closure.isLog) session.closure = closure;
      look(hash, session);
    },
    finish() {
      while (pending.size > 0) settleOldest(pending.keys());
      const sessions = [...strata.unexpected.finish(), ...strata.expected.finish()];
      return {
        sessions,
        outside: outside.finish(),
        missingResponses: sessions.reduce(
          (sum, { weight, responses, responsesSent }) =>
            sum + weight * Math.max(0, responsesSent - responses.reduce((all, one) => all + one.weight, 0)),
          0,
        ),
        thinned: strata.unexpected.below < allHashes || strata.expected.below < allHashes,
      };
    },
  };
}

/** Times what is kept: sorting them costs more the less room there is. */
const roomToSort = 1.25;

interface Stratum {
  /** Hashes from here on are left out. */
  readonly below: number;
  add(session: Kept): void;
  finish(): readonly FramedSession[];
}

function createStratum(most: number): Stratum {
  let below = allHashes;
  let kept: Kept[] = [];
  const cut = (): void => {
    kept.sort((a, b) => a.hash - b.hash);
    const first = kept[most];
    if (first === undefined) return;
    below = first.hash;
    kept = kept.slice(0, most);
  };
  return {
    get below() {
      return below;
    },
    add(session) {
      if (session.hash >= below) return;
      kept.push(session);
      if (kept.length > most * roomToSort) cut();
    },
    finish() {
      cut();
      return kept.map(({ hash: _, ...session }) => ({
        ...session,
        weight: (session.weight * allHashes) / below,
      }));
    },
  };
}

function put<Part>(parts: Part[], part: Part): void {
  parts.push(part);
  if (parts.length > mostParts) parts.shift();
}

function byIndex<Part extends { readonly index: number; readonly at: number }>(
  parts: readonly Part[],
): readonly Part[] {
  return parts.toSorted((a, b) => a.index - b.index || a.at - b.at);
}

function processOf(row: Row): Process {
  return {
    process: text(row, column.process),
    openBefore: value(row, connectColumn.openBefore),
    connectsBefore: value(row, connectColumn.connectsBefore),
  };
}

function responseOf(row: Row): FramedResponse {
  return {
    index: value(row, responseColumn.index),
    weight: value(row, column.weight),
    at: value(row, column.startedAt),
    tool: text(row, responseColumn.tool),
    size: value(row, responseColumn.size),
    latency: value(row, responseColumn.latency),
    encoding: text(row, responseColumn.encoding),
    shape: text(row, responseColumn.shape),
    controlCharacters: value(row, responseColumn.controlCharacters) === 1,
    idMatch: text(row, responseColumn.idMatch),
    nameMatch: text(row, responseColumn.nameMatch),
    pending: value(row, responseColumn.pending),
    input: value(row, responseColumn.input),
  };
}

function callOf(row: Row): FramedCall {
  return {
    index: value(row, callColumn.index),
    weight: value(row, column.weight),
    at: value(row, column.startedAt),
    endedAt: value(row, column.endedAt),
    tool: text(row, callColumn.tool),
    duration: value(row, callColumn.duration),
    pending: value(row, callColumn.pending),
    input: value(row, callColumn.input),
    nonBlocking: value(row, callColumn.nonBlocking) === 1,
    closed: value(row, callColumn.closed) === 1,
  };
}

function turnOf(row: Row): FramedTurn {
  return {
    index: value(row, turnColumn.index),
    weight: value(row, column.weight),
    at: value(row, column.startedAt),
    endedAt: value(row, column.endedAt),
    inputTokens: value(row, turnColumn.inputTokens),
    outputTokens: value(row, turnColumn.outputTokens),
  };
}

function closureOf(row: Row): Closure {
  const conversation = value(row, closureColumn.conversation);
  const confidence = text(row, closureColumn.confidence);
  return {
    isLog: value(row, column.kind) === kind.log,
    cluster: conversation === 0 ? value(row, column.session) : conversation,
    weight: value(row, column.weight),
    factors: {
      model: text(row, column.model),
      service: text(row, column.service),
      sdk: text(row, column.sdk),
      hour: Math.floor(value(row, column.endedAt) / 3_600_000) % 24,
      provider: text(row, closureColumn.provider),
      resumed: value(row, closureColumn.resumed) === 1,
      hasTools: value(row, closureColumn.hasTools) === 1,
      openSessions: value(row, closureColumn.openSessions),
      connects: value(row, closureColumn.connects),
    },
    version: text(row, column.version),
    region: regionOf(text(row, closureColumn.address)),
    endedAt: value(row, column.endedAt),
    age: value(row, closureColumn.age),
    ending: {
      expected: value(row, closureColumn.expected) === 1,
      code: value(row, closureColumn.code),
      initiator: text(row, closureColumn.initiator),
      phase: text(row, closureColumn.phase),
      cause: text(row, closureColumn.cause),
      hypothesis: hypothesisOf(text(row, closureColumn.hypothesis)),
      confidence: confidences.find((one): one is Confidence => one === confidence) ?? 'none',
      preceding: text(row, closureColumn.preceding),
    },
    responseAgo: value(row, closureColumn.responseAgo),
    stalled: value(row, closureColumn.stalled),
    tokens: value(row, closureColumn.tokens),
    pending: value(row, closureColumn.pending),
    responsesSent: Math.max(0, value(row, closureColumn.responses)),
  };
}

/** `europe-west4` of `europe-west4-aiplatform.googleapis.com`. */
export function regionOf(address: string): string {
  return /^([a-z]+-[a-z]+\d+)-/.exec(address)?.[1] ?? '';
}
