import type { DiagnosisInput, DiagnosisResult } from './diagnosis/run.ts';
import { measureInChild } from './report/child.ts';
import { exact } from './report/format.ts';
import type { Benchmark } from './report/section.ts';
import { quantile } from './report/statistics.ts';

const limitMicroseconds = 50;

export const diagnosis: Benchmark = {
  name: 'diagnosis',
  async run({ quick }) {
    const given: DiagnosisInput = { most: quick ? 20 : Number.MAX_SAFE_INTEGER };
    const times = await measureInChild<DiagnosisResult>(
      new URL('./diagnosis/run.ts', import.meta.url),
      given,
    );
    const row = (text: string, values: readonly number[]): readonly string[] => [
      text,
      String(values.length),
      ...[0.5, 0.99, 1].map((share) => exact(quantile(values, share), 'µs')),
    ];
    const p99 = quantile(times.known, 0.99);
    return {
      title: 'The diagnosis',
      method: [
        'Time to say why one session ended, for the ends of the scenarios that [diagnosis.md](diagnosis.md) is tuned on, each by its fastest run of several.',
      ],
      tables: [
        {
          title: 'One end',
          columns: ['Close text', 'Ends', 'Median', 'p99', 'Slowest'],
          rows: [row('seen before', times.known), row('new', times.fresh)],
        },
      ],
      goals: [
        {
          what: 'Diagnosis of an end, p99, close text seen before',
          limit: `≤ ${limitMicroseconds} µs`,
          measured: exact(p99, 'µs'),
          met: p99 <= limitMicroseconds,
        },
      ],
    };
  },
};
