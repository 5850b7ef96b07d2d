import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/session/events.ts';
import { activeScenario, audioIn, clientContent, closed, closureOf, epoch, sent } from './build.ts';

/** Setup completed after 200 ms; times of the events count from there. */
function inputOf(
  resumed: boolean,
  events: readonly (readonly [number, SessionEvent])[],
  bySetup = false,
): { readonly content: boolean; readonly burst: boolean } {
  const session = activeScenario(
    resumed && !bySetup ? { resumedHandleAt: epoch - 1_000 } : {},
    resumed && bySetup ? { handleHash: 'hash' } : {},
  );
  for (const [ms, event] of events) session.at(200 + ms, event);
  const { clientContentAfterResume, burstAfterResume } = closureOf(session.at(60_000, closed(1007))).input;
  return { content: clientContentAfterResume, burst: burstAfterResume };
}

/** `count` frames, one every `everyMs`. */
const frames = (count: number, everyMs: number, event: SessionEvent) =>
  Array.from({ length: count }, (_, index) => [index * everyMs, event] as const);
/** 20 ms of 16 kHz. */
const shortAudio = sent('audio', { audioBytes: 640 });
/** 20 ms of 48 kHz. */
const richAudio = sent('audio', { audioBytes: 1_920 });

describe('client content after a resumption', () => {
  it.each([false, true])('is noted within 5 s (handle seen in the setup: %s)', (bySetup) => {
    expect(inputOf(true, [[5_000, clientContent()]], bySetup).content).toBe(true);
  });

  it('is not noted later', () => {
    expect(inputOf(true, [[5_001, clientContent()]]).content).toBe(false);
  });

  it('is not noted in a new session', () => {
    expect(inputOf(false, [[100, clientContent()]]).content).toBe(false);
  });
});

describe('a burst after a resumption', () => {
  it('is 20 frames at once', () => {
    expect([
      inputOf(true, frames(20, 0, shortAudio)).burst,
      inputOf(true, frames(19, 0, shortAudio)).burst,
    ]).toEqual([true, false]);
  });

  it('is more audio than could be recorded in the time', () => {
    expect(inputOf(true, frames(25, 20, audioIn())).burst).toBe(true);
  });

  it('is 20 frames of video in a second', () => {
    expect(inputOf(true, frames(20, 50, sent('video'))).burst).toBe(true);
  });

  it('is not live audio, at any rate', () => {
    expect([
      inputOf(true, frames(50, 20, shortAudio)).burst,
      inputOf(true, frames(50, 20, richAudio)).burst,
    ]).toEqual([false, false]);
  });

  it('is not a burst later on', () => {
    const later = frames(100, 0, audioIn()).map(([, event]) => [1_001, event] as const);
    expect(inputOf(true, later).burst).toBe(false);
  });

  it('is not one in a new session', () => {
    expect(inputOf(false, frames(100, 0, audioIn())).burst).toBe(false);
  });

  it('never comes of fewer than 20 frames', () => {
    const few = fc.array(fc.tuple(fc.nat({ max: 1_500 }), fc.constantFrom(audioIn(), sent('video'))), {
      maxLength: 19,
    });
    fc.assert(fc.property(few, (events) => !inputOf(true, events).burst));
  });
});
