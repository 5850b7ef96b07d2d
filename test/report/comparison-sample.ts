/** The sample before a change, and after it: no large responses any more. */

import { compare } from '../../src/report/compare.ts';
import type { Report } from '../../src/report/report.ts';
import { sampleReport } from './report-sample.ts';

const after: Report = {
  ...sampleReport,
  input: { ...sampleReport.input, sources: ['after.jsonl'] },
  totals: { ...sampleReport.totals, closures: { expected: 190, unexpected: 10 } },
  environment: sampleReport.environment.map((row) => ({
    ...row,
    unexpected: Math.round(row.unexpected / 4),
  })),
  causes: sampleReport.causes.map((row) => ({ ...row, closures: row.expected ? 190 : 10 })),
};

const before: Report = {
  ...sampleReport,
  causes: sampleReport.causes.map((row) => ({ ...row, closures: row.expected ? 166 : 42 })),
};

export const sampleComparison = compare(before, after);
