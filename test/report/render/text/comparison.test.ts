import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compare } from '../../../../src/report/compare.ts';
import { renderComparisonMarkdown } from '../../../../src/report/render/markdown/comparison.ts';
import { width } from '../../../../src/report/render/text/cells.ts';
import { renderComparison } from '../../../../src/report/render/text/comparison.ts';
import { defaultStyle } from '../../../../src/report/render/text/style.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { sampleComparison } from '../../comparison-sample.ts';

it('answers, then says what changed', () => {
  expect(renderComparison(sampleComparison, defaultStyle)).toBe(`\
Unexpected ends went from 20 % (42) to 5.0 % (10) of the sessions: fewer, by more than chance lets
expect. Fewer ends of: internal error.

before: 208 sessions that ended, 2026-03-01 to 2026-03-02, from live-otel.jsonl
after: 200 sessions that ended, 2026-03-01 to 2026-03-02, from after.jsonl

WHAT CHANGED
────────────
change  put down to          before     after       points (95 %)      p
fewer   all unexpected ends  20 % (42)  5.0 % (10)  -15 (-22 to -8.9)  < 0.001
fewer   internal error       20 % (42)  5.0 % (10)  -15 (-22 to -8.9)  < 0.001

change  cause                                      before     after       points (95 %)      p
fewer   Internal error right after a well-formed…  20 % (42)  5.0 % (10)  -15 (-22 to -8.9)  < 0.001

p values by hypothesis, and those by cause, are corrected for their number by Holm's method.
Before and after differ in time as well: the service, the traffic and the models may have changed
with it.
`);
});

it('says the same in Markdown', () => {
  expect(renderComparisonMarkdown(sampleComparison)).toBe(`\
## Unexpected ends of Live API sessions, before and after

**Unexpected ends went from 20 % (42) to 5.0 % (10) of the sessions: fewer, by more than chance lets expect. Fewer ends of: internal error.**

Before: 208 sessions that ended, 2026-03-01 to 2026-03-02. After: 200 sessions that ended, 2026-03-01 to 2026-03-02.

| put down to | change | before | after | percentage points (95 % interval) | test |
| --- | --- | --- | --- | --- | --- |
| all unexpected ends | **fewer** | 20 % (42) | 5.0 % (10) | -15 (-22 to -8.9) | p \\< 0.001 |
| internal error | **fewer** | 20 % (42) | 5.0 % (10) | -15 (-22 to -8.9) | p \\< 0.001 |

| cause | change | before | after | percentage points (95 % interval) | test |
| --- | --- | --- | --- | --- | --- |
| Internal error right after a well-formed tool response | **fewer** | 20 % (42) | 5.0 % (10) | -15 (-22 to -8.9) | p \\< 0.001 |

- p values by hypothesis, and those by cause, are corrected for their number by Holm's method.
- Before and after differ in time as well: the service, the traffic and the models may have changed with it.

Made by \`live-otel report --compare --format markdown\`.
`);
});

it('never exceeds its columns, whatever is compared', () => {
  fc.assert(
    fc.property(
      arbitraryReport,
      arbitraryReport,
      fc.integer({ min: 60, max: 140 }),
      (before, after, columns) => {
        const text = renderComparison(compare(before, after), { columns, ascii: false, color: true });
        const lines = stripVTControlCharacters(text).split('\n');
        expect(lines.filter((line) => width(line) > columns)).toEqual([]);
      },
    ),
    { numRuns: 50 },
  );
});
