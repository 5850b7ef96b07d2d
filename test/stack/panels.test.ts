/** Every query of every panel, with the answers that the simulated traffic must give. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type PanelQuery, panelQueries } from '../../dashboards/panel-queries.ts';
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import { LiveServerSimulator, type Script, type SimulatedSession, scripts } from '../../src/testing/index.ts';
import { oneTurnEach, type Part, startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { type FoundSpan, findTrace, findTraces } from './support/jaeger.ts';
import { exemplarTraces, labelNames, labelValues, query, queryRange, total } from './support/prometheus.ts';
import { seriesNames } from './support/series-names.ts';
import { named } from './support/spans.ts';

const { otlpHttp, jaeger, prometheus } = inject('urls');
const service = `panels-${randomUUID()}`;
const selector = `{service_name="${service}"}`;

const refusing: Script = {
  name: 'refusing',
  description: 'Every turn of the user is refused.',
  reactions: [{ on: { event: 'user_turn' }, do: [{ do: 'turn_complete', reason: 'RESPONSE_REJECTED' }] }],
};

/** Kinds of sessions: script, pace of the protocol, and what the application does. */
const traffic: readonly (readonly [
  keyof typeof scripts | Script,
  timeScale: number,
  part: Omit<Part, 'url'>,
])[] = [
  ['healthy-talk', 10, { sessions: 6, turns: 2 }],
  ['tool-single', 10, { sessions: 8, turns: 2, answerBytes: 400, answerAfterMs: 60 }],
  ['tool-single', 10, { sessions: 2, fails: true }],
  ['tool-single', 10, { sessions: 2, wrongId: 'nobody-called-this', hangUpAfterMs: 1_500 }],
  ['tool-parallel', 10, { sessions: 3 }],
  ['tool-cancelled', 4, { sessions: 3, answerAfterMs: 30_000, hangUpAfterMs: 2_500 }],
  ['tool-response-1011', 10, { sessions: 6, answerBytes: 3_000, answerAfterMs: 40 }],
  ['tool-response-1008', 10, { sessions: 4, letter: 'ü', answerBytes: 50 }],
  ['race', 4, { sessions: 3, audio: true, answerAfterMs: 2_000 }],
  ['oversize-response', 10, { sessions: 3, answerBytes: 130_000 }],
  ['quota-late', 10, { sessions: 2, turns: 3 }],
  ['setup-rejected', 10, { sessions: 3 }],
  ['goaway', 300, { sessions: 2, turns: 999 }],
  ['resumption', 30, { sessions: 2, turns: 999, resumes: 1 }],
  ['drop', 10, { sessions: 2, turns: 9 }],
  ['stall-after-response', 1, { sessions: 2, hangUpAfterMs: 18_000 }],
  [refusing, 10, { sessions: 1, turns: 2 }],
];

/** They compare with what was before, and before this traffic there was nothing. */
const emptyBefore: readonly string[] = [
  'live-otel-overview: Is it worse than at the same hour yesterday?: same hour yesterday',
  'live-otel-closures: Do closures of different sessions come together?: unexpected closures',
  'live-otel-closures: Do closures of different sessions come together?: expected closures',
];

let queries: readonly PanelQuery[];
let simulated: readonly SimulatedSession[];
let closures: readonly FoundSpan[];

beforeAll(async () => {
  const simulators = await Promise.all(
    traffic.map(([script, timeScale]) =>
      LiveServerSimulator.start({
        script: typeof script === 'string' ? scripts[script] : script,
        timeScale,
        behaviour: oneTurnEach,
      }),
    ),
  );
  const parts = traffic.map(([, , part], index) => ({ ...part, url: simulators[index]?.url ?? '' }));
  const agent = startAgent({ otlp: otlpHttp, service, parts });
  await agent.finished;
  simulated = simulators.flatMap(({ sessions }) => sessions);
  await eventually(async () => {
    expect(await total(prometheus, `gemini_live_closures_total${selector}`)).toBe(simulated.length);
    expect(
      await total(
        prometheus,
        `traces_span_metrics_calls_total{service_name="${service}",span_name="live_closure"}`,
      ),
    ).toBe(simulated.length);
  });
  closures = await eventually(async () => {
    const spans = [...(await findTraces(jaeger, { service })).values()].flat();
    expect(named(spans, 'live_closure')).toHaveLength(simulated.length);
    return named(spans, 'live_closure');
  });
  expect(await agent.end()).toBe('');
  await Promise.all(simulators.map((simulator) => simulator.close()));
  queries = panelQueries({ service, traceId: closures[0]?.traceId ?? '' });
});

/** What a panel shows, by one of its labels. */
async function shown(panel: string, label: string, legend?: string): Promise<Record<string, number>> {
  const fitting = queries.filter(
    (one) => one.panel === panel && (legend === undefined || one.legend === legend),
  );
  expect(fitting).toHaveLength(1);
  const samples = await query(prometheus, fitting[0]?.expr ?? '');
  return Object.fromEntries(
    samples.map(({ labels, value }) => [labels[label] ?? '', Math.round(value * 1e6) / 1e6]),
  );
}

