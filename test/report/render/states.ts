/** Reports in each of the states that a reader meets: the pipeline from spans on, except where hundreds are needed. */

import { Readable } from 'node:stream';
import { toReport } from '../../../src/report/assemble.ts';
import { collect } from '../../../src/report/read/collect.ts';
import type { Report } from '../../../src/report/report.ts';
import type { SpanInput } from '../otlp-lines.ts';
import { id, spanLine } from '../otlp-lines.ts';
import { sampleReport } from '../report-sample.ts';
import { allSpans, closure, connect, session, turn1 } from '../sample.ts';

const diagnosed: SpanInput = {
  ...closure,
  attributes: {
    ...closure.attributes,
    'gemini.live.closure.cause': 'tool-response-1011-internal',
    'gemini.live.closure.hypothesis': 'internal_error',
    'gemini.live.closure.confidence': 'medium',
    'gemini.live.closure.retry': 'now',
    'gemini.live.closure.remedy':
      'Resume the session. If it keeps happening, use another model, keep responses small and flat, and send no audio around them.',
    'gemini.live.closure.evidence': [
      'The service sent nothing in the 0.18 s after the tool response to `search_menu`.',
      'The id of the last tool response matched a pending call.',
    ],
    'gemini.live.closure.rivals': ['tool-pending-realtime-input-1011'],
  },
};
const failed = [...allSpans.filter((span) => span !== closure), diagnosed];

const asked: SpanInput = {
  ...closure,
  attributes: {
    ...closure.attributes,
    'gemini.live.closure.code': 1005,
    'gemini.live.closure.reason': '',
    'gemini.live.closure.initiator': 'client',
    'gemini.live.closure.expected': true,
    'gemini.live.closure.cause': 'client-closed-normal',
    'gemini.live.closure.hypothesis': 'client',
    'gemini.live.closure.confidence': 'high',
    'gemini.live.closure.preceding_event': 'turn_complete',
  },
};
const healthy: readonly SpanInput[] = [
  {
    ...session,
    events: [],
    attributes: { ...session.attributes, 'gen_ai.usage.input_tokens': 475, 'gen_ai.usage.output_tokens': 80 },
  },
  connect,
  { ...turn1, attributes: { ...turn1.attributes, 'gemini.live.turn.trigger': 'server_vad' } },
  asked,
];

const stalled: readonly SpanInput[] = [
  {
    ...session,
    events: [
      {
        name: 'stall',
        at: 5_000,
        attributes: {
          'gemini.live.stall.kind': 'tool_call_unanswered',
          'gemini.live.stall.cause': 'stall-unanswered-tool-call',
          'gemini.live.stall.duration': 3,
        },
      },
    ],
  },
  connect,
  { ...turn1, attributes: { ...turn1.attributes, 'gemini.live.turn.complete_reason': 'RESPONSE_REJECTED' } },
  {
    ...asked,
    attributes: {
      ...asked.attributes,
      'gemini.live.closure.stall': 'tool_call_unanswered',
      'gemini.live.closure.stall_duration': 8,
    },
  },
];

/** The same spans as other sessions. */
function copies(spans: readonly SpanInput[], number: number, from = 1): readonly SpanInput[] {
  return Array.from({ length: number }, (_, index) =>
    spans.map((span) => ({
      ...span,
      traceId: id(from + index).repeat(2),
      attributes: { ...span.attributes, 'gen_ai.realtime_session.id': `session-${from + index}` },
    })),
  ).flat();
}

async function reportOf(spans: readonly SpanInput[]): Promise<Report> {
  const report = toReport(await collect(['-'], { stdin: Readable.from([spanLine(spans)]) }));
  return { ...report, input: { ...report.input, sources: ['live-otel.jsonl'] } };
}

export const states = {
  one: await reportOf(failed),
  few: await reportOf([
    ...copies(failed, 3),
    ...copies(
      failed.map((span) =>
        span === diagnosed
          ? {
              ...span,
              attributes: {
                ...span.attributes,
                'gemini.live.closure.code': 1006,
                'gemini.live.closure.reason': '',
                'gemini.live.closure.initiator': 'network',
                'gemini.live.closure.cause': 'abnormal-1006',
                'gemini.live.closure.hypothesis': 'connection',
                'gemini.live.closure.remedy': 'Resume with the last handle.',
              },
            }
          : span,
      ),
      1,
      10,
    ),
    ...copies(healthy, 4, 20),
  ]),
  healthy: await reportOf(copies(healthy, 12)),
  stalled: await reportOf(stalled),
  open: await reportOf([session, connect, turn1].slice(1)),
  many: sampleReport,
} as const satisfies Record<string, Report>;
