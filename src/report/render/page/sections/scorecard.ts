/** The scorecard: seven hypotheses, then the endings that only look like one. */

import type { Scorecard } from '../../../../analysis/scorecard/scorecard.ts';
import { mainHypotheses } from '../../../../conventions/vocabulary.ts';
import { forest } from '../figures/forest.ts';
import { at, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { say } from '../show.ts';
import { findingArticle } from './finding.ts';
import type { Section } from './section.ts';

const seven = mainHypotheses.length;

/** @param folded why it is folded away: there is too little to compare */
export function scorecardSection(scorecard: Located<Scorecard>, folded: string | undefined): Section {
  const findings = items(at(scorecard, 'findings'));
  return {
    id: 'scorecard',
    title: 'The hypotheses, and what they rest on',
    short: 'Hypotheses',
    body: inFold(
      folded,
      html`${forest(findings)}
<h3>The seven hypotheses</h3>
${findings.slice(0, seven).map(findingArticle)}
<h3>Ends that look like these and are none</h3>
${findings.slice(seven).map(findingArticle)}
<p class="note">${say(at(scorecard, 'correction'))}</p>`,
    ),
  };
}

function inFold(why: string | undefined, body: Markup): Markup {
  if (why === undefined) return body;
  return html`<p data-range>${why}</p><details><summary>All hypotheses all the same</summary>${body}</details>`;
}