function countBy(keys: readonly (string | number | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[String(key)] = (counts[String(key)] ?? 0) + 1;
  return counts;
}

describe('the panels', () => {
  it('all get an answer', async () => {
    const empty: string[] = [];
    for (const { dashboard, panel, legend, datasource, expr, range } of queries) {
      const answer =
        datasource === 'jaeger'
          ? await findTrace(jaeger, expr)
          : range
            ? await queryRange(prometheus, expr)
            : await query(prometheus, expr);
      // Those that are there for their exemplars have no curve.
      if (answer.length === 0 && !expr.endsWith(' < 0')) empty.push(`${dashboard}: ${panel}: ${legend}`);
    }
    expect(empty.filter((line) => !emptyBefore.includes(line))).toEqual([]);
  }, 240_000);

  it('that promise exemplars have some, and they lead to traces', async () => {
    const promising = queries.filter(({ exemplar }) => exemplar);
    expect(promising.length).toBeGreaterThan(0);
    const ids = await exemplarTraces(
      prometheus,
      `{__name__=~"traces_span_metrics_.+",service_name="${service}"}`,
    );
    for (const id of new Set(ids)) expect(await findTrace(jaeger, id)).not.toEqual([]);
    for (const { panel, expr } of promising) {
      expect([panel, (await exemplarTraces(prometheus, expr)).length > 0]).toEqual([panel, true]);
    }
  });

  it('count sessions and closures as simulated', async () => {
    const unexpected = simulated.filter(({ end }) => end?.by === 'server' || end?.by === 'network').length;
    expect(await shown('Opened', '')).toEqual({ '': simulated.length });
    expect(await shown('Unexpected closures', '')).toEqual({ '': unexpected });
    expect(await shown('Unexpected share', '')).toEqual({
      '': Math.round((unexpected / simulated.length) * 1e6) / 1e6,
    });
    expect(await shown('With which close codes do sessions end?', 'gemini_live_closure_code')).toEqual(
      // A close frame without a code is answered with 1000.
      countBy(simulated.map(({ end }) => (end?.code === 1005 ? 1000 : end?.code))),
    );
  });

  it('count hypotheses and causes as planted, and as the traces say', async () => {
    const unexpected = closures.filter(
      ({ attributes }) => attributes['gemini.live.closure.expected'] === false,
    );
    const inTraces = (attribute: string) =>
      countBy(unexpected.map(({ attributes }) => String(attributes[attribute])));
    const hypotheses = inTraces('gemini.live.closure.hypothesis');
    expect(hypotheses).toMatchObject({ rate_limit: 2, payload_size: 3, setup: 3 });
    const shares = await shown(
      'Which hypothesis do unexpected closures support?',
      'gemini_live_closure_hypothesis',
    );
    for (const [hypothesis, share] of Object.entries(shares)) {
      expect(share * unexpected.length).toBeCloseTo(hypotheses[hypothesis] ?? 0, 2);
    }
    expect(Object.keys(shares).toSorted()).toEqual(Object.keys(hypotheses).toSorted());
    const rows = await shown(
      'Which of the seven hypotheses does the data support?',
      'gemini_live_closure_hypothesis',
      'Closures',
    );
    for (const [hypothesis, count] of Object.entries(rows)) expect(count).toBe(hypotheses[hypothesis] ?? 0);
    const causes = inTraces('gemini.live.closure.cause');
    expect(causes).toMatchObject({ 'tool-response-1011-internal': 6 });
    expect(await shown('Which causes ended sessions unexpectedly?', 'gemini_live_closure_cause')).toEqual(
      causes,
    );
  });

  it('count what came before closures as simulated', async () => {
    const before = await shown(
      'What came last before unexpected closures?',
      'gemini_live_closure_preceding_event',
    );
    expect(before.tool_response).toBe(6 + 4 + 3);
    const acknowledged = await shown(
      'Was the last tool response acknowledged?',
      'gemini_live_closure_tool_response_acknowledged',
    );
    expect(acknowledged).toEqual({ false: 6 + 4 + 3 });
  });

  it('count tool responses and their sizes as simulated', async () => {
    const sent = simulated.flatMap(({ received }) => received.filter(({ kind }) => kind === 'tool_response'));
    const responses = await shown(
      'What becomes of the responses of each tool?',
      'gen_ai_tool_name',
      'Responses',
    );
    expect(Object.values(responses).reduce((sum, value) => sum + value, 0)).toBe(sent.length);
    const sizes = await shown('How large are tool responses?', 'le');
    for (const bound of [200, 500, 1_000, 5_000, 100_000, 200_000]) {
      expect([bound, sizes[bound]]).toEqual([bound, sent.filter(({ bytes }) => bytes <= bound).length]);
    }
    expect(await shown('Do the ids of responses match?', 'gemini_live_tool_response_id_match')).toMatchObject(
      {
        unknown: 2,
      },
    );
    expect(await shown('Does the encoding matter?', 'gemini_live_tool_response_encoding')).toMatchObject({
      utf8: 1,
    });
  });

  it('count tool calls by their end', async () => {
    const calls = await shown('Which tools fail?', 'gen_ai_tool_name', 'Calls');
    const called = simulated.flatMap(({ toolCalls }) => toolCalls.map(({ name }) => name));
    expect(calls).toEqual(countBy(called));
  });
});

describe('the metrics', () => {
  /** Only an application that meets them has them. */
  it('are all there, with no label that is not in the telemetry list', async () => {
    const names = await labelValues(prometheus, '__name__', selector);
    const expected = Object.entries(metricDefinitions)
      // Nothing is lost here.
      .filter(([name]) => name !== 'gemini.live.telemetry.lost')
      .flatMap(([name, definition]) => seriesNames(name, definition));
    expect(
      names.filter((name) => !name.startsWith('traces_span_metrics_') && name !== 'target_info').toSorted(),
    ).toEqual(expected.toSorted());
    const common = ['__name__', 'job', 'instance', 'service_name', 'le'];
    for (const [name, definition] of Object.entries(metricDefinitions)) {
      const [series] = seriesNames(name, definition);
      const known = [...common, ...definition.labels.map((label) => label.replaceAll('.', '_'))];
      const found = await labelNames(prometheus, `${series}${selector}`);
      expect([name, found.filter((label) => !known.includes(label))]).toEqual([name, []]);
    }
  });
});
