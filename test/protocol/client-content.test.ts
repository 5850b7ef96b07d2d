import { describe, expect, it } from 'vitest';
import { classifySent } from '../../src/protocol/classify-sent.ts';

const summaryOf = (clientContent: object, captureContent = false) =>
  classifySent(JSON.stringify({ clientContent }), { captureContent }).content;

describe('the summary of client content', () => {
  it('counts turns, names kinds of parts once and turns without a role', () => {
    const turns = [
      { role: 'user', parts: [{ text: 'a' }, { inlineData: {} }, { text: 'b' }] },
      { parts: [{ file_data: {} }, { functionCall: {} }] },
      { role: 'user', parts: [{ functionResponse: {} }, { videoMetadata: {} }] },
    ];
    expect(summaryOf({ turns, turnComplete: true })).toEqual({
      turns: 3,
      turnComplete: true,
      partKinds: ['text', 'inline_data', 'file_data', 'function_call', 'function_response', 'other'],
      rolesMissing: 1,
      controlCharacters: false,
    });
  });

  it('takes a missing turnComplete for false, as the service does', () => {
    expect(summaryOf({})).toEqual({
      turns: 0,
      turnComplete: false,
      partKinds: [],
      rolesMissing: 0,
      controlCharacters: false,
    });
  });

  it('keeps the text only when content is captured, without credentials', () => {
    const content = { turns: [{ role: 'user', parts: [{ text: 'one' }, { text: 'Bearer abc' }] }] };
    expect([summaryOf(content)?.text, summaryOf(content, true)?.text]).toEqual([
      undefined,
      'one\nBearer [redacted]',
    ]);
  });

  it('sees control characters', () => {
    const content = { turns: [{ role: 'user', parts: [{ text: 'a\u0007' }] }] };
    expect(summaryOf(content)?.controlCharacters).toBe(true);
  });

  it('names the rates of inline audio once each, and nothing of other data', () => {
    const inline = (mimeType: string) => ({ inlineData: { mimeType, data: 'AAAA' } });
    const parts = [
      inline('audio/pcm;rate=24000'),
      inline('audio/pcm; rate=24000'),
      inline('audio/pcm;rate=16000'),
      inline('audio/pcm'),
      inline('image/jpeg;rate=8000'),
    ];
    expect(summaryOf({ turns: [{ role: 'user', parts }] })?.audioRates).toEqual([24_000, 16_000]);
  });
});
