import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { expect } from 'vitest';
import { type AttributeName, attributes } from '../../src/conventions/attributes.ts';
import type { SimulatedSession } from '../../src/testing/index.ts';
import { type Application, model } from './application.ts';
import type { Recording } from './recording.ts';
import { nanoseconds } from './span-outline.ts';

/** What a diagnosis says is asserted where diagnoses are tested. */
const diagnosis = [
  'cause',
  'category',
  'hypothesis',
  'confidence',
  'explanation',
  'remedy',
  'retry',
  'evidence',
  'against',
  'context',
  'rivals',
];
/** They depend on how fast the test runs. */
const variable = ['buffered_size', 'sent_size_last_5s', 'received_size_last_5s'];
const leftOut = new Set([...diagnosis, ...variable].map((name) => `gemini.live.closure.${name}`));

/** Everything a closure says of the end, but for durations and the diagnosis; `gemini.live.closure.` is left off the names. */
export function closureFacts({ attributes: all }: ReadableSpan): Attributes {
  return Object.fromEntries(
    Object.entries(all)
      .filter(
        ([name]) =>
          (name.startsWith('gemini.live.closure.') || name === 'error.type') &&
          attributes[name as AttributeName].unit !== 's' &&
          !leftOut.has(name),
      )
      .map(([name, value]) => [name.replace('gemini.live.closure.', ''), value]),
  );
}

/** The facts of the end of a first session in which nothing is wrong. */
export const quietEnd = {
  reason: '',
  reason_truncated: false,
  was_clean: true,
  phase: 'active',
  turn_open: false,
  tool_calls_pending: 0,
  input_frames_while_pending: 0,
  credential: 'api_key',
  go_away_received: false,
  handle_available: false,
  send_errors: 0,
  sessions_open: 1,
  connects_last_minute: 1,
} as const;

/** The application closed the session. */
export const closedByClient = { ...quietEnd, code: 1000, initiator: 'client', expected: true } as const;

export function closedByServer({ code, reason }: { readonly code: number; readonly reason: string }) {
  const reasonTruncated = Buffer.byteLength(reason) === 123;
  return {
    ...quietEnd,
    code,
    reason,
    reason_truncated: reasonTruncated,
    initiator: 'server',
    expected: false,
    'error.type': String(code),
  };
}

/** The attributes of the span that begin with this, which is left off their names, without durations. */
export function attributesUnder(prefix: string, { attributes: all }: ReadableSpan): Attributes {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => name.startsWith(prefix) && attributes[name as AttributeName].unit !== 's')
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/** Spans whose name begins with this, by start. */
export function named(spans: readonly ReadableSpan[], name: string): ReadableSpan[] {
  return spans
    .filter((span) => span.name.startsWith(name))
    .toSorted((a, b) => nanoseconds(a.startTime) - nanoseconds(b.startTime));
}

