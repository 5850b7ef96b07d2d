import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { GoogleGenAI } from '@google/genai';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LiveClosure, onClosure } from '../../src/index.ts';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { readSpans } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';
import { answerTools, application, userTurn, weatherTools } from '../testing/client.ts';
import { record, told } from './in-process.ts';

/** One conversation that the service ends right after a tool response. */
async function talk(url: string): Promise<void> {
  const app = application(url, { config: { tools: weatherTools }, onmessage: answerTools() });
  (await app.connected).sendClientContent(userTurn);
  await app.closed;
}

describe('onClosure of a LiveInstrumentation', () => {
  it('is told of the end as it was recorded', async () => {
    const { value, tell } = told<LiveClosure>();
    const { url, span } = await record(scripts['tool-response-1011'], { onClosure: tell });
    await talk(url);
    const closure = await value;
    const recorded = span('live_closure');
    const { attributes } = recorded;

    expect(closure).toEqual({
      at: expect.closeTo(Date.now(), -5),
      sessionId: attributes['gen_ai.realtime_session.id'],
      conversationId: attributes['gen_ai.conversation.id'],
      model: 'gemini-3.1-flash-live-preview',
      code: 1011,
      reason: 'Internal error occurred.',
      initiator: 'server',
      expected: false,
      phase: 'active',
      connectionAgeMs: expect.closeTo(
        (attributes['gemini.live.closure.connection_age'] as number) * 1_000,
        2,
      ),
      cause: attributes['gemini.live.closure.cause'],
      hypothesis: attributes['gemini.live.closure.hypothesis'],
      category: attributes['gemini.live.closure.category'],
      confidence: attributes['gemini.live.closure.confidence'],
      explanation: attributes['gemini.live.closure.explanation'],
      ...('gemini.live.closure.remedy' in attributes && { remedy: attributes['gemini.live.closure.remedy'] }),
      evidence: attributes['gemini.live.closure.evidence'] ?? [],
      against: attributes['gemini.live.closure.against'] ?? [],
      context: attributes['gemini.live.closure.context'] ?? [],
      rivals: expect.toSatisfy(
        (rivals: LiveClosure['rivals']) =>
          JSON.stringify(rivals.map(({ cause }) => cause)) ===
          JSON.stringify(attributes['gemini.live.closure.rivals'] ?? []),
      ),
      retry: { when: attributes['gemini.live.closure.retry'], why: expect.stringMatching(/^[A-Z].+\.$/) },
      preceding: 'tool_response',
      precedingAgoMs: expect.closeTo(
        (attributes['gemini.live.closure.preceding_event_ago'] as number) * 1_000,
        2,
      ),
      pendingTools: [],
      handleAvailable: false,
      traceId: recorded.spanContext().traceId,
      spanId: recorded.spanContext().spanId,
    });
  });

  it('is told of an end that the application asked for', async () => {
    const { value, tell } = told<LiveClosure>();
    const { url } = await record(scripts['healthy-talk'], { onClosure: tell });
    (await application(url).connected).close();
    expect(await value).toMatchObject({
      expected: true,
      initiator: 'client',
      cause: 'client-closed-normal',
      retry: { when: 'no' },
    });
  });

  it('is told once of each, after the own onclose of the application', async () => {
    const order: string[] = [];
    const { url } = await record(scripts['healthy-talk'], { onClosure: () => order.push('hook') });
    const { live } = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: url } });
    for (let index = 0; index < 2; index += 1) {
      const { value, tell } = told<unknown>();
      const onclose = (event: unknown): void => {
        order.push('application');
        tell(event);
      };
      const session = await live.connect({ model: 'gemini-test', callbacks: { onmessage() {}, onclose } });
      session.close();
      await value;
    }
    await nextTurn();
    expect(order).toEqual(['application', 'hook', 'application', 'hook']);
  });

  it('is told when the process ends the sessions, before that call returns', async () => {
    const endings: unknown[] = [];
    const { url, instrumentation } = await record(scripts['healthy-talk'], {
      onClosure: ({ initiator }) => endings.push(initiator),
    });
    const session = await application(url).connected;
    instrumentation.endSessions('uncaught_exception');
    expect(endings).toEqual(['process']);
    session.close();
  });

  it('cannot change what others are told', async () => {
    const { value, tell } = told<LiveClosure>();
    const { url } = await record(scripts['tool-response-1011'], { onClosure: tell });
    await talk(url);
    const closure = await value;
    const { evidence, against, context, rivals, retry } = closure;
    const parts: object[] = [closure, evidence, against, context, rivals, retry];
    expect(parts.filter((part) => !Object.isFrozen(part))).toEqual([]);
  });
});

describe('onClosure of the package', () => {
  it('is told of the sessions that any instrumentation records, until it is called off', async () => {
    const { url } = await record(scripts['tool-response-1011']);
    const codes: unknown[] = [];
    const off = onClosure(({ code }) => codes.push(code));
    await talk(url);
    off();
    off();
    await talk(url);
    await nextTurn();
    expect(codes).toEqual([1011]);
  });

  it('keeps its failures from the application and from other listeners, and warns of them', async () => {
    const warnings: string[] = [];
    const note = (message: string): void => void warnings.push(message);
    diag.setLogger({ error: note, warn: note, info: note, debug: note, verbose: note }, DiagLogLevel.DEBUG);
    const { value, tell } = told<LiveClosure>();
    const offs = [
      onClosure(() => {
        throw new Error('of the application');
      }),
      onClosure(async () => {
        throw new Error('of the application, later');
      }),
      onClosure(tell),
    ];
    onTestFinished(() => {
      diag.disable();
      for (const off of offs) off();
    });
    const { url } = await record(scripts['tool-response-1011']);
    await talk(url);
    expect(await value).toMatchObject({ code: 1011 });
    await nextTurn();
    expect(warnings.filter((text) => text.includes('a listener of the application failed'))).toHaveLength(2);
  });
});

describe('onClosure beside live-otel/register', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-hook-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['listening-cjs.cjs', 'listening-esm.mjs'])(
    'is told by the copy of the package that records: %s',
    async (app) => {
      const file = join(folder, `${app}.jsonl`);
      await using simulator = await LiveServerSimulator.start({
        script: scripts['tool-response-1011'],
        timeScale: 50,
      });
      const { code, stdout, stderr } = await runNode(
        ['--require', 'live-otel/register', join(root, 'test/instrumentation/apps', app)],
        { env: { GEMINI_BASE_URL: simulator.url, LIVE_OTEL_FILE: file } },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const [closure] = readSpans(file).filter(({ name }) => name === 'live_closure');
      expect(
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ).toEqual([
        { heard: 'by the package', code: 1011, traceId: closure?.traceId, spanId: closure?.spanId },
        { heard: 'by an instrumentation', code: 1011, traceId: closure?.traceId, spanId: closure?.spanId },
      ]);
    },
  );
});
