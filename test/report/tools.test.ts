import { expect, it } from 'vitest';
import { toolRows } from '../../src/report/tools.ts';
import { call, response, tables } from '../analysis/scorecard/tables.ts';

it('puts the tool first that ended more sessions than the average one would have', () => {
  const rows = toolRows(
    tables({
      toolResponses: [
        response({ tool: 'search' }, 1_000, 10),
        response({ tool: 'report', size: 28, latency: 12 }, 40, 12),
        response({ tool: 'report', size: -1, latency: -1 }, 10, 0),
      ],
      toolCalls: [
        call({ tool: 'search' }, 1_010, 0),
        call({ tool: 'report' }, 50, 0),
        call({ tool: 'never' }, 3, 0),
      ],
    }),
  );
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
