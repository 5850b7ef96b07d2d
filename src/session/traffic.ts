import type { PrecedingEvent, ReceivedKind, SentKind } from '../conventions/vocabulary.ts';
import type { ReceivedFrame, SentFrame } from '../protocol/frame.ts';
import { recordReceived, recordSent } from './flight-recorder.ts';
import { type Closure, type LastFrame, settleMs } from './model.ts';
import { rankReceived, rankSent } from './preceding.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';

const bucketMs = 500;
const bucketsPerWindow = 10;

/** Counters of what crossed the socket, and the last of it. */
export interface Traffic {
  sentFrames: number;
  receivedFrames: number;
  sentBytes: number;
  receivedBytes: number;
  sentAudioFrames: number;
  sentVideoFrames: number;
  /** Decoded audio. */
  sentAudioBytes: number;
  receivedAudioBytes: number;
  lastSentKind: SentKind;
  lastSentBytes: number;
  lastSentAt: number;
  /** The last frame sent that was neither audio nor the first setup. */
  notableKind: SentKind;
  notableBytes: number;
  notableAt: number;
  lastReceivedKind: ReceivedKind;
  lastReceivedBytes: number;
  lastReceivedAt: number;
  /** The last frame either way, as the end of a session sees it. */
  lastEvent: PrecedingEvent;
  lastEventAt: number;
  lastEventRoutine: boolean;
  /** The last frame that was not routine. */
  tellingEvent: PrecedingEvent;
  tellingEventAt: number;
  /** Bytes by half second, in a ring: the sent ones, then the received ones. */
  readonly buckets: number[];
  /** Half second of the session that the newest bucket stands for. */
  newestBucket: number;
}

export function createTraffic(): Traffic {
  return {
    sentFrames: 0,
    receivedFrames: 0,
    sentBytes: 0,
    receivedBytes: 0,
    sentAudioFrames: 0,
    sentVideoFrames: 0,
    sentAudioBytes: 0,
    receivedAudioBytes: 0,
    lastSentKind: 'unknown',
    lastSentBytes: 0,
    lastSentAt: never,
    notableKind: 'unknown',
    notableBytes: 0,
    notableAt: never,
    lastReceivedKind: 'unknown',
    lastReceivedBytes: 0,
    lastReceivedAt: never,
    lastEvent: 'none',
    lastEventAt: never,
    lastEventRoutine: true,
    tellingEvent: 'none',
    tellingEventAt: never,
    buckets: new Array<number>(bucketsPerWindow * 2).fill(0),
    newestBucket: 0,
  };
}

export function countSent(state: SessionState, frame: SentFrame, now: number): void {
  const { traffic } = state;
  traffic.sentFrames += 1;
  traffic.sentBytes += frame.bytes;
  traffic.sentAudioBytes += frame.audioBytes;
  traffic.lastSentKind = frame.kind;
  traffic.lastSentBytes = frame.bytes;
  traffic.lastSentAt = now;
  if (isNotable(frame, state)) {
    traffic.notableKind = frame.kind;
    traffic.notableBytes = frame.bytes;
    traffic.notableAt = now;
  }
  const rank = rankSent(frame);
  noteEvent(traffic, rank.event, rank.routine, now);
  addBytes(traffic, bucketAt(state, now), frame.bytes);
  recordSent(state.recorder, frame.kind, frame.bytes, now);
}

/** `closesCall`: it only ends the turn of a call that is answered already, which says little about an end. */
export function countReceived(
  state: SessionState,
  frame: ReceivedFrame,
  now: number,
  closesCall: boolean,
): void {
  const { traffic } = state;
  traffic.receivedFrames += 1;
  traffic.receivedBytes += frame.bytes;
  traffic.receivedAudioBytes += frame.audioBytes;
  traffic.lastReceivedKind = frame.kind;
  traffic.lastReceivedBytes = frame.bytes;
  traffic.lastReceivedAt = now;
  const rank = rankReceived(frame);
  noteEvent(traffic, rank.event, rank.routine || closesCall, now);
  addBytes(traffic, bucketsPerWindow + bucketAt(state, now), frame.bytes);
  recordReceived(state.recorder, frame.kind, frame.bytes, now);
}

