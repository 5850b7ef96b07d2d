import { describe, expect, it } from 'vitest';
import type { Trial } from '../../../src/analysis/experiment/experiment.ts';
import { createJudge, judgeTrials } from '../../../src/analysis/experiment/judge.ts';
import { verdictWords } from '../../../src/analysis/experiment/words.ts';

const sizes = { factor: 'payload_size', control: '2 KB responses', treated: '64 KB responses' } as const;
const setting = { model: 'gemini-live', where: 'through this machine' };

/** Evenly mixed, as a coin would on average. */
function trials(control: readonly [number, number], treated: readonly [number, number]): readonly Trial[] {
  const of = (arm: Trial['arm'], [failed, sessions]: readonly [number, number]) =>
    Array.from({ length: sessions }, (_, index) => ({
      at: (index + 0.5) / sessions,
      arm,
      failed: Math.floor(((index + 1) * failed) / sessions) > Math.floor((index * failed) / sessions),
    }));
  return [...of('control', control), ...of('treated', treated)]
    .sort((a, b) => a.at - b.at)
    .map(({ arm, failed }) => ({ arm, failed }));
}

function words(control: readonly [number, number], treated: readonly [number, number]): string {
  return verdictWords(sizes, judgeTrials(trials(control, treated)), setting);
}

describe('the verdict', () => {
  it('names what makes the difference, with the numbers', () => {
    expect(words([1, 40], [31, 40])).toBe(
      'On model gemini-live, through this machine, with 64 KB responses 8 of 11 sessions end, with 2 KB responses 0 of 11: difference 73 points (95 % 15 to 98). It is the size.',
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
      'On model gemini-live, through this machine, with 64 KB responses 0 of 36 sessions end, with 2 KB responses 0 of 36. No difference above 10 points with 72 sessions: it is not the size.',
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

  it('stays as it was when it was found', () => {
    const found = trials([1, 40], [31, 40]);
    const { control, treated, verdict } = judgeTrials([...found, ...trials([40, 40], [0, 40])]);
    expect({ control, treated, verdict }).toEqual({
      control: judgeTrials(found).control,
      treated: judgeTrials(found).treated,
      verdict: 'worse',
    });
  });

  it('gives up where only a small difference is left to be found', () => {
    const judge = createJudge();
    for (const trial of trials([90, 200], [90, 200])) judge.add(trial);
    expect(judge.verdict).toBe('not_settled');
    expect(judge.isFutile).toBe(true);
    expect(judge.within).toBe(0.2);
    expect(words([90, 200], [90, 200])).toMatch(
      /Not settled with 400 sessions; a difference above 20 points is excluded\.$/,
    );
  });

  it('goes on where a difference shows and is not shown yet', () => {
    const judge = createJudge();
    for (const trial of trials([66, 130], [84, 130])) judge.add(trial);
    expect(judge.verdict).toBe('not_settled');
    expect(judge.isFutile).toBe(false);
  });
});
