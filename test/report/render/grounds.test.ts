import { expect, it } from 'vitest';
import { groundsOf } from '../../../src/report/render/grounds.ts';

const sentences = (what: string, many: number) =>
  Array.from({ length: many }, (_, at) => `${what} ${at + 1}.`);
const attributes = (speakFor: number, against: number, context: number) => ({
  'gemini.live.closure.evidence': sentences('For', speakFor),
  'gemini.live.closure.against': sentences('Against', against),
  'gemini.live.closure.context': sentences('Besides', context),
});
const lengths = (...given: readonly [number, number, number, number]) => {
  const [most, ...lists] = given;
  const grounds = groundsOf(attributes(...lists), most);
  return [grounds.for.length, grounds.against.length, grounds.context.length];
};

it('puts what speaks for the cause first, keeps a place for what does not, and fills up with the rest', () => {
  expect(lengths(6, 2, 1, 8)).toEqual([2, 1, 3]);
  expect(lengths(6, 9, 2, 8)).toEqual([5, 1, 0]);
  expect(lengths(6, 9, 0, 8)).toEqual([6, 0, 0]);
  expect(lengths(6, 0, 0, 8)).toEqual([0, 0, 6]);
  expect(lengths(6, 3, 5, 8)).toEqual([3, 3, 0]);
  expect(lengths(40, 3, 1, 8)).toEqual([3, 1, 8]);
  expect(lengths(0, 3, 1, 8)).toEqual([0, 0, 0]);
});

it('reads telemetry that has one list', () => {
  expect(groundsOf({ 'gemini.live.closure.evidence': ['It failed.'] }, 6)).toEqual({
    for: ['It failed.'],
    against: [],
    context: [],
  });
});
