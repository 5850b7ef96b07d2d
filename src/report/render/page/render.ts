/** The report as one HTML page that needs nothing but itself. */
import { answerKind, unexpectedEnds } from '../../ends.ts';
import type { Report } from '../../report.ts';
import { tooFew } from '../words.ts';
import { page } from './document.ts';
import { at, root } from './located.ts';
import { type Content, html } from './markup.ts';
import { answer } from './sections/answer.ts';
import { closuresSection } from './sections/closures.ts';
import { coverageSection } from './sections/coverage.ts';
import { endList } from './sections/ends.ts';
import { experimentsSection } from './sections/experiments.ts';
import { jaegerBase, type Links } from './sections/links.ts';
import { remediesSection } from './sections/remedies.ts';
import { scorecardSection } from './sections/scorecard.ts';
import { section } from './sections/section.ts';
import { sessionAnchor, sessionsSection } from './sections/sessions.ts';
import { stallsSection } from './sections/stalls.ts';
import { firstAudioSection, toolsSection } from './sections/tools.ts';
import { verdictTable } from './sections/verdicts.ts';
import { withoutPaths } from './strip.ts';

export interface PageOptions {
  /** Address of a Jaeger's web interface, which trace ids then lead to. */
  readonly jaegerUrl?: string;
  /** For tests: each value with its path in the JSON. */
  readonly paths?: boolean;
}

/** Throws where `jaegerUrl` is no http or https address. */
export function renderPage(report: Report, { jaegerUrl, paths = false }: PageOptions = {}): string {
  const located = root(report);
  const links: Links = {
    ...(jaegerUrl !== undefined && { jaeger: jaegerBase(jaegerUrl) }),
    anchors: new Map(
      report.sessions.map(({ traceId }, index) => [traceId, sessionAnchor(index)] as const).toReversed(),
    ),
  };
  const kind = answerKind(report);
  // Without an unexpected end there is nothing to explain, and nothing to advise.
  const isExplained = kind === 'few' || kind === 'many';
  const sections = [
    ...experimentsSection(located),
    ...(kind === 'many' ? [remediesSection(located, links)] : []),
    ...stallsSection(located, links),
    sessionsSection(located, links, paths),
    closuresSection(located, links),
    toolsSection(located),
    firstAudioSection(located),
    ...(isExplained
      ? [scorecardSection(at(located, 'scorecard'), kind === 'few' ? tooFew(report) : undefined)]
      : []),
    coverageSection(located),
  ];
  const topOf = (): Content => {
    if (kind === 'few') return endList(unexpectedEnds(report), links);
    return kind === 'many' && verdictTable(located);
  };
  const body = html`<a class="skip" href="#sessions-title">To the sessions</a>
${answer(located, topOf())}
<nav aria-label="Parts of the report"><ul>${sections.map(({ id, short }) => html`<li><a href="#${id}-title">${short}</a></li>`)}</ul></nav>
<main>
${sections.map(section)}
</main>
<footer><p>Made by live-otel. The same numbers: <code>live-otel report --format json</code>.</p></footer>`;
  const text = String(page('Why the sessions end: live-otel report', body));
  return paths ? text : withoutPaths(text);
}
