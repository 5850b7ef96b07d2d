/** Reports as a team has them, made from the sample: with 200 sessions, with nothing in it, with hostile text. */

import { judged } from '../../../../src/analysis/scorecard/scorecard.ts';
import { hypotheses } from '../../../../src/conventions/vocabulary.ts';
import { buildSessions, type LiveSession } from '../../../../src/report/read/sessions/model.ts';
import type { Charts, Report } from '../../../../src/report/report.ts';
import { decoded, origin, type SpanInput, spanLine } from '../../otlp-lines.ts';
import { sampleReport } from '../../report-sample.ts';
import { allSpans } from '../../sample.ts';

/** The sample's session, again and again; the ends differ. */
function sessions(count: number): readonly LiveSession[] {
  return Array.from({ length: count }, (_, index) => {
    const traceId = (index + 1).toString(16).padStart(32, '0');
    const spans = allSpans.filter(({ name }) => index % 5 !== 4 || name !== 'live_closure');
    return buildSessions(decoded(spanLine(spans.map((span) => inTrace(span, traceId, index)))));
  }).flat();
}

function inTrace(span: SpanInput, traceId: string, index: number): SpanInput {
  const shift = index * 7_300;
  return {
    ...span,
    traceId,
    from: span.from + shift,
    to: span.to + shift,
    events: (span.events ?? []).map((event) => ({ ...event, at: event.at + shift })),
    attributes: {
      ...span.attributes,
      'gen_ai.realtime_session.id': `session-${index + 1}`,
      ...(span.name === 'live_closure' && {
        'gemini.live.closure.expected': index % 3 === 1,
        'gemini.live.closure.hypothesis': hypotheses[index % hypotheses.length] ?? 'not_established',
        'gemini.live.closure.evidence': ['The last tool response had 1.2 KB.', 'No frame came after it.'],
        'gemini.live.closure.remedy': 'Keep responses small.',
      }),
    },
  };
}

/** A day in minutes; idle connections end at 150 s, all others at 590 s at the latest. */
const charts: Charts = {
  ages: Array.from({ length: 600 }, (_, second) => ({
    from: second,
    to: second + 1,
    expected: second % 7 === 0 ? 3 : 0,
    unexpected: {
      ...(second > 4 && second < 90 && { payload_size: second % 3 }),
      ...(second >= 149 && second < 152 && { lifetime: 12 }),
      ...(second >= 588 && second < 592 && { lifetime: 9 }),
    },
  })),
  time: Array.from({ length: 700 }, (_, minute) => ({
    at: origin + minute * 2 * 60_000,
    connects: 4,
    toolResponses: 9,
    expected: 2,
    unexpected: {
      payload_size: minute % 4 === 0 ? 1 : 0,
      ...(minute > 300 && minute < 312 && { rate_limit: 5 }),
    },
  })),
  timeBinMs: 60_000,
};

export const teamReport: Report = {
  ...sampleReport,
  totals: { ...sampleReport.totals, sessions: 20_000 },
  charts,
  sessions: sessions(200),
};

export const emptyReport: Report = {
  version: 3,
  input: { sources: [], lines: 0, spans: 0, broken: 0, brokenLines: [] },
  totals: { sessions: 0, turns: 0, toolCalls: 0, toolResponses: 0, closures: { expected: 0, unexpected: 0 } },
  coverage: { withClosure: 0, unknownCauses: 0, sampled: false, notes: [] },
  environment: [],
  scorecard: {
    findings: judged.map((hypothesis) => ({
      hypothesis,
      verdict: 'not_enough_data',
      estimand: 'Nothing is at risk.',
      statement: 'There was nothing to compare.',
      comparisons: [],
      attributed: { closures: 0, share: undefined },
      experiment: { text: 'Record some sessions.' },
      caveats: [],
    })),
    supported: [],
    answer: 'There are no sessions to judge.',
    correction: 'No test was made.',
  },
  groups: [],
  remedies: [],
  causes: [],
  closureGroups: [],
  tools: [],
  firstAudio: [],
  stalls: [],
  turnTroubles: [],
  charts: { ages: [], time: [], timeBinMs: 60_000 },
  sessions: [],
};

export const hostileText =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a template, not one.
  '</script></style></title></textarea><!--<script>hacked=1</script><img src=x onerror="hacked=1">\'"`&amp;${1}\u202e';

/** Every text of the report is hostile, and so are the ids. */
export function hostileReport(): Report {
  const report = JSON.parse(
    JSON.stringify({ ...sampleReport, sessions: sessions(8) }),
    (key: string, value: unknown) =>
      typeof value === 'string' && !kept.has(key) && !hypotheses.some((known) => known === value)
        ? hostileText
        : value,
  );
  return report as Report;
}

/** Enumerations, which nobody but us fills in, and what joins spans to sessions. */
const kept = new Set(['verdict', 'measure', 'unit', 'problem', 'parentSpanId', 'name']);