/** Bytes of the last 5 s, to half a second. */
export function recentBytes(
  state: SessionState,
  now: number,
): { readonly sent: number; readonly received: number } {
  bucketAt(state, now);
  const { buckets } = state.traffic;
  let sent = 0;
  let received = 0;
  for (let index = 0; index < bucketsPerWindow; index++) {
    sent += buckets[index] ?? 0;
    received += buckets[bucketsPerWindow + index] ?? 0;
  }
  return { sent, received };
}

/** The last thing of note: routine traffic gives way to a telling event of the last {@link settleMs}. */
export function precedingEvent(
  traffic: Traffic,
  now: number,
): { readonly preceding: PrecedingEvent; readonly precedingAgoMs?: number } {
  if (traffic.lastEventAt === never) return { preceding: 'none' };
  if (
    traffic.lastEventRoutine &&
    now - traffic.tellingEventAt <= settleMs &&
    traffic.tellingEventAt !== never
  ) {
    return { preceding: traffic.tellingEvent, precedingAgoMs: now - traffic.tellingEventAt };
  }
  return { preceding: traffic.lastEvent, precedingAgoMs: now - traffic.lastEventAt };
}

export function lastFrames(
  traffic: Traffic,
  now: number,
): Pick<Closure, 'lastSent' | 'lastReceived' | 'lastSentNotable' | 'quietMs'> {
  const lastSent = lastFrame(traffic.lastSentKind, traffic.lastSentBytes, traffic.lastSentAt, now);
  const lastReceived = lastFrame(
    traffic.lastReceivedKind,
    traffic.lastReceivedBytes,
    traffic.lastReceivedAt,
    now,
  );
  const notable = lastFrame(traffic.notableKind, traffic.notableBytes, traffic.notableAt, now);
  const lastSentNotable = notable !== undefined && notable.agoMs <= settleMs ? notable : lastSent;
  const quietMs = Math.min(lastSent?.agoMs ?? never, lastReceived?.agoMs ?? never);
  return {
    ...(lastSent !== undefined && { lastSent }),
    ...(lastReceived !== undefined && { lastReceived }),
    ...(lastSentNotable !== undefined && { lastSentNotable }),
    ...(quietMs !== never && { quietMs }),
  };
}

function lastFrame<Kind extends SentKind | ReceivedKind>(
  kind: Kind,
  bytes: number,
  at: number,
  now: number,
): LastFrame<Kind> | undefined {
  return at === never ? undefined : { kind, bytes, agoMs: now - at };
}

function isNotable({ kind, audioBytes }: SentFrame, { lifetime }: SessionState): boolean {
  if (kind === 'audio') return false;
  if (kind === 'media_chunks') return audioBytes === 0;
  return kind !== 'setup' || lifetime.setupSent;
}

function noteEvent(traffic: Traffic, event: PrecedingEvent, routine: boolean, now: number): void {
  traffic.lastEvent = event;
  traffic.lastEventAt = now;
  traffic.lastEventRoutine = routine;
  if (routine) return;
  traffic.tellingEvent = event;
  traffic.tellingEventAt = now;
}

function addBytes({ buckets }: Traffic, slot: number, bytes: number): void {
  buckets[slot] = (buckets[slot] ?? 0) + bytes;
}

/** Slot of the bucket for `now`; empties those that time has passed since. */
function bucketAt(state: SessionState, now: number): number {
  const { traffic } = state;
  const bucket = Math.floor((now - state.options.startedAt) / bucketMs);
  const passed = Math.min(bucket - traffic.newestBucket, bucketsPerWindow);
  for (let step = 0; step < passed; step += 1) {
    const slot = (bucket - step) % bucketsPerWindow;
    traffic.buckets[slot] = 0;
    traffic.buckets[bucketsPerWindow + slot] = 0;
  }
  traffic.newestBucket = bucket;
  return bucket % bucketsPerWindow;
}
