import { describe, expect, it } from 'vitest';
import type { SentKind } from '../../../src/conventions/vocabulary.ts';
import type { lastSentSignals } from '../../../src/diagnosis/signals/last-sent.ts';
import type { ClosureFields } from '../closures.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

const last = (kind: SentKind): ClosureFields => {
  const frame = { kind, bytes: 100, agoMs: 200 };
  return { lastSent: frame, lastSentNotable: frame };
};
const beforeAudio = (kind: SentKind): ClosureFields => ({
  lastSentNotable: { kind, bytes: 100, agoMs: 200 },
});

checkSignals({
  last_sent_setup: {
    seen: last('setup'),
    sentence: 'The setup was the last thing sent, 100 B, 200 ms before the end.',
    unseen: {},
  },
  last_sent_client_content: {
    seen: beforeAudio('client_content'),
    sentence: 'Client content was the last thing sent but audio, 100 B, 200 ms before the end.',
    unseen: last('text'),
  },
  last_sent_audio: {
    seen: beforeAudio('text'),
    sentence: 'Audio was the last thing sent, 20 ms before the end; the session had 590 audio frames.',
    unseen: last('text'),
  },
  last_sent_video: {
    seen: last('video'),
    sentence: 'Video was the last thing sent, 100 B, 200 ms before the end.',
    unseen: last('media_chunks'),
  },
  last_sent_text: {
    seen: last('text'),
    sentence: 'Realtime text was the last thing sent, 100 B, 200 ms before the end.',
    unseen: last('client_content'),
  },
  last_sent_media_chunks: {
    seen: last('media_chunks'),
    sentence: 'A frame of mediaChunks was the last thing sent, 100 B, 200 ms before the end.',
    unseen: last('audio'),
  },
  last_sent_activity_mark: {
    seen: last('activity_end'),
    sentence: 'An activity mark was the last thing sent, 100 B, 200 ms before the end.',
    unseen: last('realtime_input'),
  },
  last_sent_tool_response: {
    seen: beforeAudio('tool_response'),
    sentence: 'A tool response was the last thing sent but audio, 100 B, 200 ms before the end.',
    unseen: {},
  },
  no_audio_sent: {
    seen: { sentAudioFrames: 0, sentFrames: 4 },
    sentence: 'None of the 4 frames that were sent was audio.',
    unseen: { sentAudioFrames: 1 },
  },
  first_audio_just_sent: {
    seen: { sentAudioFrames: 5, firstAudioAgoMs: 2_000 },
    sentence: 'The first audio was sent 2.00 s before the end, 5 frames in all.',
    unseen: { sentAudioFrames: 6, firstAudioAgoMs: 2_000 },
  },
} satisfies Record<keyof typeof lastSentSignals, SignalCase>);

describe('the first audio', () => {
  it('is not just sent after more than 2 s', () => {
    expect(sentenceOf('first_audio_just_sent', { sentAudioFrames: 1, firstAudioAgoMs: 2_001 })).toBe(
      undefined,
    );
  });
});
