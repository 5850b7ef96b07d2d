import { ROOT_CONTEXT } from '@opentelemetry/api';
import { AlwaysOffSampler, ParentBasedSampler, type ReadableSpan } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributes } from '../../src/conventions/attributes.ts';
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import { spanDefinitions } from '../../src/conventions/spans.ts';
import {
  encodings,
  idMatches,
  initiators,
  nameMatches,
  phases,
  precedingEvents,
  receivedKinds,
  toolCallOutcomes,
  toolResponseOutcomes,
  turnOutcomes,
  turnTriggers,
} from '../../src/conventions/vocabulary.ts';
import type { SessionFact } from '../../src/session/facts.ts';
import type { ToolCall, ToolResponse, Turn } from '../../src/session/model.ts';
import {
  at,
  closure,
  diagnosis,
  functionResponse,
  setup,
  toolCall,
  toolResponse,
  turn,
  usage,
} from './facts.ts';
import { createHarness, msAfterOrigin } from './harness.ts';

/** Any order, any repetition, any contradiction: few indices, so that facts meet. */
const time = fc.integer({ min: -1_000, max: 20_000 }).map(at);
const index = fc.integer({ min: 1, max: 4 });
const optional = { requiredKeys: ['index'] as const };

const anyTurn: fc.Arbitrary<Turn> = fc
  .record(
    {
      index,
      startedAt: time,
      trigger: fc.constantFrom(...turnTriggers),
      triggeredAt: time,
      firstOutputAt: time,
      firstAudioAt: time,
      generationCompleteAt: time,
      endedAt: time,
      outcome: fc.constantFrom(...turnOutcomes),
      usage: fc.constant(usage),
      inputText: fc.string(),
      outputText: fc.string(),
    },
    { requiredKeys: [...optional.requiredKeys] },
  )
  .map((fields) => turn(fields));

const anyCall: fc.Arbitrary<ToolCall> = fc
  .record(
    {
      index,
      name: fc.string(),
      turn: anyTurn,
      receivedAt: time,
      endedAt: time,
      outcome: fc.constantFrom(...toolCallOutcomes),
      responseIsError: fc.boolean(),
      declared: fc.boolean(),
      arguments: fc.json(),
    },
    { requiredKeys: [...optional.requiredKeys] },
  )
  .map((fields) => toolCall(fields));

const anyFunctionResponse = fc
  .record(
    {
      id: fc.string(),
      name: fc.string(),
      encoding: fc.constantFrom(...encodings),
      idMatch: fc.constantFrom(...idMatches),
      nameMatch: fc.constantFrom(...nameMatches),
      call: anyCall,
      latencyMs: fc.nat(10_000),
      response: fc.json(),
      willContinue: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map((fields) => functionResponse(fields));

const anyResponse: fc.Arbitrary<ToolResponse> = fc
  .record(
    {
      index,
      sentAt: time,
      responses: fc.array(anyFunctionResponse, { maxLength: 3 }),
      turn: anyTurn,
      acknowledgedAt: time,
      acknowledgedBy: fc.constantFrom(...receivedKinds),
      outcome: fc.constantFrom(...toolResponseOutcomes),
    },
    { requiredKeys: [...optional.requiredKeys] },
  )
  .map((fields) => toolResponse(fields));

const anyFact: fc.Arbitrary<SessionFact> = fc.oneof(
  fc.record({ type: fc.constant('setup_sent'), at: time, setup: fc.constant(setup), bytes: fc.nat() }),
  fc.record({ type: fc.constant('setup_completed'), at: time, sessionId: fc.string() }),
  fc.record({ type: fc.constantFrom('turn_started', 'turn_ended'), turn: anyTurn }),
  fc.record({ type: fc.constantFrom('tool_call_received', 'tool_call_ended'), call: anyCall }),
  fc.record({
    type: fc.constantFrom('tool_response_sent', 'tool_response_acknowledged', 'tool_response_settled'),
    response: anyResponse,
  }),
  fc.record({ type: fc.constant('interrupted'), at: time, turn: anyTurn, spurious: fc.boolean() }),
  fc.record({ type: fc.constantFrom('user_speech_started', 'cancellation_unmatched'), at: time }),
  fc.record({ type: fc.constant('user_speech_ended'), at: time, startedAt: time }),
  fc.record({
    type: fc.constant('transcribed'),
    at: time,
    side: fc.constantFrom('input', 'output'),
    transcription: fc.record({ characters: fc.nat(), finished: fc.boolean() }),
  }),
  fc.record({ type: fc.constant('go_away'), at: time, timeLeftMs: fc.nat() }),
  fc.record({
    type: fc.constant('resumption_updated'),
    at: time,
    resumption: fc.record({ handleHash: fc.string(), resumable: fc.boolean() }),
  }),
  fc.record({ type: fc.constant('waiting_for_input'), at: time, turn: anyTurn }),
  fc.record({ type: fc.constant('server_error'), at: time, message: fc.string() }),
) as fc.Arbitrary<SessionFact>;

const anyClosure = fc
  .record(
    {
      at: time,
      code: fc.integer({ min: 1_000, max: 4_999 }),
      reason: fc.string(),
      expected: fc.boolean(),
      initiator: fc.constantFrom(...initiators),
      phase: fc.constantFrom(...phases),
      preceding: fc.constantFrom(...precedingEvents),
      lastTurn: anyTurn,
      lastToolCall: anyCall,
      lastToolResponse: anyResponse,
      pendingToolCalls: fc.array(anyCall, { maxLength: 3 }),
      usage: fc.constant(usage),
    },
    { requiredKeys: ['at', 'expected'] },
  )
  .map((fields) => closure(fields));

const anySession = fc.record({
  facts: fc.array(anyFact, { maxLength: 40 }),
  late: fc.array(anyFact, { maxLength: 5 }),
  end: anyClosure,
  captureContent: fc.boolean(),
});

type AnySession = typeof anySession extends fc.Arbitrary<infer Value> ? Value : never;

function run({ facts, late, end, captureContent }: AnySession, sampled: boolean) {
  const harness = sampled
    ? createHarness()
    : createHarness({ sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }) });
  const recorder = harness.start({}, captureContent);
  for (const fact of facts) {
    recorder.record(fact);
    if (fact.type === 'tool_call_received') recorder.toolContext([fact.call], ROOT_CONTEXT);
  }
  recorder.addAudio(facts.length, 0);
  recorder.close(end, diagnosis);
  for (const fact of late) recorder.record(fact);
  return harness;
}

