import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inUse, spansOf } from '../../../src/analysis/scorecard/in-use.ts';
import { blank } from './tables.ts';

const sessions = [
  { process: 'a', model: 'small', weight: 1 },
  { process: 'a', model: 'large', weight: 3 },
  { process: 'b', model: 'small', weight: 1 },
].map(({ process, model, weight }) => ({
  ...blank,
  process,
  weight,
  factors: { ...blank.factors, model },
}));

const session = fc.integer({ min: 0, max: sessions.length - 1 });
const time = fc.integer({ min: 0, max: 20 });
const use = fc
  .record({ session, from: time, lasts: time, amount: fc.integer({ min: 0, max: 9 }) })
  .map(({ session, from, lasts, amount }) => ({ session, from, to: from + lasts, amount }));

it('adds up what is in use at each moment, of the session, its process, its model and all', () => {
  fc.assert(
    fc.property(fc.array(use), fc.array(fc.record({ session, at: time })), (uses, moments) => {
      const sum = (at: number, some: (one: number) => boolean, weighted = true): number =>
        uses
          .filter((one) => some(one.session) && one.from <= at && at < one.to)
          .reduce((all, one) => all + one.amount * (weighted ? (sessions[one.session]?.weight ?? 0) : 1), 0);
      expect(inUse(sessions, spansOf(uses), (index) => uses[index]?.amount ?? 0, moments)).toEqual(
        moments.map(({ session, at }) => ({
          own: sum(at, (one) => one === session, false),
          ofProcess: sum(at, (one) => sessions[one]?.process === sessions[session]?.process),
          ofModel: sum(at, (one) => sessions[one]?.factors.model === sessions[session]?.factors.model),
          ofAll: sum(at, () => true),
        })),
      );
    }),
  );
});
