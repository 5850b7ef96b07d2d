/** Telemetry of any sessions, as lines: whatever a factor can be, thinned, twice, with spans missing. */
import fc from 'fast-check';
import type { LiveAttributes } from '../../../src/conventions/attributes.ts';
import { hypotheses } from '../../../src/conventions/vocabulary.ts';
import { id, type SpanInput, spanLine } from '../../report/otlp-lines.ts';

const word = fc.oneof(
  fc.constantFrom('a', 'b', 'größer', '日本 1', "it's", 'x"y\\z', '_other', ''),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
/** Edges of bins, and what is beside them. */
const edge = fc
  .tuple(fc.integer({ min: 0, max: 24 }), fc.constantFrom(-1, -1e-9, 0, 1e-9, 1))
  .map(([power, beside]) => 2 ** power + beside);
const count = fc.oneof(fc.integer({ min: 0, max: 12 }), edge.map(Math.round));
const seconds = fc.oneof(
  edge.map((value) => value / 1000),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
);
const traceState = fc.constantFrom(
  '',
  '',
  'ot=th:8',
  'ot=th:c;rv:1234567890abcd',
  ' vendor=1, ot=rv:00000000000001;th:fff',
  'ot=th:ffffffffffffff',
  'ot=th:no',
  'ot=th:',
  'ot=rv:1',
  'another=ot=th:8',
);

const common = {
  'gen_ai.request.model': word,
  'gemini.live.sdk.version': fc.constantFrom('3.1.0', '2.0.0'),
};

function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<LiveAttributes> {
  return fc.record(fields, { requiredKeys: [] }).map((found) => found as LiveAttributes);
}

const turn = some({
  ...common,
  'gemini.live.turn.trigger': fc.constantFrom('activity_end', 'server_vad', 'client_content'),
  'gemini.live.turn.first_audio.duration': seconds,
});

const call = some({
  ...common,
  'gen_ai.tool.name': word,
  'error.type': word,
  'gemini.live.tool_call.outcome': fc.constantFrom('closure', 'answered'),
  'gemini.live.tool_call.non_blocking': fc.boolean(),
  'gemini.live.tool_call.pending_at_receipt': count,
  'gemini.live.tool_call.input_frames_while_pending': count,
});

const response = some({
  ...common,
  'gemini.live.tool_response.tools': fc.array(word, { maxLength: 3 }),
  'gemini.live.tool_response.wire_size': count,
  'gemini.live.tool_response.call_latency': seconds,
  'gemini.live.tool_response.encoding': fc.constantFrom('ascii', 'utf8'),
  'gemini.live.tool_response.shape': word,
  'gemini.live.tool_response.control_characters': fc.boolean(),
  'gemini.live.tool_response.id_match': fc.constantFrom('matched', 'unknown'),
  'gemini.live.tool_response.name_match': fc.constantFrom('matched', 'unknown'),
  'gemini.live.tool_response.pending_before': count,
  'gemini.live.tool_response.input_frames_while_pending': count,
  'gemini.live.tool_response.outcome': fc.constantFrom('closure', 'acknowledged'),
});

const closure = some({
  ...common,
  'gen_ai.provider.name': fc.constantFrom('gcp.gemini', 'gcp.vertex_ai'),
  'gemini.live.session.resumed': fc.boolean(),
  'gemini.live.setup.functions': fc.array(word, { maxLength: 2 }),
  'gemini.live.setup.tool_kinds': fc.array(word, { maxLength: 1 }),
  'gemini.live.closure.sessions_open': count,
  'gemini.live.closure.connects_last_minute': count,
  'gemini.live.closure.expected': fc.boolean(),
  'gemini.live.closure.code': fc.integer({ min: 1000, max: 4999 }),
  'gemini.live.closure.initiator': fc.constantFrom('client', 'server'),
  'gemini.live.closure.phase': fc.constantFrom('active', 'setup'),
  'gemini.live.closure.cause': fc.constantFrom('internal_error', 'rate_limited', 'client_closed'),
  'gemini.live.closure.hypothesis': fc.constantFrom(...hypotheses, 'something_else'),
  'gemini.live.closure.confidence': fc.constantFrom('high', 'none'),
  'gemini.live.closure.preceding_event': fc.constantFrom('tool_response', 'none'),
  'gemini.live.closure.reason': word,
  'gemini.live.closure.connection_age': seconds,
  'gemini.live.session.tool_calls': count,
  'gemini.live.session.turns': count,
});

/** Milliseconds, from and to; the latter may be the earlier one. */
const when = fc.record({
  from: fc.integer({ min: 0, max: 3 * 86_400_000 }),
  lasts: fc.oneof(fc.integer({ min: -10, max: 2 ** 20 }), edge.map(Math.round)),
});

const several = (attributes: fc.Arbitrary<LiveAttributes>) =>
  fc.array(fc.record({ when, attributes }), { maxLength: 3 });

const session = fc.record({
  traceState,
  hasRoot: fc.boolean(),
  connect: fc.option(when, { nil: undefined }),
  turns: several(turn),
  calls: several(call),
  responses: several(response),
  closure: fc.option(
    fc.record({
      when,
      attributes: closure,
      isAlone: fc.boolean(),
      again: fc.option(traceState, { nil: undefined }),
    }),
    { nil: undefined },
  ),
  service: fc.constantFrom('voice-agent', 'Ärger', ''),
  isTwice: fc.boolean(),
});

type Session = typeof session extends fc.Arbitrary<infer Value> ? Value : never;

function spansOf(session: Session, index: number): readonly SpanInput[] {
  const traceId = (index + 1).toString(16).padStart(32, '0');
  let last = 1;
  const root = id(1);
  const span = (
    name: string,
    parent: string,
    { from, lasts }: { readonly from: number; readonly lasts: number },
    attributes: LiveAttributes = {},
    state = session.traceState,
  ): SpanInput => {
    last += 1;
    return {
      name,
      traceId,
      spanId: id(last),
      parentSpanId: parent,
      traceState: state,
      from,
      to: from + lasts,
      attributes,
    };
  };
  const turns = [
    // A tool call without its turn is not known to be of a session.
    span('realtime_inference m', root, { from: 5, lasts: 10 }, { 'gemini.live.turn.trigger': 'server_vad' }),
    ...session.turns.map((made) => span('realtime_inference', root, made.when, made.attributes)),
  ];
  const parent = turns[0]?.spanId ?? root;
  const closed = session.closure;
  const closing = closed && span('live_closure', closed.isAlone ? '' : root, closed.when, closed.attributes);
  return [
    ...(session.hasRoot ? [{ ...span('live_session m', '', { from: 0, lasts: 90_000 }), spanId: root }] : []),
    ...(session.connect ? [span('live_connect m', root, session.connect)] : []),
    ...turns,
    ...session.calls.map((made) => span('execute_tool t', parent, made.when, made.attributes)),
    ...session.responses.map((made) => span('send_tool_response', parent, made.when, made.attributes)),
    ...(closing ? [closing] : []),
    ...(closed && closing && closed.again !== undefined && !closed.isAlone
      ? [{ ...closing, spanId: id(99), traceState: closed.again }]
      : []),
    { ...span('execute_tool of others', '', { from: 1, lasts: 1 }), attributes: {} },
    span('gemini_live_closures', '', { from: 1, lasts: 1 }),
  ];
}

/** Lines of OTLP/JSON. */
export const arbitraryTelemetry = fc.array(session, { minLength: 1, maxLength: 12 }).map((sessions) =>
  sessions.flatMap((made, index) => {
    const line = spanLine(spansOf(made, index), made.service);
    return made.isTwice ? [line, line] : [line];
  }),
);
