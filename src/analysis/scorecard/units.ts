/** What was at risk in the sessions of the frame, each end against one unit. Pure. */
import { octave } from '../risk/bins.ts';
import type { Frame, FramedCall, FramedResponse, FramedSession } from '../risk/frame.ts';
import type { SessionFactors } from '../risk/tables.ts';
import { isLost, isOpen } from './attribution.ts';
import { type Carried, carriedTo } from './carried.ts';
import { limits } from './limits.ts';
import { atOnceBefore, messagesOf } from './messages.ts';
import type { Unit } from './question.ts';

/** What is the same for all that happens in a session at a time. */
export interface Circumstances {
  readonly session: SessionFactors;
  /** Many ended then, whatever they did. */
  readonly outage: boolean;
  /** Octaves of seconds since the session was opened; -1 where it is not known. */
  readonly age: number;
}

export interface ResponseFactors extends FramedResponse, Carried, Circumstances {
  /** Most tool calls at once by each of the windows, as {@link atOnceBefore} has it. */
  readonly atOnce: readonly number[];
  /** Half octaves of the bytes of all responses of the connection up to it; -1 where not all were recorded. */
  readonly sum: number;
}
export type CallFactors = FramedCall & Circumstances;

/** The sessions that ended in one outage are not independent; those of a conversation neither. */
export interface Outage {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** What was found before. */
export interface Setting {
  readonly outage: Outage | undefined;
  /** Its end is put down to something else already. */
  readonly explained: (session: FramedSession) => boolean;
}

/** Times this near each other are one stretch: what goes on in it is one occasion. */
export function stretchOf(at: number, least = 0): number {
  return Math.floor(at / Math.max(limits.stretch * 60_000, least));
}

const outageCluster = -1;

export function clusterOf({ cluster, ending, endedAt }: FramedSession, outage: Outage | undefined): number {
  return isIn(outage, endedAt) && !ending.expected ? outageCluster : cluster;
}

export function isIn(outage: Outage | undefined, at: number): boolean {
  return outage !== undefined && at >= outage.from && at < outage.to;
}

export function ageAt({ endedAt, age }: FramedSession, at: number): number {
  return age < 0 ? -1 : octave(age - (endedAt - at) / 1_000);
}

/** Of an end after so many seconds, by whether it is put down to something else already. */
export function against(
  seconds: number,
  explained: boolean,
): Pick<Unit<unknown>, 'endedAfter' | 'explainedAfter'> {
  return explained ? { endedAfter: undefined, explainedAfter: seconds } : { endedAfter: seconds };
}

/**
 * Tool responses. An end counts against the last response before it and no other, so that of parallel calls that are
 * answered one by one each end counts once. A turn that never went on after the response is an end as well.
 */
export function responseUnits(
  { sessions }: Frame,
  { outage, explained }: Setting,
): readonly Unit<ResponseFactors>[] {
  return sessions.flatMap((session, index) => {
    const after = endOf(session);
    const put = explained(session);
    const last = lastOf(session);
    const sums = sumsOf(session.responses);
    const messages = isSingle(session) ? undefined : messagesOf(session);
    return session.responses.map((response, at): Unit<ResponseFactors> => {
      const next = session.responses[at + 1]?.at ?? session.endedAt;
      const ended = response === last && after !== undefined;
      return {
        factors: {
          ...response,
          ...carriedTo(response, session.responses),
          atOnce: messages === undefined ? single : atOnceBefore(response, session.responses, messages),
          sum: sums[at] ?? -1,
          session: session.factors,
          outage: isIn(outage, response.at),
          age: ageAt(session, response.at),
        },
        trials: session.weight * response.weight,
        ...(ended ? against(after, put) : { endedAfter: undefined }),
        ends: ended ? session.weight : 0,
        cluster: session.cluster,
        session: index + 1,
        within: true,
        ...(session.age > 0 && {
          time: { until: Math.max(0, next - response.at) / 1_000, whole: session.age },
        }),
      };
    });
  });
}

/** Each has the bytes in the middle of its half octave. */
function sumsOf(responses: readonly FramedResponse[]): readonly number[] {
  let [bytes, known] = [0, true];
  return responses.map(({ size, index, weight }, at) => {
    known &&= size >= 0 && weight === 1 && (index < 0 || index === at + 1);
    bytes += 2 ** (size / 2 + 0.25);
    return known ? Math.floor(2 * Math.log2(bytes)) : -1;
  });
}

const single = limits.windows.map(() => 1);

function isSingle({ calls, responses }: FramedSession): boolean {
  return calls.every(({ pending }) => pending <= 0) && responses.every(({ pending }) => pending <= 1);
}

/**
 * The same tool responses, and whether the connection was lost after them: what cuts it off does so at once, and leaves no
 * turn hanging.
 *
 * @param responses those of the frame, in its order
 */
export function lostAfter(
  { sessions }: Frame,
  responses: readonly Unit<ResponseFactors>[],
  { explained }: Setting,
): readonly Unit<ResponseFactors>[] {
  let from = 0;
  return sessions.flatMap((session) => {
    const own = responses.slice(from, from + session.responses.length);
    from += own.length;
    const after = isLost(session.ending) && lastOf(session) ? sinceLast(session) : undefined;
    return own.map((unit, at): Unit<ResponseFactors> => {
      const ended = after !== undefined && at === own.length - 1;
      if (!ended && unit.ends === 0) return unit;
      const { endedAfter: _, explainedAfter: __, ...same } = unit;
      return {
        ...same,
        ...(ended ? against(after, explained(session)) : { endedAfter: undefined }),
        ends: ended ? session.weight : 0,
      };
    });
  });
}

/** Where the last one was not recorded the end is nobody's. */
function lastOf({ responses, responsesSent }: FramedSession): FramedResponse | undefined {
  const last = responses.at(-1);
  const isKnown = last && (responsesSent === 0 || last.index < 0 || last.index >= responsesSent);
  return isKnown ? last : undefined;
}

/** Seconds from the last response to the end, or to where the service fell silent after it; `undefined` where none counts. */
function endOf(session: FramedSession): number | undefined {
  const { ending, responses, stalled } = session;
  const last = responses.at(-1);
  const ago = sinceLast(session);
  if (ago === undefined) return undefined;
  // With other calls pending it is the application that the service waits for, and a silence from before the response on is not of it.
  const hangs = stalled > 0 && stalled < ago + limits.hangs && (last === undefined || last.pending <= 1);
  if (hangs && !ending.expected) return Math.max(0, ago - stalled);
  return isOpen(ending) ? ago : undefined;
}

/** Seconds from the last response to the end. */
function sinceLast({ endedAt, responses, responseAgo }: FramedSession): number | undefined {
  const last = responses.at(-1);
  const ago = responseAgo < 0 && last ? Math.max(0, endedAt - last.at) / 1_000 : responseAgo;
  return ago < 0 ? undefined : ago;
}

/** Tool calls, and whether the session ended while they were pending. An end counts against the call that came last. */
export function callUnits({ sessions }: Frame, { outage, explained }: Setting): readonly Unit<CallFactors>[] {
  return sessions.flatMap((session, index) => {
    const known = session.calls.filter((call) => !isDoubtful(call, session));
    const last = isOpen(session.ending) ? known.findLast(({ closed }) => closed) : undefined;
    const put = explained(session);
    return known.map(
      (call): Unit<CallFactors> => ({
        factors: {
          ...call,
          session: session.factors,
          outage: isIn(outage, call.at),
          age: ageAt(session, call.at),
        },
        trials: session.weight * call.weight,
        minutes: session.weight * call.weight * pendingMinutes(call),
        ...(call === last ? against(0, put) : { endedAfter: undefined }),
        ends: call === last ? session.weight : 0,
        cluster: session.cluster,
        session: index + 1,
        within: false,
      }),
    );
  });
}

/** A response whose id matches no call may have been the answer to it: how long it was pending is not known. */
export function isDoubtful({ at, closed, tool }: FramedCall, { responses }: FramedSession): boolean {
  return (
    closed &&
    responses.some(
      (one) => one.at >= at && one.tool === tool && one.idMatch !== '' && one.idMatch !== 'matched',
    )
  );
}

function pendingMinutes({ at, endedAt }: FramedCall): number {
  return Math.max(0, endedAt - at) / 60_000;
}
