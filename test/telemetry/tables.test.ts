import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { music, setup, usage } from '../../src/conventions/attribute-groups.ts';
import { attributes } from '../../src/conventions/attributes.ts';
import { logRecords } from '../../src/conventions/log-records.ts';
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import { spanDefinitions, spanName } from '../../src/conventions/spans.ts';
import { renderTelemetry } from '../../tools/docs/telemetry.ts';

const spans = Object.entries(spanDefinitions);
const metrics = Object.entries(metricDefinitions);
const eventsOf = (id: string) => Object.values(spanDefinitions[id as keyof typeof spanDefinitions].events);

/** Limits of an SDK that is not configured. */
const sdkLimits = { attributes: 128, events: 128 };

test('the list of attributes and the lists of spans, events, links and metrics hold the same names', () => {
  const used = new Set<string>(['gemini.live.link.type']);
  for (const [id, { attributes: names }] of spans) {
    for (const name of names) used.add(name);
    for (const event of eventsOf(id)) for (const name of event.attributes) used.add(name);
  }
  for (const [, { labels }] of metrics) for (const name of labels) used.add(name);
  for (const { attributes: names } of Object.values(logRecords)) for (const name of names) used.add(name);
  expect([...used].sort()).toEqual(Object.keys(attributes).sort());
});

test.each(spans)(
  '%s lists each attribute once and leaves room for those of others',
  (_id, { attributes: names }) => {
    expect(names).toEqual([...new Set(names)]);
    // No session has them all: one that makes music has no setup but its size, and no usage.
    for (const none of [music, [...setup, ...usage]]) {
      // Nor does an end of the process have a close code.
      const left: readonly string[] = [...none, 'gemini.live.closure.process_ending'];
      const most = names.filter((name) => !left.includes(name));
      expect(most.length).toBeLessThanOrEqual(sdkLimits.attributes - 10);
    }
  },
);

test.each(spans)('the events of %s fit into the limit of the SDK', (id) => {
  for (const kind of ['dialogue', 'music']) {
    const own = eventsOf(id).filter(({ of }) => of === undefined || of === kind);
    expect(own.reduce((sum, event) => sum + event.limit, 0)).toBeLessThanOrEqual(sdkLimits.events);
  }
});

test('a span without a known subject has the bare name', () => {
  expect(spanName('live_session', 'm')).toBe('live_session m');
  expect(spanName('live_session', undefined)).toBe('live_session');
  expect(spanName('live_closure', 'm')).toBe('live_closure');
});

test('names are ours under gemini.live. and standard under gen_ai., server. and error.', () => {
  const foreign = [...Object.keys(attributes), ...Object.keys(metricDefinitions)].filter(
    (name) => !/^(gemini\.live|gen_ai|server|error)\./.test(name),
  );
  expect(foreign).toEqual([]);
});

test('no metric has an id, a reason or content as a label', () => {
  const labels = new Set<string>(metrics.flatMap(([, definition]) => [...definition.labels]));
  expect([...labels].sort()).toEqual([
    'error.type',
    'gemini.live.audio.direction',
    'gemini.live.closure.category',
    'gemini.live.closure.cause',
    'gemini.live.closure.code',
    'gemini.live.closure.expected',
    'gemini.live.closure.hypothesis',
    'gemini.live.closure.initiator',
    'gemini.live.closure.preceding_event',
    'gemini.live.closure.tool_response_acknowledged',
    'gemini.live.session.resumed',
    'gemini.live.stall.cause',
    'gemini.live.stall.kind',
    'gemini.live.telemetry.loss_reason',
    'gemini.live.telemetry.signal',
    'gemini.live.tool_call.input_while_pending',
    'gemini.live.tool_call.outcome',
    'gemini.live.tool_response.encoding',
    'gemini.live.tool_response.id_match',
    'gemini.live.tool_response.input_while_pending',
    'gemini.live.tool_response.outcome',
    'gemini.live.turn.complete_reason',
    'gemini.live.turn.first_audio.reference',
    'gemini.live.turn.outcome',
    'gen_ai.operation.name',
    'gen_ai.provider.name',
    'gen_ai.request.model',
    'gen_ai.token.modality',
    'gen_ai.tool.name',
    'gen_ai.tool.type',
    'server.address',
    'server.port',
  ]);
});

test('every histogram has rising buckets in seconds, bytes or a count', () => {
  for (const [name, { instrument, unit, buckets }] of metrics) {
    expect({ name, hasBuckets: buckets !== undefined }).toEqual({
      name,
      hasBuckets: instrument === 'histogram',
    });
    if (buckets === undefined) continue;
    expect(['s', 'By', '{session}', '{call}']).toContain(unit);
    expect(buckets).toEqual([...new Set(buckets)].sort((a, b) => a - b));
  }
});

test('payload buckets reach from 100 B to 10 MB, session buckets to an hour', () => {
  const sizes = metricDefinitions['gemini.live.tool_response.size'].buckets ?? [];
  const durations = metricDefinitions['gemini.live.session.duration'].buckets ?? [];
  expect([sizes.at(0), sizes.at(-1), durations.at(-1)]).toEqual([100, 10_000_000, 3_600]);
});

test('docs/telemetry.md is made from these tables', async () => {
  const path = new URL('../../docs/telemetry.md', import.meta.url);
  expect(await readFile(path, 'utf8')).toBe(renderTelemetry());
});
