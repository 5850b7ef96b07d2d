import type { ReceivedKind, SentKind } from '../conventions/vocabulary.ts';
import { receivedKinds, sentKinds } from '../conventions/vocabulary.ts';
import type { FrameKind } from '../protocol/frame.ts';
import type { FrameRecord } from './model.ts';

/** Frames that the flight recorder keeps. */
export const recordedFrames = 64;

/** As many as a session that is opened and waits needs. */
const firstCapacity = 4;
const kinds: readonly FrameKind[] = [...sentKinds, ...receivedKinds];
const sentCodes = codes(sentKinds, 0);
const receivedCodes = codes(receivedKinds, sentKinds.length);
/** A power of two above the number of kinds: size and kind share one number, exact up to 2^46 bytes. */
const kindSpace = 64;

/** The last frames as pairs of numbers, time then size and kind, in a ring that grows to its final size. */
export interface FlightRecorder {
  slots: number[];
  /** Frames ever recorded. */
  count: number;
}

export function createFlightRecorder(): FlightRecorder {
  return { slots: emptySlots(firstCapacity), count: 0 };
}

export function recordSent(recorder: FlightRecorder, kind: SentKind, bytes: number, at: number): void {
  record(recorder, sentCodes[kind], bytes, at);
}

export function recordReceived(
  recorder: FlightRecorder,
  kind: ReceivedKind,
  bytes: number,
  at: number,
): void {
  record(recorder, receivedCodes[kind], bytes, at);
}

/** What the recorder holds, oldest first. */
export function readFrames(recorder: FlightRecorder): readonly FrameRecord[] {
  const kept = Math.min(recorder.count, recordedFrames);
  return Array.from({ length: kept }, (_, index) => {
    const slot = ((recorder.count - kept + index) % recordedFrames) * 2;
    const packed = recorder.slots[slot + 1] ?? 0;
    const code = packed % kindSpace;
    return {
      at: recorder.slots[slot] ?? 0,
      direction: code < sentKinds.length ? 'sent' : 'received',
      kind: kinds[code] ?? 'unknown',
      bytes: (packed - code) / kindSpace,
    };
  });
}

function record(recorder: FlightRecorder, code: number, bytes: number, at: number): void {
  const slot = (recorder.count % recordedFrames) * 2;
  if (slot >= recorder.slots.length) {
    const { slots } = recorder;
    recorder.slots = emptySlots(slots.length);
    for (const [index, value] of slots.entries()) recorder.slots[index] = value;
  }
  recorder.slots[slot] = at;
  recorder.slots[slot + 1] = bytes * kindSpace + code;
  recorder.count += 1;
}

/** Of doubles, without the buffer of a typed array, which is larger than what a waiting session keeps in it. */
function emptySlots(frames: number): number[] {
  return new Array<number>(frames * 2).fill(0.5);
}

function codes<Kind extends string>(list: readonly Kind[], first: number): Readonly<Record<Kind, number>> {
  return Object.fromEntries(list.map((kind, index) => [kind, first + index])) as Record<Kind, number>;
}
