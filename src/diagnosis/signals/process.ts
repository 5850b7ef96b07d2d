import { counted, duration, exactDuration } from '../../conventions/words.ts';
import type { Closure } from '../../session/model.ts';
import type { OtherSessions, RecentClosure } from '../others.ts';
import { isNear } from './lifetime.ts';
import type { Signals } from './signal.ts';
import { toolActivityMs } from './tools.ts';

/** One more than the fewest concurrent sessions that an account was reported to have. */
const manySessions = 4;
/** New connections a minute that the least of the known limits allows. */
const manyConnects = 10;
/** A process that connects no more often than this within a minute comes near no limit. */
const fewConnects = 3;
const failingSessions = 3;
const clusterMs = 5_000;
const clusterSessions = 3;
const sameAgeMs = 2_000;
/** A younger connection was rejected rather than ended: rejections are all of an age. */
const youngestAgeMs = 10_000;
const stormAgeMs = 5_000;
const stormGapMs = 60_000;
const stormConnections = 3;

/** What the other sessions of the process show, and what this one does not. */
export const processSignals = {
  /** No other session was open, and the process had connected three times at most within a minute. */
  only_session: {
    words: 'no other session was open in the process',
    test: ({ process }) =>
      process !== undefined && process.sessionsOpen <= 1 && process.connectsLastMinute <= fewConnects
        ? `No other session was open, and the process connected ${counted(process.connectsLastMinute, 'time')} in the last minute.`
        : undefined,
  },
  /** Three other sessions or more with the same model failed within ten minutes, and none went well since. */
  model_failing: {
    words: 'other sessions with the same model had failed one after the other',
    test: (closure, { recent }) => {
      const model = closure.setup?.model;
      if (closure.expected || model === undefined) return undefined;
      const same = recent.filter(
        (other) => other.model !== undefined && nameOf(other.model) === nameOf(model),
      );
      const sinceGood = same.slice(same.findLastIndex(({ expected }) => expected) + 1);
      const others = sinceGood.filter((other) => isAlike(other, closure));
      const sessions = new Set(others.map(({ conversationId }) => conversationId));
      const [first] = others;
      return first !== undefined && sessions.size >= failingSessions
        ? `${sessions.size} other sessions with ${nameOf(model)} ended with code ${closure.code} since ${clockTime(first.at)} UTC, and none went well: it looks like an incident of the service.`
        : undefined;
    },
  },
  many_sessions_open: {
    words: 'many sessions were open in the process',
    test: ({ process }) =>
      process !== undefined && process.sessionsOpen >= manySessions
        ? `${process.sessionsOpen} sessions were open in the process.`
        : undefined,
  },
  many_connects: {
    words: 'the process had connected many times within a minute',
    test: ({ process }) =>
      process !== undefined && process.connectsLastMinute >= manyConnects
        ? `The process connected ${process.connectsLastMinute} times in the last minute.`
        : undefined,
  },
  /** Three sessions or more ended unexpectedly within 5 s. */
  closures_clustered: {
    words: 'three sessions or more ended within 5 s',
    test: (closure, { recent }) => {
      if (closure.expected) return undefined;
      const ended = recent.filter(({ at, expected }) => !expected && Math.abs(closure.at - at) <= clusterMs);
      const sessions = 1 + new Set(ended.map(({ conversationId }) => conversationId)).size;
      return sessions >= clusterSessions
        ? `${sessions} sessions of the process ended unexpectedly within ${exactDuration(clusterMs)}.`
        : undefined;
    },
  },
  /** An earlier session ended with the same code and text at the same age (± 2 s), and the age is no known limit. */
  same_age_before: {
    words: 'an earlier session had ended in the same way at the same age',
    test: (closure, { recent }) => {
      if (closure.expected || isKnownAge(closure)) return undefined;
      const twin = recent.findLast(
        (other) =>
          other.code === closure.code &&
          other.reason === closure.reason &&
          !other.expected &&
          Math.abs(other.connectionAgeMs - closure.connectionAgeMs) <= sameAgeMs,
      );
      return (
        twin &&
        `An earlier session ended with the same code and text at ${tenths(twin.connectionAgeMs)}, this one at ${tenths(closure.connectionAgeMs)}.`
      );
    },
  },
  /** Three connections of the conversation or more failed within their first 5 s, one after the other. */
  reconnect_storm: {
    words: 'three connections or more had failed in a row within their first 5 s',
    irregular: true,
    test: (closure, others) => {
      const connections = failuresInARow(closure, others);
      return connections >= stormConnections
        ? `${counted(connections, 'connection')} failed one after the other, each within ${exactDuration(stormAgeMs)} of connect().`
        : undefined;
    },
  },
  /** No tool call within 10 s of the end. */
  no_tool_activity: {
    words: 'there was no tool call within 10 s of the end',
    test: ({ pendingToolCalls, lastToolCall, msSinceToolResponse, toolCalls, at }) => {
      const since = Math.min(
        msSinceToolResponse ?? Number.POSITIVE_INFINITY,
        lastToolCall === undefined ? Number.POSITIVE_INFINITY : at - (lastToolCall.endedAt ?? at),
      );
      if (pendingToolCalls.length > 0 || since <= toolActivityMs) return undefined;
      return toolCalls === 0 || since === Number.POSITIVE_INFINITY
        ? 'No tool was called in the session.'
        : `The last tool activity was ${duration(since)} before the end.`;
    },
  },
} as const satisfies Signals;

/** Ends of the same kind: a text that only this model gets says nothing of it. */
function isAlike(other: RecentClosure, { code, reason }: Closure): boolean {
  return other.code === code && other.reason === reason;
}

function nameOf(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).slice(0, 128);
}

function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** The point of a repeated age is how exact it is. */
function tenths(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** Ages at which sessions end by themselves say nothing when they repeat. */
function isKnownAge({ connectionAgeMs: age, sentVideoFrames }: Closure): boolean {
  return (
    age < youngestAgeMs ||
    isNear('tenMinutes', age) ||
    isNear('fifteenMinutes', age) ||
    isNear('idle', age) ||
    (isNear('twoMinutes', age) && sentVideoFrames > 0)
  );
}

/** This connection and those before it that were given up young, each ended before the next was made. */
function failuresInARow(closure: Closure, { recent, conversationId }: OtherSessions): number {
  if (closure.expected || closure.connectionAgeMs >= stormAgeMs) return 0;
  let failures = 1;
  let startedAt = closure.at - closure.connectionAgeMs;
  for (const other of recent.toReversed()) {
    if (!isSameEndeavour(other, closure, conversationId) || other.at > startedAt) continue;
    if (other.expected || other.connectionAgeMs >= stormAgeMs || startedAt - other.at > stormGapMs) break;
    failures += 1;
    startedAt = other.at - other.connectionAgeMs;
  }
  return failures;
}

/** Without a handle each connection is a conversation of its own; then the same end tells that it is tried again. */
function isSameEndeavour(
  other: RecentClosure,
  { code, reason, setup }: Closure,
  conversationId: string | undefined,
): boolean {
  if (conversationId !== undefined && other.conversationId === conversationId) return true;
  return (
    other.code === code && other.reason === reason && (setup === undefined || other.model === setup.model)
  );
}
