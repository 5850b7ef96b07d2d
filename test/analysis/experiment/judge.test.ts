import { describe, expect, it } from 'vitest';
import type { Trial } from '../../../src/analysis/experiment/experiment.ts';
import { judgeTrials, verdictOfTrials } from '../../../src/analysis/experiment/judge.ts';
import { verdictWords } from '../../../src/analysis/experiment/words.ts';

const sizes = { factor: 'payload_size', control: '2 KB responses', treated: '64 KB responses' } as const;
const setting = { model: 'gemini-live', where: 'through this machine' };

function trials(control: readonly [number, number], treated: readonly [number, number]): readonly Trial[] {
  const of = (arm: Trial['arm'], [failed, sessions]: readonly [number, number]): readonly Trial[] =>
    Array.from({ length: sessions }, (_, index) => ({ arm, failed: index < failed }));
  return [...of('control', control), ...of('treated', treated)];
}

function words(control: readonly [number, number], treated: readonly [number, number]): string {
  return verdictWords(sizes, judgeTrials(trials(control, treated)), setting);
}

describe('the verdict', () => {
  it('names what makes the difference, with the numbers', () => {
    expect(words([1, 40], [31, 40])).toBe(
      'On model gemini-live, through this machine, with 64 KB responses 31 of 40 sessions end, with 2 KB responses 1 of 40: difference 75 points (95 % 41 to 94). It is the size.',
    );
  });

  it('does not accuse what ends fewer sessions', () => {
    expect(judgeTrials(trials([31, 40], [1, 40])).verdict).toBe('better');
    expect(words([31, 40], [1, 40])).toMatch(
      /Fewer end, not more: the size matters, but not as was suspected\.$/,
    );
  });

  it('says that there is no difference once it can only be small', () => {
    expect(words([0, 60], [0, 60])).toBe(
      'On model gemini-live, through this machine, with 64 KB responses 0 of 60 sessions end, with 2 KB responses 0 of 60. No difference above 10 points with 120 sessions: it is not the size.',
    );
  });

  it('sends the reader elsewhere where sessions end in both', () => {
    expect(words([400, 400], [400, 400])).toMatch(
      /it is not the size\. What ends them is the same in both\.$/,
    );
  });

  it('does not decide what is open', () => {
    expect(words([6, 20], [8, 20])).toMatch(
      /difference 10 points \(95 % −\d+ to \d+\)\. Not settled with 40 sessions\.$/,
    );
    expect(words([0, 4], [5, 5])).toMatch(/Not settled with 9 sessions\.$/);
  });

  it('is the same without the numbers for the reader', () => {
    for (const given of [trials([1, 40], [31, 40]), trials([0, 60], [0, 60]), trials([6, 20], [8, 20])]) {
      expect(verdictOfTrials(given)).toBe(judgeTrials(given).verdict);
    }
  });
});
