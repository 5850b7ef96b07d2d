import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../../src/report/compare.ts';
import { renderComparisonPage } from '../../../../src/report/render/page/comparison.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { sampleComparison } from '../../comparison-sample.ts';

/** What a reader sees, as text. */
function shown(markup: string): string {
  return markup
    .replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

describe('renderComparisonPage', () => {
  it('answers, then says what changed', () => {
    const text = shown(renderComparisonPage(sampleComparison));
    expect(text).toContain('Unexpected ends went from 20 % (42) to 5.0 % (10) of the sessions: fewer');
    expect(text).toContain(
      'Before: 208 sessions that ended, 2026-03-01 to 2026-03-02 , from live-otel.jsonl .',
    );
    expect(text).toContain('All unexpected ends Fewer 42: 20 % (15 % to 26 %) 10: 5.0 %');
    expect(text).toContain('Internal error right after a well-formed tool response Fewer');
  });

  it('makes no elements of what was recorded, whatever it is', () => {
    fc.assert(
      fc.property(arbitraryReport, arbitraryReport, (before, after) => {
        const page = renderComparisonPage(compare(before, after));
        expect(page.match(/<script/g)).toHaveLength(1);
        expect(page).not.toMatch(/<(img|iframe|link|object)\b/);
      }),
      { numRuns: 10 },
    );
  });
});
