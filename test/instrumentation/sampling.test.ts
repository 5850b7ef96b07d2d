import { TraceFlags } from '@opentelemetry/api';
import { AlwaysOnSampler, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { closeFrames, LiveServerSimulator, type Script, scripts } from '../../src/testing/index.ts';
import { answerAtOnce, hello, model31, runApplication, tools, turnComplete } from './application.ts';
import { closedByServer, closureFacts } from './expect-trace.ts';
import { startRecording } from './recording.ts';
import { outline } from './span-outline.ts';

const dropAll = () => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0) });

async function talk(script: Script, sampler = dropAll()) {
  const recording = await startRecording({ sampler });
  await using simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
  const app = runApplication(recording.sdk, simulator.url, {
    model: model31,
    config: { tools },
    onmessage: answerAtOnce(),
  });
  const session = await app.connected;
  session.sendClientContent(hello);
  await Promise.race([app.seen(turnComplete), app.closed]);
  session.close();
  await app.closed;
  return recording;
}

describe('with a sampler that drops every trace', () => {
  it('an unexpected end is recorded with all its evidence, and nothing else', async () => {
    const recording = await talk(scripts['tool-response-1011']);
    expect(outline(await recording.spans())).toEqual(['live_closure !']);
    const closure = await recording.span('live_closure');
    expect(closureFacts(closure)).toEqual({
      ...closedByServer(closeFrames.internalError),
      preceding_event: 'tool_response',
      last_sent_kind: 'tool_response',
      last_sent_size: 127,
      last_received_kind: 'tool_call',
      last_received_size: 207,
      turn_open: true,
      tool_response_size: 127,
      tool_response_encoding: 'ascii',
      tool_response_id_match: 'matched',
      tool_response_tools: ['get_weather'],
      tool_response_acknowledged: false,
    });
    expect(closure.events).toHaveLength(9);
    expect(closure.links).toEqual([]);
    expect(closure.attributes['gemini.live.closure.evidence']).not.toEqual([]);
    expect(closure.spanContext().traceFlags).toBe(TraceFlags.SAMPLED);
    expect(closure.parentSpanContext).toMatchObject({
      traceId: closure.spanContext().traceId,
      isRemote: true,
    });
  });

  it('an expected end is not recorded', async () => {
    const recording = await talk(scripts['tool-single']);
    expect(await recording.spans()).toEqual([]);
  });

  it.each([
    ['tool-response-1011', 17],
    ['tool-single', 9],
  ] as const)('the log records of %s come all the same', async (name, severityNumber) => {
    const recording = await talk(scripts[name]);
    const logs = recording.logs();
    expect(logs.map((log) => [log.eventName, log.severityNumber])).toEqual([
      ['gen_ai.client.realtime_session.started', 9],
      ['gen_ai.client.realtime_session.ended', severityNumber],
    ]);
    const [, ended] = logs;
    expect(ended?.body).toBe(ended?.attributes['gemini.live.closure.explanation']);
    expect(ended?.attributes['gemini.live.session.tool_responses']).toBe(1);
    for (const span of await recording.spans()) {
      expect(ended?.attributes).toEqual(span.attributes);
      expect(ended?.spanContext?.spanId).toBe(span.spanContext().spanId);
    }
  });

  it('metrics count every session', async () => {
    const recording = await talk(scripts['tool-single']);
    expect((await recording.points('gemini.live.closures')).map(({ value }) => value)).toEqual([1]);
    expect((await recording.points('gemini.live.turns')).map(({ value }) => value)).toEqual([1]);
    expect((await recording.points('gemini.live.tool_responses')).map(({ value }) => value)).toEqual([1]);
  });
});

it('with every trace sampled the closure belongs to it as any other span', async () => {
  const recording = await talk(
    scripts['tool-response-1008'],
    new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  );
  const session = await recording.span('live_session');
  const closure = await recording.span('live_closure');
  expect(closure.parentSpanContext).toEqual(session.spanContext());
  const [, ended] = recording.logs();
  expect(ended?.spanContext?.spanId).toBe(closure.spanContext().spanId);
});
