/** Reports in each of the states that a reader meets: the pipeline from spans on, except where hundreds are needed. */

import { Readable } from 'node:stream';
import { toReport } from '../../../src/report/assemble.ts';
import { collect } from '../../../src/report/read/collect.ts';
import type { Report } from '../../../src/report/report.ts';
import type { SpanInput } from '../otlp-lines.ts';
import { id, spanLine, written01 } from '../otlp-lines.ts';
import { busy, draw, endings, population, type Talk } from '../population.ts';
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
      'The service sent nothing in the 180 ms after the tool response to `search_menu`.',
      'The id of the last tool response matched a pending call.',
    ],
    'gemini.live.closure.context': ['The connection was 9 min 50 s old, 9 min 49 s of them after the setup.'],
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

const unlike = [endings.toolResponse, endings.lost, endings.argument];
const unexpected = Object.values(endings).filter((ending) => !('expected' in ending));

/** Endings of every kind that nothing tells apart. */
function mixed(index: number): Talk {
  return {
    ...(draw(index) < 0.5 && { response: 1_000 + index }),
    ending: (draw(index + 999) < 0.35 ? unexpected[index % unexpected.length] : undefined) ?? endings.asked,
  };
}

/** Names as strangers choose them. */
function named(index: number): Talk {
  const isOut = index % 4 === 0;
  return {
    ending: isOut ? endings.toolResponse : endings.asked,
    response: isOut ? 30_000 : 900,
    model:
      index % 2 === 0 ? 'gemini-3.1-flash-live-preview' : `models/${'a-long-name-of-a-model-'.repeat(8)}`,
    tool:
      index % 3 === 0 ? 'メニューを検索する_näytä_ruokalista' : 'a_sentence_that_became_a_tool_'.repeat(5),
    service: index % 2 === 0 ? 'voice-agent' : 'kiosk',
  };
}

/** Too many for a test of every rule: for the browser and the pictures. */
export const thousands = (): Promise<Report> => population(20_000, busy);

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
  three: await population(3, (index) => ({ ending: unlike[index] ?? endings.asked, response: 4_000 })),
  waiting: await population(3, () => ({ response: 900 })),
  undecided: await population(60, mixed),
  hundreds: await population(600, busy),
  // One text names the cause of all of them: there is nothing to compare.
  refused: await population(24, () => ({ ending: endings.model })),
  silent: await population(4, (index) => ({
    response: 900,
    stall: index % 2 === 0 ? 'tool_call_unanswered' : 'turn_unanswered',
    ...(index > 1 && { ending: endings.asked }),
  })),
  endless: await population(1, () => ({ ending: endings.lost, response: 900, frames: 5_000, turns: 300 })),
  names: await population(40, named),
  skewed: await population(40, (index) => ({
    ending: index % 4 === 0 ? endings.lost : endings.asked,
    response: 900,
    skewMs: index % 2 === 0 ? 0 : 108_000_000,
  })),
  recorded01: await population(
    40,
    (index) => ({ ending: index % 4 === 0 ? endings.lost : endings.asked, response: 900 }),
    written01,
  ),
} as const satisfies Record<string, Report>;
