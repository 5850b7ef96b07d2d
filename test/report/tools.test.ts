import { expect, it } from 'vitest';
import { toolRows } from '../../src/report/tools.ts';

const common = { model: '', service: '', sdk: '', hour: 0 };
const response = (
  tool: string,
  factors: { size: number; latency: number },
  units: number,
  closures: number,
) => ({
  factors: {
    ...common,
    tool,
    ...factors,
    encoding: '',
    shape: '',
    controlCharacters: false,
    idMatch: '',
    nameMatch: '',
    pending: 1,
    input: 0,
  },
  units,
  closures,
});
const call = (tool: string, units: number) => ({
  factors: { ...common, tool, duration: 11, pending: 0, input: 0, nonBlocking: false },
  units,
  closures: 0,
});

it('puts the tool first that ended more sessions than the average one would have', () => {
  const rows = toolRows({
    toolResponses: [
      response('search', { size: 20, latency: 9 }, 1_000, 10),
      response('report', { size: 28, latency: 12 }, 40, 12),
      response('report', { size: -1, latency: -1 }, 10, 0),
    ],
    toolCalls: [call('search', 1_010), call('report', 50), call('never', 3)],
  });
  expect(rows.map(({ tool, calls, responses, closures }) => [tool, calls, responses, closures])).toEqual([
    ['report', 50, 50, 12],
    ['never', 3, 0, 0],
    ['search', 1_010, 1_000, 10],
  ]);
  // To the width of their bins: 16 to 23 KB, 4 to 8 s.
  expect(rows[0]).toMatchObject({ bytes: { p50: 19_000, p99: 19_000 }, latency: { p50: 5.8 } });
  expect(rows[1]).not.toHaveProperty('share');
  expect(rows[1]).not.toHaveProperty('bytes');
});
