import { describe, expect, it } from 'vitest';
import { createHint } from '../../src/register/hint.ts';

function hints(options: { isTerminal?: boolean; isConfigured?: boolean } = {}) {
  const printed: string[] = [];
  const hint = createHint({
    isTerminal: true,
    isConfigured: false,
    file: 'live-otel.jsonl',
    print: (sentence) => printed.push(sentence),
    ...options,
  });
  hint?.({ expected: true, code: 1000 });
  hint?.({ expected: false, code: 1011 });
  hint?.({ expected: false, code: 1008 });
  return printed;
}

describe('the hint after a failure', () => {
  it('comes once, at the first end that was not expected', () => {
    expect(hints()).toEqual([
      'live-otel: a Live session closed with 1011. What came before is in live-otel.jsonl; npx live-otel report says why, and what to do.',
    ]);
  });

  it('is for a person who has configured nothing', () => {
    expect(hints({ isTerminal: false })).toEqual([]);
    expect(hints({ isConfigured: true })).toEqual([]);
  });
});
