/** `live-otel report --compare BEFORE AFTER`. */

import { toReport } from '../../report/assemble.ts';
import { compare } from '../../report/compare.ts';
import { renderComparisonMarkdown } from '../../report/render/markdown/comparison.ts';
import { renderComparison } from '../../report/render/text/comparison.ts';
import type { Report } from '../../report/report.ts';
import { UsageError } from '../usage-error.ts';
import type { ReportOptions } from './options.ts';
import { json, print, styleOf, writePage } from './output.ts';
import { read } from './read.ts';

/** Prints what changed; resolves to the report of what is there now. */
export async function runComparison(named: readonly string[], options: ReportOptions): Promise<Report> {
  const [first, second, ...others] = named;
  if (first === undefined || second === undefined || others.length > 0) {
    throw new UsageError(
      `--compare takes two inputs, before and after; it was given ${named.length}. A directory counts as one.`,
      2,
    );
  }
  if (options.session !== undefined) throw new UsageError('--compare draws no --session.', 2);
  for (const server of ['jaeger', 'tempo'] as const) {
    if (options[server] !== undefined) throw new UsageError(`--compare reads files, no --${server}.`, 2);
  }
  const before = toReport(await read([first], options));
  const after = toReport(await read([second], options));
  const comparison = compare(before, after);
  if (options.html !== undefined) {
    const { renderComparisonPage } = await import('../../report/render/page/comparison.ts');
    await writePage(options.html, renderComparisonPage(comparison));
  }
  if (options.format === 'json') await print(json(comparison));
  else if (options.format === 'markdown') await print(renderComparisonMarkdown(comparison));
  else await print(renderComparison(comparison, styleOf(options)));
  return after;
}
