import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedAudio, ReceivedFrame, SentFrame, SentMedia } from '../../src/protocol/frame.ts';
import { audioContent } from '../../src/protocol/received-audio.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import type { SessionFact } from '../../src/session/facts.ts';
import { MediaLane } from '../../src/session/media-lane.ts';
import { reduce } from '../../src/session/reduce.ts';
import { runningEvent, type TimedEvent } from './arbitraries.ts';
import { epoch } from './build.ts';
import { run, runs, start } from './property.ts';

const bytes = fc.nat({ max: 2 ** 31 });

const sentMedia: fc.Arbitrary<SentMedia> = fc
  .tuple(fc.constantFrom('audio', 'video', 'media_chunks'), bytes, bytes, fc.boolean())
  .map(([kind, size, audioBytes, loud]) => ({
    direction: 'sent',
    kind,
    bytes: size,
    audioBytes,
    ...(loud && { loud }),
  }));

const receivedAudio: fc.Arbitrary<ReceivedAudio> = fc
  .tuple(bytes, bytes, fc.boolean())
  .map(([size, audioBytes, silentAudio]) => ({
    direction: 'received',
    kind: 'audio',
    bytes: size,
    audioBytes,
    server: audioContent,
    ...(silentAudio && { silentAudio }),
  }));

const media = fc.oneof(sentMedia, receivedAudio);

/** Mostly audio, as in a conversation, and everything else in between. */
const conversation: fc.Arbitrary<readonly TimedEvent[]> = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 8, arbitrary: media }, { weight: 2, arbitrary: runningEvent }),
      fc.integer({ min: 0, max: 900 }),
    ),
    { maxLength: 120 },
  )
  .map((steps) => {
    let now = epoch;
    return steps.map(([what, pause]) => {
      now += pause / 3;
      return { event: 'type' in what ? what : asEvent(what), now };
    });
  });

function asEvent(frame: SentMedia | ReceivedAudio): SessionEvent {
  return frame.direction === 'sent' ? { type: 'frame_sent', frame } : { type: 'frame_received', frame };
}

/** What a frame of one blob has, and no more. */
const mediaFields = new Set(['direction', 'kind', 'bytes', 'audioBytes', 'loud', 'silentAudio', 'server']);
const mediaKinds = new Set<string>(['audio', 'video', 'media_chunks']);

function isSentMedia(frame: SentFrame): frame is SentMedia {
  return mediaKinds.has(frame.kind) && Object.keys(frame).every((field) => mediaFields.has(field));
}

function isReceivedAudio(frame: ReceivedFrame): frame is ReceivedAudio {
  return frame.kind === 'audio' && frame.server === audioContent;
}

describe('frames that wait', () => {
  it('make the session and the facts that they make one by one', () => {
    fc.assert(
      fc.property(conversation, (events) => {
        const direct = start();
        const expected = run(events, direct);

        const waited = start();
        const lane = new MediaLane();
        const facts: SessionFact[] = [];
        const take = (event: SessionEvent, at: number): void => void facts.push(...reduce(waited, event, at));
        for (const { event, now } of events) {
          if (lane.full) lane.drain(take);
          if (event.type === 'frame_sent' && isSentMedia(event.frame)) lane.addSent(event.frame, now);
          else if (event.type === 'frame_received' && isReceivedAudio(event.frame))
            lane.addReceived(event.frame, now);
          else {
            lane.drain(take);
            take(event, now);
          }
        }
        lane.drain(take);
        expect(facts).toEqual(expected);
        expect({ ...waited, options: direct.options }).toEqual(direct);
      }),
      runs,
    );
  });

  it('tell since when they wait, until they are given away', () => {
    const lane = new MediaLane();
    expect(lane.since).toBeUndefined();
    const frame = { direction: 'sent', kind: 'audio', bytes: 1, audioBytes: 1 } as const;
    let count = 0;
    while (!lane.full) lane.addSent(frame, epoch + count++);
    expect(lane.since).toBe(epoch);
    const times: number[] = [];
    lane.drain((_event, at) => void times.push(at));
    expect(times).toEqual(Array.from({ length: count }, (_, index) => epoch + index));
    expect(lane.since).toBeUndefined();
    expect(lane.full).toBe(false);
    lane.drain(() => expect.unreachable());
  });
});
