import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silence, speech } from '../../src/testing/index.ts';
import type { VoiceEvent, VoiceState } from '../../src/testing/voice-activity.ts';
import { hear, silentVoice } from '../../src/testing/voice-activity.ts';

function listen(chunks: readonly Buffer[], sampleRate = 16_000): { state: VoiceState; events: VoiceEvent[] } {
  const events: VoiceEvent[] = [];
  let state = silentVoice;
  for (const pcm of chunks) {
    const heard = hear(state, { pcm, sampleRate }, 500);
    state = heard.state;
    events.push(...heard.events);
  }
  return { state, events };
}

describe('hear', () => {
  it('finds the start of speech and its end after 500 ms of silence', () => {
    const { events } = listen([silence(200), speech(1_000), silence(600)]);
    expect(events).toEqual([
      { type: 'speech_start', atMs: 200 },
      { type: 'speech_end', atMs: 1_700 },
    ]);
  });

  it('takes a pause of less than 500 ms for part of the speech', () => {
    const { events, state } = listen([speech(300), silence(480), speech(300)]);
    expect(events).toEqual([{ type: 'speech_start', atMs: 0 }]);
    expect(state.speaking).toBe(true);
  });

  it('hears nothing in silence', () => {
    expect(listen([silence(5_000)])).toEqual({
      state: { speaking: false, silentMs: 5_000, heardMs: 5_000 },
      events: [],
    });
  });

  it('reckons by the sample rate', () => {
    const { events } = listen([silence(100, 24_000), speech(100, 24_000)], 24_000);
    expect(events).toEqual([{ type: 'speech_start', atMs: 100 }]);
  });

  it('alternates between start and end for any bytes, in the order of time', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 4_000 }), { maxLength: 10 }), (chunks) => {
        const { events, state } = listen(chunks.map((bytes) => Buffer.from(bytes)));
        expect(events.map(({ type }) => type)).toEqual(
          events.map((_, index) => (index % 2 === 0 ? 'speech_start' : 'speech_end')),
        );
        expect(state.speaking).toBe(events.length % 2 === 1);
        expect(events.map(({ atMs }) => atMs)).toEqual(events.map(({ atMs }) => atMs).sort((a, b) => a - b));
      }),
    );
  });
});
