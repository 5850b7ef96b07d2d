/** Sessions as a service has them, as many as are asked for, each as it is told. The same number makes the same session. */
import { Readable } from 'node:stream';
import type { LiveAttributes } from '../../src/conventions/attributes.ts';
import { causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Report } from '../../src/report/report.ts';
import { id, type SpanInput, spanLine } from './otlp-lines.ts';

export interface Ending {
  /** Id of the catalogue, or `unknown`. */
  readonly cause: string;
  /** Left out where no close frame came. */
  readonly code?: number;
  readonly reason: string;
  readonly initiator: 'server' | 'client' | 'network' | 'process';
  readonly confidence: 'high' | 'medium' | 'low' | 'none';
  readonly expected?: true;
}

export const endings = {
  asked: {
    cause: 'client-closed-normal',
    code: 1000,
    reason: '',
    initiator: 'client',
    confidence: 'high',
    expected: true,
  },
  toolResponse: {
    cause: 'tool-response-1011-internal',
    code: 1011,
    reason: 'Internal error occurred.',
    initiator: 'server',
    confidence: 'medium',
  },
  lost: { cause: 'abnormal-1006', code: 1006, reason: '', initiator: 'network', confidence: 'medium' },
  quota: {
    cause: 'quota-exceeded-1011',
    code: 1011,
    reason:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: htt',
    initiator: 'server',
    confidence: 'high',
  },
  model: {
    cause: 'model-not-found-1008',
    code: 1008,
    reason:
      'models/gemini-live-2.5-flash-preview is not found for API version v1beta, or is not supported for bidiGenerateContent. Call',
    initiator: 'server',
    confidence: 'high',
  },
  argument: {
    cause: 'unknown',
    code: 1007,
    reason: 'Request contains an invalid argument.',
    initiator: 'server',
    confidence: 'none',
  },
  unnamed: {
    cause: 'unknown',
    code: 1011,
    reason: 'A text that nobody has seen before',
    initiator: 'server',
    confidence: 'none',
  },
} as const satisfies Record<string, Ending>;

export interface Talk {
  /** Left out for a session that is still open. */
  readonly ending?: Ending;
  readonly model?: string;
  readonly service?: string;
  readonly tool?: string;
  /** Of the last tool response, in bytes; left out where no tool is called. */
  readonly response?: number;
  readonly turns?: number;
  readonly stall?: 'tool_call_unanswered' | 'turn_unanswered';
  /** In the flight recorder. */
  readonly frames?: number;
  /** The clock of its process goes ahead by so many milliseconds. */
  readonly skewMs?: number;
}

