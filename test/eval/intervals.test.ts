/** A small version of `npm run eval:intervals`: intervals that are too narrow are wrong, and so are those too wide. */
import { describe, expect, it } from 'vitest';
import { drawCounts, type Rates } from '../../eval/intervals/counts.ts';
import { drawSessions, type Kind } from '../../eval/intervals/sessions.ts';
import { held, tally } from '../../eval/intervals/tally.ts';
import { createDraws } from '../../eval/scorecard/world/draws.ts';

const plain: Rates = { units: 600, background: 40, caused: 60, from: 3, cluster: 1, frailty: 0 };

describe('intervals of what an exposure accounts for', () => {
  it('hold the truth in 95 of 100, whatever threshold was found, in clusters, and where chance chose what is told', () => {
    const all = [
      plain,
      { ...plain, cluster: 6, frailty: 1 },
      { ...plain, slope: 1.6 },
      { ...plain, from: 2.5 },
      { ...plain, caused: 25 },
    ].map((rates, index) =>
      tally(Array.from({ length: 100 }, (_, draw) => drawCounts(rates, createDraws(1_000 * index + draw)))),
    );
    const together = tally([], ...all);

    expect(together.named).toBeGreaterThan(400);
    expect(held(together) / together.named).toBeGreaterThan(0.93);
    expect(held(together) / together.named).toBeLessThan(0.97);
    for (const one of all) expect(held(one) / one.named).toBeGreaterThan(0.9);
  });

  it.each([
    ['threshold', { kind: 'threshold', bytes: 6_000 }],
    ['id', { kind: 'id' }],
  ] as const)('hold it where siblings come between the response and the end it causes: %s', (name, cause) => {
    const kind: Kind = {
      name,
      sessions: 150,
      together: 3,
      frailty: 0.8,
      cause,
      chance: 0.4,
      after: [2.2, 9],
      background: 10,
      every: 25,
      pairs: 0.4,
    };
    const found = tally(Array.from({ length: 20 }, (_, seed) => drawSessions(kind, seed + 1).outcome()));

    expect(found.named).toBeGreaterThan(15);
    expect(held(found) / found.named).toBeGreaterThan(0.89);
    expect(found.width / found.named).toBeLessThan(0.3);
  });
});
