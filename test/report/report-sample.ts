/** A report with every kind of verdict: large responses are followed by an end, the rest is innocent or unknown. */

import type { Finding } from '../../src/analysis/scorecard/scorecard.ts';
import { judged } from '../../src/analysis/scorecard/scorecard.ts';
import { buildSessions } from '../../src/report/read/sessions/model.ts';
import type { Report } from '../../src/report/report.ts';
import { decoded, origin, spanLine, traceA } from './otlp-lines.ts';
import { allSpans } from './sample.ts';

const payloadSize: Finding = {
  hypothesis: 'payload_size',
  verdict: 'supported',
  estimand: 'At risk is each tool response.',
  statement:
    'Tool responses of 8 KB and more were followed by an unexpected end within 2 s in 31 of 80 cases, smaller ones in 4 of 412: 18 times the odds, 95 % interval 6–52. This is a correlation.',
  effect: { measure: 'odds_ratio', value: 18, low: 6, high: 52 },
  comparisons: [
    {
      exposed: { label: 'responses of 8 KB and more', units: 80, closures: 31 },
      unexposed: { label: 'smaller ones', units: 412, closures: 4 },
      unit: 'tool_response',
      effect: { measure: 'odds_ratio', value: 18, low: 6, high: 52 },
      crude: { measure: 'odds_ratio', value: 64.5, low: 22, high: 190 },
      adjustedFor: ['tool', 'latency'],
      test: 'Mantel–Haenszel',
      p: 0.00001,
      adjustedP: 0.00004,
    },
  ],
  attributed: { closures: 2, share: { value: 0.05, low: 0.01, high: 0.17 } },
  accountsFor: { value: 0.74, low: 0.58, high: 0.86 },
  dose: {
    quantity: 'bytes',
    unit: 'By',
    bins: [
      { from: 0, to: 2_048, units: 300, closures: 2, share: { value: 0.0067, low: 0.0018, high: 0.024 } },
      { from: 2_048, to: 8_192, units: 112, closures: 2, share: { value: 0.018, low: 0.005, high: 0.063 } },
      { from: 8_192, to: 32_768, units: 50, closures: 15, share: { value: 0.3, low: 0.19, high: 0.44 } },
      { from: 32_768, units: 30, closures: 16, share: { value: 0.53, low: 0.36, high: 0.7 } },
    ],
    trendP: 0.000002,
  },
  experiment: {
    text: 'Return summaries of at most 2 KB for half of the sessions, and compare the two halves.',
    command: 'npx live-otel report --compare whole.jsonl summaries.jsonl',
  },
  caveats: ['Only read_full_menu sends responses of this size: the tool and the size cannot be told apart.'],
};

const encoding: Finding = {
  hypothesis: 'encoding',
  verdict: 'refuted',
  estimand: 'At risk is each tool response.',
  statement:
    'Non-ASCII tool responses were followed by an unexpected end in 9 of 120 cases, ASCII ones in 26 of 372: at most 2.4 times the odds.',
  effect: { measure: 'odds_ratio', value: 1.08, low: 0.49, high: 2.4 },
  comparisons: [
    {
      exposed: { label: 'responses with other than ASCII', units: 120, closures: 9 },
      unexposed: { label: 'ASCII ones', units: 372, closures: 26 },
      unit: 'tool_response',
      effect: { measure: 'odds_ratio', value: 1.08, low: 0.49, high: 2.4 },
      adjustedFor: [],
      test: "Fisher's exact test",
      p: 0.84,
      adjustedP: 1,
    },
  ],
  attributed: { closures: 0, share: { value: 0, low: 0, high: 0.08 } },
  experiment: { text: 'Escape everything outside ASCII for a day.' },
  caveats: [],
};

const connection: Finding = {
  hypothesis: 'connection',
  verdict: 'supported',
  estimand: 'At risk is each tool response.',
  statement: '6 of 42 unexpected ends came without a close frame.',
  effect: { measure: 'share', value: 0.143, low: 0.067, high: 0.28 },
  comparisons: [],
  attributed: { closures: 6, share: { value: 0.143, low: 0.067, high: 0.28 } },
  accountsFor: { value: 0.143, low: 0.067, high: 0.28 },
  experiment: {
    text: 'Run the agent against a server that keeps its line.',
    command: 'npx live-otel simulate --script drop',
  },
  caveats: [],
};

function undecided(hypothesis: Finding['hypothesis']): Finding {
  return {
    hypothesis,
    verdict: 'not_enough_data',
    estimand: 'At risk is each tool response.',
    statement: 'Too few sessions were exposed to compare them with the others.',
    comparisons: [],
    attributed: { closures: 0, share: undefined },
    ...(hypothesis === 'rate_limit' && { moreSessions: { kind: 'sessions', sessions: 1_400, chance: 0.8 } }),
    experiment: { text: 'Record more sessions.' },
    caveats: [],
  };
}