/** The spans of one session. */
export function talk(index: number, told: Talk): readonly SpanInput[] {
  const {
    ending,
    model = 'gemini-3.1-flash-live-preview',
    tool = 'search_menu',
    response,
    turns = 2,
    stall,
    frames = 12,
  } = told;
  const start = index * 7_300 + (told.skewMs ?? 0);
  const inSetup = ending?.cause === 'model-not-found-1008';
  const traceId = (index + 1).toString(16).padStart(32, '0');
  const all: LiveAttributes = {
    'gen_ai.provider.name': 'gcp.gemini',
    'gen_ai.request.model': model,
    'gen_ai.realtime_session.id': `session-${index + 1}`,
    'gemini.live.sdk.version': index % 3 === 0 ? '2.32.0' : '3.1.0',
    'server.address': 'generativelanguage.googleapis.com',
    'gemini.live.api.version': 'v1beta',
  };
  const length = inSetup ? 300 : turns * 4_000 + 1_500;
  const spans: SpanInput[] = [];
  let next = 0;
  const add = (
    name: string,
    parent: string | undefined,
    from: number,
    to: number,
    attributes: LiveAttributes,
    events: SpanInput['events'] = [],
  ): string => {
    next += 1;
    const spanId = id(index * 64 + next);
    spans.push({
      name,
      traceId,
      spanId,
      ...(parent !== undefined && { parentSpanId: parent }),
      from: start + from,
      to: start + to,
      attributes: { ...all, ...attributes },
      events: (events ?? []).map((event) => ({ ...event, at: start + event.at })),
    });
    return spanId;
  };
  const root = add(
    `live_session ${model}`,
    undefined,
    0,
    length,
    {
      'gemini.live.session.turns': inSetup ? 0 : turns,
      'gen_ai.usage.input_tokens': 900,
      'gen_ai.usage.output_tokens': 120,
    },
    stall === undefined
      ? []
      : [
          {
            name: 'stall',
            at: 5_000,
            attributes: {
              'gemini.live.stall.kind': stall,
              'gemini.live.stall.cause':
                stall === 'tool_call_unanswered' ? 'stall-unanswered-tool-call' : 'stall-no-generation',
              'gemini.live.stall.duration': 12.5,
            },
          },
        ],
  );
  add(`live_connect ${model}`, root, 0, inSetup ? 300 : 180, {
    'gemini.live.connect.sessions_open': index % 4,
    'gemini.live.connect.connects_last_minute': index % 7,
  });
  for (let turn = 0; turn < (inSetup ? 0 : turns); turn++) {
    const at = 500 + turn * 4_000;
    const isLast = turn === turns - 1;
    const isCut = isLast && ending?.expected !== true && ending !== undefined;
    const inference = add(`realtime_inference ${model}`, root, at, at + 3_500, {
      'gemini.live.turn.index': turn + 1,
      'gemini.live.turn.outcome': isCut ? 'closure' : 'complete',
      'gemini.live.turn.trigger': 'server_vad',
      'gemini.live.turn.first_audio.duration': 0.4 + (index % 10) / 20,
      'gemini.live.turn.first_audio.reference': 'server_vad',
    });
    if (response === undefined || stall === 'tool_call_unanswered') continue;
    const call = add(`execute_tool ${tool}`, inference, at + 1_000, at + 2_000, {
      'gen_ai.tool.name': tool,
      'gemini.live.tool_call.outcome': 'answered',
    });
    add('send_tool_response', call, at + 2_000, at + 2_030, {
      'gemini.live.tool_response.wire_size': isLast ? response : 900,
      'gemini.live.tool_response.tools': [tool],
      'gemini.live.tool_response.encoding': 'ascii',
      'gemini.live.tool_response.id_match': 'matched',
      'gemini.live.tool_response.call_latency': 1,
      'gemini.live.tool_response.outcome': isCut ? 'closure' : 'acknowledged',
    });
  }
  if (ending === undefined) return spans.slice(1);
  const known = causeById(ending.cause);
  const preceding = inSetup ? 'setup' : response === undefined ? 'audio' : 'tool_response';
  const ended: LiveAttributes = {
    ...(ending.code !== undefined && { 'gemini.live.closure.code': ending.code }),
    'gemini.live.closure.reason': ending.reason,
    'gemini.live.closure.reason_truncated': ending.reason.length >= 120,
    'gemini.live.closure.initiator': ending.initiator,
    'gemini.live.closure.expected': ending.expected ?? false,
    'gemini.live.closure.phase': inSetup ? 'setup' : 'active',
    'gemini.live.closure.cause': ending.cause,
    ...(known && {
      'gemini.live.closure.hypothesis': known.hypothesis,
      'gemini.live.closure.remedy': known.remedy,
      'gemini.live.closure.retry': known.retry,
    }),
    'gemini.live.closure.confidence': ending.confidence,
    'gemini.live.closure.explanation': `The service closed with ${ending.code} 25 ms after the ${preceding.replace('_', ' ')} was sent.`,
    'gemini.live.closure.preceding_event': preceding,
    'gemini.live.closure.preceding_event_ago': 0.025,
    'gemini.live.closure.connection_age': length / 1_000,
    'gemini.live.closure.evidence': [
      'The last tool response was sent 25 ms before the end, and no frame came after it.',
    ],
    'gemini.live.closure.context': ['1 session open in the process, 3 connects in the last minute.'],
    ...(stall && { 'gemini.live.closure.stall': stall, 'gemini.live.closure.stall_duration': 12.5 }),
  };
  const recorded = Array.from({ length: frames }, (_, frame) => ({
    name: 'frame',
    at: length - (frames - frame) * 20,
    attributes: {
      'gemini.live.frame.direction': frame % 5 === 0 ? 'received' : 'sent',
      'gemini.live.frame.kind': 'audio',
      'gemini.live.frame.size': 4_330,
    } as LiveAttributes,
  }));
  add('live_closure', root, length - 20, length, ended, recorded);
  return spans;
}

/** Evenly spread, the same for the same number. */
export function draw(index: number): number {
  let mixed = Math.imul(index + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const models = [
  'gemini-3.1-flash-live-preview',
  'gemini-2.5-flash-native-audio-preview-12-2025',
  'gemini-live-2.5-flash',
];

/** A service whose large tool responses end sessions, beside what ends any. */
export function busy(index: number): Talk {
  const [size, fate, other] = [draw(index * 3), draw(index * 3 + 1), draw(index * 3 + 2)];
  const response = size < 0.25 ? 20_000 + Math.round(size * 80_000) : 600 + Math.round(size * 3_000);
  const shared: Talk = {
    model: models[index % 3] ?? '',
    service: index % 2 === 0 ? 'voice-agent' : 'kiosk',
    tool: index % 5 === 0 ? 'read_full_menu' : 'search_menu',
    turns: 1,
    response,
    ending: endings.asked,
  };
  if (response > 8_000 && fate < 0.4) return { ...shared, ending: endings.toolResponse };
  if (fate > 0.97) return { ...shared, ending: endings.lost };
  if (other > 0.99) return { ...shared, ending: endings.model };
  if (other > 0.985) return { ...shared, ending: endings.quota };
  if (other > 0.98) return { ...shared, stall: 'tool_call_unanswered' };
  if (other > 0.975) return { ...shared, ending: endings.argument };
  if (other > 0.95) {
    const { ending: _, ...open } = shared;
    return open;
  }
  return shared;
}

/** The report of so many sessions, through everything that a report goes through. */
export async function population(
  number: number,
  tell: (index: number) => Talk,
  rewrite: (line: string) => string = (line) => line,
): Promise<Report> {
  function* lines(): Generator<Buffer> {
    for (let index = 0; index < number; index++) {
      const told = tell(index);
      yield Buffer.from(`${rewrite(spanLine(talk(index, told), told.service))}\n`);
    }
  }
  const report = toReport(await collect(['-'], { stdin: Readable.from(lines()) }));
  return { ...report, input: { ...report.input, sources: ['live-otel.jsonl'] } };
}