/** Names in a span that its entry in the table does not have. */
function strangers(span: ReadableSpan): string[] {
  const id = Object.keys(spanDefinitions).find((one) => one === span.name.split(' ')[0]);
  const definition = spanDefinitions[id as keyof typeof spanDefinitions];
  if (definition === undefined) return [span.name];
  const known = new Set<string>(definition.attributes);
  const links = new Set<unknown>(definition.links.map(({ type }) => type));
  return [
    ...Object.keys(span.attributes).filter((name) => !known.has(name)),
    ...span.events.flatMap((event) => {
      const names = new Set<string>(definition.events[event.name]?.attributes ?? []);
      const strange = Object.keys(event.attributes ?? {}).filter((name) => !names.has(name));
      return event.name in definition.events ? strange : [event.name];
    }),
    ...span.links.flatMap((link) =>
      links.has(link.attributes?.['gemini.live.link.type']) ? [] : ['gemini.live.link.type'],
    ),
  ];
}

/** Attributes whose value is not among those the list allows. */
function wrongValues(span: ReadableSpan): string[] {
  return Object.entries(span.attributes).flatMap(([name, value]) => {
    const allowed = attributes[name as keyof typeof attributes].values;
    const values = Array.isArray(value) ? value : [value];
    return allowed === undefined || values.every((one) => allowed.includes(String(one))) ? [] : [name];
  });
}

test('whatever the facts, nothing throws and no span is left open', () => {
  fc.assert(
    fc.property(anySession, fc.boolean(), (session, sampled) => {
      const { openSpans, spans } = run(session, sampled);
      expect(openSpans.open).toBe(0);
      expect(spans()).toHaveLength(openSpans.started);
    }),
    { numRuns: 200 },
  );
});

test('whatever the facts, every name and value is one of the tables and no time runs backwards', () => {
  fc.assert(
    fc.property(anySession, (session) => {
      const spans = run(session, true).spans();
      expect(spans.flatMap(strangers)).toEqual([]);
      expect(spans.flatMap(wrongValues)).toEqual([]);
      for (const { startTime, endTime } of spans) {
        expect(msAfterOrigin(endTime)).toBeGreaterThanOrEqual(msAfterOrigin(startTime));
      }
      const once = spans.filter(({ name }) => /^live_/.test(name)).map(({ name }) => name);
      expect(once).toEqual([...new Set(once)]);
    }),
    { numRuns: 100 },
  );
});

test('whatever the facts, an unsampled session leaves a closure when it was not expected and nothing else', () => {
  fc.assert(
    fc.property(anySession, (session) => {
      const names = run(session, false)
        .spans()
        .map(({ name }) => name);
      expect(names).toEqual(session.end.expected ? [] : ['live_closure']);
    }),
    { numRuns: 50 },
  );
});

test('whatever the facts, metrics have the labels of the table and no session stays active', async () => {
  await fc.assert(
    fc.asyncProperty(anySession, async (session) => {
      const metrics = await run(session, true).metrics();
      for (const [name, points] of Object.entries(metrics)) {
        const labels = new Set<string>(metricDefinitions[name as keyof typeof metricDefinitions].labels);
        const strange = points.flatMap((point) =>
          Object.keys(point.labels).filter((label) => !labels.has(label)),
        );
        expect({ name, strange }).toEqual({ name, strange: [] });
      }
      const tools = Object.values(metrics).flatMap((points) =>
        points.flatMap(({ labels }) => labels['gen_ai.tool.name'] ?? []),
      );
      const bounded: unknown[] = [...setup.functionNames, '_other', '_several'];
      expect(tools.filter((tool) => !bounded.includes(tool))).toEqual([]);
      expect(metrics['gemini.live.session.active']?.map(({ value }) => value)).toEqual([0]);
      expect(metrics['gemini.live.closures']?.map(({ value }) => value)).toEqual([1]);
    }),
    { numRuns: 50 },
  );
});