const known: readonly Finding[] = [payloadSize, encoding, connection];

export const sampleReport: Report = {
  version: 3,
  input: {
    sources: ['live-otel.jsonl'],
    lines: 412,
    spans: 2_655,
    broken: 1,
    brokenLines: [{ file: 'live-otel.jsonl', line: 412, problem: 'truncated' }],
    from: origin,
    to: origin + 86_400_000,
  },
  totals: {
    sessions: 210,
    turns: 640,
    toolCalls: 500,
    toolResponses: 492,
    closures: { expected: 166, unexpected: 42 },
    unexpectedShare: { value: 0.202, low: 0.153, high: 0.262 },
  },
  coverage: {
    withClosure: 0.99,
    unknownCauses: 0.071,
    sampled: false,
    notes: ['Sizes of the responses of 3 sessions were not recorded.'],
  },
  environment: [
    {
      model: 'gemini-live-2.5-flash',
      provider: 'gcp.gemini',
      sdk: '1.30.0',
      service: 'voice-agent',
      sessions: 208,
      unexpected: 42,
    },
  ],
  groups: [
    {
      by: 'model',
      value: 'gemini-live-2.5-flash',
      sessions: 208,
      unexpected: 42,
      share: { value: 0.202, low: 0.153, high: 0.262 },
    },
  ],
  scorecard: {
    findings: judged.map(
      (hypothesis) => known.find((finding) => finding.hypothesis === hypothesis) ?? undecided(hypothesis),
    ),
    supported: ['payload_size', 'connection'],
    answer:
      'It is the size of tool responses: it accounts for 74 % of the unexpected ends. Lost connections account for another 14 %.',
    correction: 'Holm correction over 9 tests.',
  },
  remedies: [
    {
      cause: 'tool-response-1011-internal',
      hypothesis: 'internal_error',
      verdict: 'not_enough_data',
      text: 'Resume the session. If it keeps happening, use another model, keep responses small and flat, and send no audio around them.',
      closures: 31,
      share: 0.738,
      traceId: traceA,
    },
    {
      cause: 'abnormal-1006',
      hypothesis: 'connection',
      verdict: 'supported',
      text: 'Resume with the last handle.',
      closures: 6,
      share: 0.143,
    },
  ],
  causes: [
    {
      cause: 'tool-response-1011-internal',
      title: 'A tool response ends the session with an internal error',
      hypothesis: 'internal_error',
      expected: false,
      closures: 31,
      share: 0.738,
    },
    {
      cause: 'client-close',
      title: 'The application closed the session',
      hypothesis: 'client',
      expected: true,
      closures: 166,
      share: 1,
    },
  ],
  closureGroups: [
    {
      code: 1011,
      reason: 'Internal error occurred.',
      initiator: 'server',
      expected: false,
      preceding: 'tool_response',
      closures: 31,
      examples: [{ traceId: traceA, spanId: '0000000000000001', sessionId: 'session-1' }],
    },
    {
      code: 1006,
      reason: '',
      initiator: 'network',
      expected: false,
      preceding: 'audio',
      closures: 11,
      examples: [],
    },
    {
      code: 1005,
      reason: '',
      initiator: 'client',
      expected: true,
      preceding: 'turn_complete',
      closures: 166,
      examples: [],
    },
  ],
  tools: [
    {
      tool: 'read_full_menu',
      calls: 82,
      responses: 80,
      closures: 31,
      share: { value: 0.3875, low: 0.288, high: 0.497 },
      latency: { p50: 0.18, p95: 0.72, p99: 1.4 },
      bytes: { p50: 11_585, p95: 46_341, p99: 65_536 },
    },
    {
      tool: 'search_menu',
      calls: 418,
      responses: 412,
      closures: 4,
      share: { value: 0.0097, low: 0.0038, high: 0.025 },
    },
  ],
  firstAudio: [{ trigger: 'server_vad', turns: 612, p50: 0.64, p95: 1.2, p99: 2.31 }],
  stalls: [],
  turnTroubles: [],
  charts: {
    ages: [{ from: 0, to: 10, expected: 20, unexpected: { internal_error: 31, connection: 2 } }],
    time: [
      { at: origin, connects: 210, toolResponses: 492, expected: 166, unexpected: { internal_error: 31 } },
    ],
    timeBinMs: 60_000,
  },
  sessions: buildSessions(decoded(spanLine(allSpans))),
};
