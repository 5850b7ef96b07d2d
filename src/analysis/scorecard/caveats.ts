/** What the reader has to know before relying on a finding. Pure. */
import { endsOutside, type Frame } from '../risk/frame.ts';
import type { Association } from './associate.ts';
import type { Burst } from './bursts.ts';
import type { Result } from './result.ts';
import type { Comparison, JudgedHypothesis, Verdict } from './scorecard.ts';
import type { Unanswered } from './unanswered.ts';
import { whole } from './wording.ts';

export interface CaveatFacts {
  readonly hypothesis: JudgedHypothesis;
  readonly verdict: Verdict;
  /** The comparison that decided, where it was one of exposed with unexposed units. */
  readonly association: Comparison | undefined;
  readonly untested: readonly Association[];
  /** Why it is not what it looks like. */
  readonly contradicted: Result['contradicted'];
  /** It holds for somebody who looks again and again. */
  readonly holds: boolean;
  readonly burst: Burst | undefined;
  /** Calls that nobody answers for long end sessions. */
  readonly unanswered: Unanswered | undefined;
  readonly frame: Frame;
  readonly sampled: boolean;
  readonly allConnects: boolean;
  /** Ends by the service without an established cause, that it may be behind. */
  readonly unexplained: number;
}

export function caveatsOf({
  hypothesis,
  verdict,
  association,
  contradicted,
  holds,
  untested,
  burst,
  unanswered,
  frame,
  sampled,
  allConnects,
  unexplained,
}: CaveatFacts): readonly string[] {
  const caveats: string[] = [];
  if (association && verdict === 'supported') {
    caveats.push('What was not recorded may be behind both. An experiment would settle it.');
  }
  if (association?.effect?.high === undefined && association?.effect)
    caveats.push('The interval has no upper end: one of the groups is too small.');
  for (const { exposed, unexposed } of untested) {
    if (exposed.units > 0 && unexposed.units === 0)
      caveats.push(`There were only ${exposed.label}: nothing to compare them with.`);
  }
  if (contradicted) caveats.push(contradictions[contradicted]);
  if (!holds) {
    caveats.push(
      'It holds for one look. Who looks every day finds such a result by chance sooner or later: judge it again on new sessions alone.',
    );
  }
  if (burst && burst.cluster.p < 0.01 && burst.cluster.events >= 3) {
    const { from, to, events, expected } = burst.cluster;
    const what =
      hypothesis === 'rate_limit'
        ? 'a rate limit or an outage would look so'
        : 'an outage of the service would look so';
    caveats.push(
      `${whole(events)} of the unexpected ends came between ${time(from)} and ${time(to + burst.binMs)}, where ${expected.toFixed(1)} were to be expected: ${what}.`,
    );
  }
  if (unanswered && (hypothesis === 'concurrency' || hypothesis === 'internal_error')) {
    const { seconds, ends, expected } = unanswered;
    caveats.push(
      `${whole(ends)} ends came when a single tool call had not been answered for ${seconds.toPrecision(2)} s or more, where ${expected.toFixed(1)} were to be expected: it seems that the service gives up such calls. Ends after so long are no part of the comparisons. Answer sooner.`,
    );
  }
  if (unexplained > 0) {
    caveats.push(
      `${whole(unexplained)} of the ends by the service have no established cause and may be errors of the service as well; more sessions alone do not tell.`,
    );
  }
  if (hypothesis === 'rate_limit' && !allConnects) {
    caveats.push(
      'Not all sessions were recorded: whether ends go with how many connects all processes make, or with what all use within a minute, is not known. The connects of one process are.',
    );
  }
  if (sampled || frame.thinned) {
    caveats.push('Spans stand for others that were left out; the intervals allow for it.');
  }
  const outside = endsOutside(frame);
  if (association && outside > 0) {
    caveats.push(
      `Of ${whole(outside)} unexpected ends the rest of the session was not sampled: they are counted, and no part of the comparison.`,
    );
  }
  if (association?.unit === 'tool_response' && frame.missingResponses >= 1) {
    caveats.push(
      `${whole(frame.missingResponses)} tool responses were sent and not recorded: an end after one of them counts against none.`,
    );
  }
  return caveats;
}

const contradictions = {
  within:
    'Within a session the exposed fared no worse than the others: sessions or users differ, and not what happened in them.',
  apart:
    'It shows only among those that were exposed to what is shown more clearly: without that it does not.',
} as const;

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
