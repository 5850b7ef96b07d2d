import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receivedKinds, sentKinds } from '../../src/conventions/vocabulary.ts';
import {
  createFlightRecorder,
  readFrames,
  recordedFrames,
  recordReceived,
  recordSent,
} from '../../src/session/flight-recorder.ts';
import type { FrameRecord } from '../../src/session/model.ts';

const frameRecord: fc.Arbitrary<FrameRecord> = fc.oneof(
  fc.record({
    at: fc.double({ min: 0, max: 4e12, noNaN: true }),
    direction: fc.constant('sent' as const),
    kind: fc.constantFrom(...sentKinds),
    bytes: fc.nat({ max: 2 ** 31 - 1 }),
  }),
  fc.record({
    at: fc.double({ min: 0, max: 4e12, noNaN: true }),
    direction: fc.constant('received' as const),
    kind: fc.constantFrom(...receivedKinds),
    bytes: fc.nat({ max: 2 ** 31 - 1 }),
  }),
);

describe('the flight recorder', () => {
  it('holds nothing at first', () => {
    expect(readFrames(createFlightRecorder())).toEqual([]);
  });

  it('gives back the last 64 frames as they were, oldest first', () => {
    fc.assert(
      fc.property(fc.array(frameRecord, { maxLength: 200 }), (frames) => {
        const recorder = createFlightRecorder();
        for (const { at, direction, kind, bytes } of frames) {
          if (direction === 'sent') recordSent(recorder, kind as (typeof sentKinds)[number], bytes, at);
          else recordReceived(recorder, kind as (typeof receivedKinds)[number], bytes, at);
        }
        expect(readFrames(recorder)).toEqual(frames.slice(-recordedFrames));
      }),
    );
  });

  it('grows only as far as it is used', () => {
    const recorder = createFlightRecorder();
    for (let frame = 0; frame < 9; frame += 1) recordSent(recorder, 'audio', 1, frame);
    expect(recorder.slots).toHaveLength(32);
    for (let frame = 0; frame < 1_000; frame += 1) recordSent(recorder, 'audio', 1, frame);
    expect(recorder.slots).toHaveLength(recordedFrames * 2);
  });
});
