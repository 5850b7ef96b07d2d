/**
 * Telemetry of voice sessions as the Collector's file exporter writes it: every attribute that the tables of the telemetry
 * give a span, closures with their 64 frames, spans of 64 sessions at a time in turns, 512 to a line.
 */
import { type AttributeName, attributes as definitions } from '../../src/conventions/attributes.ts';
import { spanDefinitions } from '../../src/conventions/spans.ts';

type SpanName = keyof typeof spanDefinitions;

const turns = 6;
const callsPerSession = 3;
const spansPerLine = 512;
const sessionsAtOnce = 64;
const templates = 400;
const frames = 64;
/** One in so many sessions ends unexpectedly. */
const unexpectedEvery = 12;
const start = Date.UTC(2026, 2, 1) / 1000;

const sequence: readonly SpanName[] = [
  'live_connect',
  ...Array.from({ length: turns }, (_, turn): readonly SpanName[] =>
    turn < callsPerSession
      ? ['send_tool_response', 'execute_tool', 'realtime_inference']
      : ['realtime_inference'],
  ).flat(),
  'live_closure',
  'live_session',
];
export const spansPerSession = sequence.length;

interface Template {
  readonly bytes: Buffer;
  /** Where ids of the trace, and seconds of times, are to be put in. */
  readonly traces: readonly number[];
  readonly seconds: readonly number[];
}

