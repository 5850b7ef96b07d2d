/** What `live-otel report` does, from its arguments to its exit code. */

import { toReport } from '../../report/assemble.ts';
import type { LiveSession } from '../../report/read/sessions/model.ts';
import { renderIssue, renderMarkdown } from '../../report/render/markdown/render.ts';
import { renderOneSession, renderText } from '../../report/render/text/render.ts';
import type { Report } from '../../report/report.ts';
import { readPrices } from '../prices.ts';
import { UsageError } from '../usage-error.ts';
import { runComparison } from './compare.ts';
import { broken, parseRule, type Rule } from './fail-on.ts';
import { defaultFiles } from './inputs.ts';
import type { ReportOptions } from './options.ts';
import { json, print, styleOf, writePage } from './output.ts';
import { read } from './read.ts';

/** A rule of `--fail-on` is broken. */
const exitCodeOfRules = 3;

/** Reads, prints and judges; throws {@link UsageError} where there is nothing to print. */
export async function runReport(named: readonly string[], options: ReportOptions): Promise<void> {
  const rules = (options.failOn ?? []).map(parseRule);
  if (options.compare) return judge(await runComparison(named, options), rules);
  const servers = (['jaeger', 'tempo'] as const).filter((server) => options[server] !== undefined);
  if (servers.length > 0 && named.length > 0) {
    throw new UsageError(
      `--${servers[0]} is read instead of files; ${named.join(', ')} would be left out.`,
      2,
    );
  }
  const isElsewhere = servers.length > 0 || options.fromAggregates === true;
  const inputs = named.length > 0 || isElsewhere ? named : await defaultFiles();
  const report = toReport(
    await read(inputs, options),
    options.prices === undefined ? undefined : await readPrices(options.prices),
  );
  const session = options.session === undefined ? undefined : findSession(report, options.session);
  if (options.html !== undefined) {
    // With its charts it is the heaviest part.
    const { renderPage } = await import('../../report/render/page/render.ts');
    await writePage(
      options.html,
      renderPage(report, options.jaeger === undefined ? {} : { jaegerUrl: options.jaeger }),
    );
  }
  await print(session === undefined ? render(report, options) : renderSession(session, report, options));
  judge(report, rules);
}

function render(report: Report, options: ReportOptions): string {
  switch (options.format) {
    case 'json':
      return json(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'text':
      return renderText(report, { style: styleOf(options), ...(options.all && { all: true }) });
  }
}

/** That session alone. */
function renderSession(session: LiveSession, report: Report, options: ReportOptions): string {
  switch (options.format) {
    case 'json':
      return json({ version: report.version, sessions: [session] });
    case 'markdown':
      return renderIssue(report, session);
    case 'text':
      return renderOneSession(session, styleOf(options));
  }
}

function judge(report: Report, rules: readonly Rule[]): void {
  for (const sentence of rules.flatMap((rule) => broken(rule, report) ?? [])) {
    process.stderr.write(`live-otel: ${sentence}\n`);
    process.exitCode = exitCodeOfRules;
  }
}

/** What was kept is what begins with `id`. */
function findSession({ sessions, closureGroups, totals }: Report, id: string): LiveSession {
  const same = sessions.filter((session) => idsOf(session).includes(id.toLowerCase()));
  const [found, ...others] = same.length > 0 ? same : sessions;
  if (found && others.length === 0) return found;
  if (found) {
    const some = [found, ...others].slice(0, 5).map(({ sessionId, traceId }) => sessionId ?? traceId);
    throw new UsageError(
      `${sessions.length} sessions begin with ${id}, for example ${some.join(', ')}: give more of the id.`,
      1,
    );
  }
  const some = closureGroups
    .flatMap(({ examples }) => examples)
    .slice(0, 3)
    .map(({ sessionId, traceId }) => sessionId ?? traceId);
  const example = some.length > 0 ? `, for example ${some.join(', ')}` : '';
  throw new UsageError(`No session ${id} in the input. It has ${totals.sessions}${example}.`, 1);
}

function idsOf({ sessionId, traceId, spanId }: LiveSession): readonly (string | undefined)[] {
  return [sessionId?.toLowerCase(), traceId, spanId];
}