/** What must hold of the trace of any session that is over. */
export function expectSoundTrace(spans: readonly ReadableSpan[]): void {
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  expect(byId.size).toBe(spans.length);
  const [session, ...otherSessions] = named(spans, 'live_session');
  const [closure, ...otherClosures] = named(spans, 'live_closure');
  expect([otherSessions, otherClosures]).toEqual([[], []]);
  if (session === undefined || closure === undefined)
    throw new Error('There is no live_session or live_closure.');

  for (const span of spans) {
    expect(span.spanContext().traceId).toBe(session.spanContext().traceId);
    expect(span.attributes).toMatchObject({
      'gen_ai.conversation.id': session.attributes['gen_ai.conversation.id'],
      'gemini.live.sdk.version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect(nanoseconds(span.endTime)).toBeGreaterThanOrEqual(nanoseconds(span.startTime));
    expect(nanoseconds(span.endTime)).toBeLessThanOrEqual(nanoseconds(session.endTime));
    if (span === session) continue;
    const parent = byId.get(span.parentSpanContext?.spanId ?? '');
    expect(parent, `parent of ${span.name}`).toBeDefined();
    expect(nanoseconds(span.startTime)).toBeGreaterThanOrEqual(nanoseconds(parent?.startTime ?? [0, 0]));
  }

  expect(closure.endTime).toEqual(session.endTime);
  expectFlightRecorder(closure, session);
  for (const { context, attributes: said } of closure.links) {
    const target = byId.get(context.spanId)?.name.split(' ')[0];
    expect([target, said]).toEqual([
      { turn: 'realtime_inference', tool_call: 'execute_tool', tool_response: 'send_tool_response' }[
        said?.['gemini.live.link.type'] as string
      ],
      said,
    ]);
  }
  expect(attributesUnder('gemini.live.session.', closure)).toMatchObject({
    turns: named(spans, 'realtime_inference').length,
  });
  expect(attributesUnder('gemini.live.session.', closure)).toEqual(
    attributesUnder('gemini.live.session.', session),
  );
}

function expectFlightRecorder(closure: ReadableSpan, session: ReadableSpan): void {
  const frames = closure.events.map(({ name, time, attributes: said }) => ({
    name,
    at: nanoseconds(time),
    said,
  }));
  expect(new Set(frames.map(({ name }) => name))).toEqual(new Set(frames.length > 0 ? ['frame'] : []));
  const crossed =
    Number(closure.attributes['gemini.live.session.sent_frames']) +
    Number(closure.attributes['gemini.live.session.received_frames']);
  expect(frames).toHaveLength(Math.min(64, crossed));
  expect(frames.map(({ at }) => at)).toEqual(frames.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(nanoseconds(closure.startTime)).toBe(frames.at(-1)?.at ?? nanoseconds(session.startTime));
  for (const direction of ['sent', 'received']) {
    const last = frames.findLast(({ said }) => said?.['gemini.live.frame.direction'] === direction)?.said;
    if (last === undefined) continue;
    expect(last).toEqual({
      'gemini.live.frame.direction': direction,
      'gemini.live.frame.kind': closure.attributes[`gemini.live.closure.last_${direction}_kind`],
      'gemini.live.frame.size': closure.attributes[`gemini.live.closure.last_${direction}_size`],
    });
  }
}

/** What the service counted of the connection from its end. */
export function expectTrafficOf(session: SimulatedSession | undefined, span: ReadableSpan): void {
  if (session === undefined) throw new Error('No session reached the simulator.');
  const sum = (field: 'count' | 'bytes') =>
    session.received.reduce((total, entry) => total + entry[field], 0);
  expect(attributesUnder('gemini.live.session.', span)).toMatchObject({
    sent_frames: sum('count'),
    sent_size: sum('bytes'),
    received_frames: session.sent.frames,
    received_size: session.sent.bytes,
    tool_calls: session.toolCalls.length,
  });
}

/** The session's tokens are those that the service said, each usage once. */
export function expectUsageOf({ messages }: Application, span: ReadableSpan): void {
  const sum = (field: 'promptTokenCount' | 'responseTokenCount') =>
    messages.reduce((total, { usageMetadata }) => total + (usageMetadata?.[field] ?? 0), 0);
  expect(sum('promptTokenCount')).toBeGreaterThan(0);
  expect(attributesUnder('gen_ai.usage.', span)).toMatchObject({
    input_tokens: sum('promptTokenCount'),
    output_tokens: sum('responseTokenCount'),
  });
}

/** One point of `gemini.live.closures`, with the labels that the closure's own attributes give. */
export async function expectClosurePoint(recording: Recording, of: string = model): Promise<void> {
  const { attributes: said } = await recording.span('live_closure');
  const labels = ['code', 'cause', 'category', 'hypothesis', 'initiator', 'expected', 'preceding_event'].map(
    (name) => [`gemini.live.closure.${name}`, said[`gemini.live.closure.${name}`]],
  );
  expect(await recording.points('gemini.live.closures')).toEqual([
    { labels: { 'gen_ai.request.model': of, ...Object.fromEntries(labels) }, value: 1 },
  ]);
}