/** Lines of about 2 MB, with their line feeds, of at least so many spans. */
export function* telemetry(spans: number): Generator<Buffer> {
  const random = createRandom(7);
  const kinds = Array.from({ length: templates }, (_, index) => sessionTemplate(index, random));
  const head = Buffer.from(
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"voice-agent"}},{"key":"service.instance.id","value":{"stringValue":"72d1df0a-4bf0-4b0c-93cb-849790026081"}},{"key":"process.runtime.version","value":{"stringValue":"24.21.0"}},{"key":"host.name","value":{"stringValue":"vm"}}]},"scopeSpans":[{"scope":{"name":"live-otel","version":"0.1.0"},"spans":[',
  );
  const tail = Buffer.from(']}]}]}\n');
  const comma = Buffer.from(',');
  let line: Buffer[] = [];
  let inLine = 0;
  for (let made = 0, session = 0; made < spans; session += sessionsAtOnce) {
    const together = Array.from({ length: sessionsAtOnce }, (_, index) => ({
      trace: traceId(session + index, random),
      seconds: String(start + Math.floor((session + index) * 1.3)),
      template: kinds[Math.floor(random() * templates)] as readonly Template[],
    }));
    for (let index = 0; index < spansPerSession; index += 1) {
      for (const { trace, seconds, template } of together) {
        const { bytes, traces, seconds: times } = template[index] as Template;
        const span = Buffer.from(bytes);
        for (const at of traces) span.write(trace, at, 'latin1');
        for (const at of times) span.write(seconds, at, 'latin1');
        line.push(inLine === 0 ? head : comma, span);
        made += 1;
        inLine += 1;
        if (inLine < spansPerLine) continue;
        yield Buffer.concat([...line, tail]);
        line = [];
        inLine = 0;
      }
    }
  }
  if (inLine > 0) yield Buffer.concat([...line, tail]);
}

const tracePlace = 'T'.repeat(32);
const secondsPlace = 'S'.repeat(10);

function sessionTemplate(index: number, random: () => number): readonly Template[] {
  const unexpected = index % unexpectedEvery === 0;
  return sequence.map((name, position) => {
    const text = JSON.stringify(span(name, position, unexpected, random));
    return {
      bytes: Buffer.from(text),
      traces: [...text.matchAll(new RegExp(tracePlace, 'g'))].map(({ index: at }) => at),
      seconds: [...text.matchAll(new RegExp(secondsPlace, 'g'))].map(({ index: at }) => at),
    };
  });
}

function span(name: SpanName, position: number, unexpected: boolean, random: () => number): object {
  const { subject, attributes } = spanDefinitions[name];
  const nanoseconds = () => String(Math.floor(random() * 1e9)).padStart(9, '0');
  const root = hex(spansPerSession);
  return {
    traceId: tracePlace,
    spanId: name === 'live_session' ? root : hex(position + 1),
    ...(name !== 'live_session' && { parentSpanId: root }),
    flags: 257,
    name: subject === undefined ? name : `${name} ${subject === '{model}' ? model : tool(random)}`,
    kind: 3,
    startTimeUnixNano: `${secondsPlace}${nanoseconds()}`,
    endTimeUnixNano: `${secondsPlace}999999999`,
    attributes: attributes
      .filter((attribute) => !('content' in definitions[attribute]))
      .flatMap((attribute) => keyValue(attribute, unexpected, random)),
    ...(name === 'live_closure' && {
      events: Array.from({ length: frames }, () => frame(nanoseconds(), random)),
      links: [1, 2, 3].map((link) => ({
        traceId: tracePlace,
        spanId: hex(link),
        attributes: [],
        flags: 257,
      })),
    }),
    status: unexpected ? { message: 'Internal error occurred.', code: 2 } : {},
  };
}

const model = 'gemini-2.5-flash-native-audio-preview-12-2025';

function tool(random: () => number): string {
  return ['search_menu', 'check_availability', 'book_table', 'compute_bill'][Math.floor(random() * 4)] ?? '';
}

function keyValue(key: AttributeName, unexpected: boolean, random: () => number): readonly object[] {
  // Sessions of experiments are a few hundred in a laboratory.
  if (key.startsWith('gemini.live.experiment.')) return [];
  const fixed = fixedValues(unexpected, random)[key];
  if (fixed === null) return [];
  const definition = definitions[key];
  const value = (type: string): object => {
    if (type === 'int') return { intValue: String(fixed ?? Math.floor(4 ** (random() * 8))) };
    if (type === 'double') return { doubleValue: Number((fixed ?? random() * 30).toString().slice(0, 8)) };
    if (type === 'boolean') return { boolValue: fixed ?? random() < 0.5 };
    if (fixed !== undefined) return { stringValue: fixed };
    const values = 'values' in definition ? definition.values : undefined;
    return { stringValue: values?.[Math.floor(random() * values.length)] ?? `${key} in some words` };
  };
  const isList = definition.type.endsWith('[]');
  const item = value(isList ? definition.type.slice(0, -2) : definition.type);
  return [{ key, value: isList ? { arrayValue: { values: [item] } } : item }];
}

/** Of what is told apart; `null` leaves it out. */
function fixedValues(
  unexpected: boolean,
  random: () => number,
): Partial<Record<AttributeName, string | number | boolean | null>> {
  return {
    'gen_ai.request.model': model,
    'gen_ai.realtime_session.id': '86234b70-2527-4c49-a407-fccc3f32d14b',
    'gen_ai.conversation.id': '86234b70-2527-4c49-a407-fccc3f32d14b',
    'gen_ai.tool.name': tool(random),
    'gemini.live.tool_response.tools': tool(random),
    'gemini.live.sdk.version': '3.1.0',
    'error.type': unexpected ? '1011' : null,
    'gemini.live.closure.expected': !unexpected,
    'gemini.live.closure.code': unexpected ? 1011 : 1000,
    'gemini.live.closure.reason': unexpected ? 'Internal error occurred.' : '',
    'gemini.live.closure.cause': unexpected ? 'internal_error' : 'client_closed',
    'gemini.live.closure.evidence':
      'The connection was 0.79 s old, 0.74 s of them after the setup, in phase active. '.repeat(10),
    // Those that were never answered, and turns that the model refused.
    'gemini.live.closure.stall': unexpected ? 'tool_response_unanswered' : null,
    'gemini.live.closure.stall_duration': unexpected ? 12.5 : null,
    'gemini.live.turn.complete_reason': random() < 0.01 ? 'RESPONSE_REJECTED' : null,
    'gemini.live.turn.outcome': 'complete',
    'gemini.live.closure.sessions_open': Math.floor(1 + random() * 60),
    'gemini.live.closure.connects_last_minute': Math.floor(random() * 60),
    'gemini.live.closure.connection_age': Math.floor(random() * 600),
  };
}

function frame(nanoseconds: string, random: () => number): object {
  return {
    timeUnixNano: `1772323200${nanoseconds}`,
    name: 'frame',
    attributes: [
      { key: 'gemini.live.frame.direction', value: { stringValue: random() < 0.5 ? 'sent' : 'received' } },
      { key: 'gemini.live.frame.kind', value: { stringValue: 'audio' } },
      { key: 'gemini.live.frame.size', value: { intValue: String(Math.floor(random() * 20_000)) } },
    ],
  };
}

function traceId(session: number, random: () => number): string {
  return (
    session.toString(16).padStart(16, '0') +
    Math.floor(random() * 2 ** 48)
      .toString(16)
      .padStart(16, '0')
  );
}

function hex(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** Mulberry32: the same telemetry each time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
