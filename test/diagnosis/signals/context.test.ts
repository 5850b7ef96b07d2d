import { describe, expect, it } from 'vitest';
import type { contextSignals } from '../../../src/diagnosis/signals/context.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

checkSignals({
  compression_configured: {
    seen: { setup: { compressionTriggerTokens: 8_000 } },
    sentence: 'Context window compression was configured, from 8,000 tokens on.',
    unseen: { setup: { contextWindowCompression: false } },
  },
  no_compression: {
    seen: { setup: { contextWindowCompression: false }, contextTokens: 9_000 },
    sentence: 'Context window compression was not configured; the context held 9,000 tokens.',
    unseen: { setup: undefined },
  },
  context_nearly_full: {
    seen: { setup: { model: 'models/gemini-live-2.5-flash-preview' }, contextTokens: 28_800 },
    sentence:
      'The context held 28,800 tokens of the 32,000 that fit into that of gemini-live-2.5-flash-preview.',
    unseen: { setup: { model: 'models/gemini-live-2.5-flash-preview' }, contextTokens: 28_799 },
  },
  sent_fills_window: {
    seen: {
      reason: 'the provided content is above the context window size 32000.; Error',
      lastSentNotable: { kind: 'tool_response', bytes: 64_000, agoMs: 300 },
    },
    sentence: 'What was sent last had 62.5 KB; 32,000 tokens fit into the window.',
    unseen: {
      reason: 'the provided content is above the context window size 32000.; Error',
      lastSentNotable: { kind: 'tool_response', bytes: 63_999, agoMs: 300 },
    },
  },
  context_dropped: {
    seen: { contextTokensDropped: 1_983 },
    sentence: 'The prompt lost 1,983 tokens within the last three turns.',
    unseen: {},
  },
  setup_large: {
    seen: { setupBytes: 64_000, setup: { systemInstructionCharacters: 60_000 } },
    sentence: 'The setup message had 62.5 KB, with 60,000 characters of system instruction.',
    unseen: { setupBytes: 63_999 },
  },
  video_sent: {
    seen: { sentVideoFrames: 1 },
    sentence: '1 video frame was sent.',
    unseen: {},
  },
  video_with_audio: {
    seen: { sentVideoFrames: 95 },
    sentence: '95 video frames and 590 audio frames were sent.',
    unseen: { sentVideoFrames: 95, sentAudioFrames: 0 },
  },
} satisfies Record<keyof typeof contextSignals, SignalCase>);

describe('what was sent last', () => {
  const sent = (bytes: number, contextTokens: number) =>
    sentenceOf('sent_fills_window', {
      setup: { model: 'models/gemini-live-2.5-flash-preview' },
      lastSentNotable: { kind: 'tool_response', bytes, agoMs: 300 },
      contextTokens,
    });

  it('may hold a token in each byte where the window was not half full', () => {
    expect([sent(16_000, 15_999), sent(15_999, 15_999), sent(16_000, 16_000)]).toEqual([
      'What was sent last had 15.6 KB; 32,000 tokens fit into the window, and the context held 15,999 before.',
      undefined,
      undefined,
    ]);
  });
});

describe('the context of a model with native audio', () => {
  it('holds four times as much', () => {
    expect([
      sentenceOf('context_nearly_full', { contextTokens: 115_199 }),
      sentenceOf('context_nearly_full', { contextTokens: 115_200 }),
    ]).toEqual([
      undefined,
      'The context held 115,200 tokens of the 128,000 that fit into that of gemini-2.5-flash-native-audio-preview-12-2025.',
    ]);
  });
});
