/** How much of what is counted was in use at a moment: by the session itself, its process, its model, and by all. Pure. */
import type { FramedSession } from '../risk/frame.ts';

/** From one moment (inclusive) to another (exclusive), in epoch milliseconds. */
export interface Span {
  /** Its index in the frame. */
  readonly session: number;
  readonly from: number;
  readonly to: number;
}

/** Spans, and the order in which they begin and end: sorted once for all that is counted in them. */
export interface Spans {
  readonly all: readonly Span[];
  readonly begun: Uint32Array;
  readonly over: Uint32Array;
}

export interface Moment {
  readonly session: number;
  readonly at: number;
}

/** Of all but the own each session counts for as many as it stands for. */
export interface InUse {
  readonly own: number;
  readonly ofProcess: number;
  readonly ofModel: number;
  readonly ofAll: number;
}

export function spansOf(all: readonly Span[]): Spans {
  return { all, begun: inOrder(all, ({ from }) => from), over: inOrder(all, ({ to }) => to) };
}

/**
 * In the order of the moments, in one sweep over the time.
 * @param amountOf of a span, by its index
 */
export function inUse(
  sessions: readonly FramedSession[],
  { all, begun, over }: Spans,
  amountOf: (span: number) => number,
  moments: readonly Moment[],
): readonly InUse[] {
  const process = numbered(sessions.map((session) => session.process));
  const model = numbered(sessions.map(({ factors }) => factors.model));
  const own = new Float64Array(sessions.length);
  const ofProcess = new Float64Array(sessions.length);
  const ofModel = new Float64Array(sessions.length);
  let ofAll = 0;
  const add = (span: number, sign: 1 | -1): void => {
    const { session } = all[span] as Span;
    const amount = amountOf(span);
    const weighted = sign * amount * (sessions[session]?.weight ?? 0);
    const [itsProcess, itsModel] = [process[session] as number, model[session] as number];
    own[session] = (own[session] as number) + sign * amount;
    ofProcess[itsProcess] = (ofProcess[itsProcess] as number) + weighted;
    ofModel[itsModel] = (ofModel[itsModel] as number) + weighted;
    ofAll += weighted;
  };
  const found: InUse[] = Array(moments.length);
  let [begins, ends] = [0, 0];
  for (const index of inOrder(moments, ({ at }) => at)) {
    const { session, at } = moments[index] as Moment;
    for (; begins < begun.length; begins += 1) {
      const span = begun[begins] as number;
      if ((all[span] as Span).from > at) break;
      add(span, 1);
    }
    for (; ends < over.length; ends += 1) {
      const span = over[ends] as number;
      if ((all[span] as Span).to > at) break;
      add(span, -1);
    }
    found[index] = {
      own: own[session] as number,
      ofProcess: ofProcess[process[session] as number] as number,
      ofModel: ofModel[model[session] as number] as number,
      ofAll,
    };
  }
  return found;
}

function inOrder<One>(all: readonly One[], time: (one: One) => number): Uint32Array {
  const times = Float64Array.from(all, time);
  return Uint32Array.from(all, (_, index) => index).sort(
    (a, b) => (times[a] as number) - (times[b] as number) || a - b,
  );
}

/** Each name by a number: 0, 1, 2 … */
function numbered(names: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return names.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}
