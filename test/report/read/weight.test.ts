import { expect, it } from 'vitest';
import { weightOf } from '../../../src/report/read/weight.ts';

it.each([
  ['ot=th:0', 1],
  ['ot=th:8', 2],
  ['ot=th:c', 4],
  ['ot=th:fd70a3d70a3d71', 100],
  ['vendor=1, ot=rv:6e6d1a75832a2f;th:8', 2],
  ['ot=rv:6e6d1a75832a2f', 1],
  ['ot=th:xyz', 1],
  ['vendor=ot=th:8', 1],
  ['ot=th:ffffffffffffff', 1_000_000],
  ['', 1],
])('%s stands for %d', (traceState, weight) => {
  expect(weightOf(traceState)).toBeCloseTo(weight, 3);
});
