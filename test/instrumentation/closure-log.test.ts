import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LiveClosure } from '../../src/index.ts';
import { closureLine, closureLogOf, stallLine } from '../../src/instrumentation/closure-log.ts';
import { quietConsole } from '../../src/instrumentation/output.ts';
import { LiveServerSimulator, type ScriptName, scripts } from '../../src/testing/index.ts';
import { readSpans } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';
import { answerTools, application, userTurn, weatherTools } from '../testing/client.ts';
import { record, told } from './in-process.ts';

const closure: LiveClosure = {
  at: Date.UTC(2026, 0, 31, 12),
  sessionId: 's',
  conversationId: 'c',
  model: 'gemini-x',
  code: 1011,
  reason: 'Internal "error".\nReally.',
  initiator: 'server',
  expected: false,
  phase: 'active',
  connectionAgeMs: 9_000,
  cause: 'tool-response-1011-internal',
  hypothesis: 'internal_error',
  category: 'tools',
  confidence: 'medium',
  explanation: 'It failed.',
  evidence: ['It failed.'],
  context: [],
  against: [],
  rivals: [],
  retry: { when: 'now', why: 'It is over.' },
  preceding: 'tool_response',
  precedingAgoMs: 312,
  pendingTools: [],
  handleAvailable: false,
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
};

describe('the line of a closure', () => {
  it('is one line with time, code, reason, cause, what preceded, retry and trace', () => {
    expect(closureLine(closure)).toBe(
      '2026-01-31T12:00:00.000Z live-otel: closed with 1011 "Internal \\"error\\".\\nReally.", ' +
        'cause tool-response-1011-internal (medium), 312 ms after tool_response, model gemini-x, retry now, ' +
        'trace 0af7651916cd43dd8448eb211c80319c',
    );
  });

  it('says who ended a session without a code', () => {
    const { code: _code, model: _model, precedingAgoMs: _ago, ...rest } = closure;
    expect(closureLine({ ...rest, reason: '', initiator: 'network', preceding: 'none' })).toBe(
      '2026-01-31T12:00:00.000Z live-otel: closed by the network "", cause tool-response-1011-internal (medium), ' +
        'after none, retry now, trace 0af7651916cd43dd8448eb211c80319c',
    );
  });
});

describe('the line of a stall', () => {
  it('is one line with time, what is waited for, cause and trace', () => {
    expect(
      stallLine({
        at: closure.at,
        sessionId: 's',
        conversationId: 'c',
        model: 'gemini-x',
        kind: 'tool_call_unanswered',
        since: closure.at - 12_300,
        tool: 'search_menu',
        cause: 'stall-pending-tool-call',
        hypothesis: 'client',
        category: 'tools',
        confidence: 'high',
        explanation: 'No response came.',
        evidence: [],
        context: [],
        against: [],
        rivals: [],
        retry: { when: 'no', why: 'It would stall again.' },
        traceId: closure.traceId,
        spanId: closure.spanId,
      }),
    ).toBe(
      '2026-01-31T12:00:00.000Z live-otel: stalled for 12.3 s: tool call unanswered (search_menu), ' +
        'cause stall-pending-tool-call (high), model gemini-x, trace 0af7651916cd43dd8448eb211c80319c',
    );
  });
});

describe('LIVE_OTEL_LOG', () => {
  it.each([
    [undefined, 'off', []],
    [' ', 'off', []],
    ['off', 'off', []],
    ['Closures', 'closures', []],
    ['all', 'off', ['live-otel: LIVE_OTEL_LOG is "all"; allowed are off and closures; off is used.']],
  ])('of %j means %s', (value, expected, warnings) => {
    const seen: string[] = [];
    const note = (message: string): void => void seen.push(message);
    diag.setLogger({ error: note, warn: note, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);
    onTestFinished(() => diag.disable());
    expect({ log: closureLogOf(value), warnings: seen.slice(-1) }).toEqual({ log: expected, warnings });
  });

  it('is read by an instrumentation that is not told otherwise', async () => {
    vi.stubEnv('LIVE_OTEL_LOG', 'closures');
    const write = vi.spyOn(quietConsole, 'error').mockReturnValue(undefined);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      write.mockRestore();
    });
    const { value, tell } = told<LiveClosure>();
    const { url } = await record(scripts['tool-response-1011'], { onClosure: tell });
    const app = application(url, { config: { tools: weatherTools }, onmessage: answerTools() });
    (await app.connected).sendClientContent(userTurn);
    const line = closureLine(await value);
    expect(write.mock.calls).toContainEqual([line]);
  });
});

describe('LIVE_OTEL_LOG=closures with live-otel/register', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-log-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function run(script: ScriptName, log: string) {
    const file = join(folder, `${script}-${log}.jsonl`);
    await using simulator = await LiveServerSimulator.start({ script: scripts[script], timeScale: 50 });
    const { stderr } = await runNode(
      ['--require', 'live-otel/register', join(root, 'test/instrumentation/apps/own-sdk/talk-cjs.cjs')],
      { env: { GEMINI_BASE_URL: simulator.url, LIVE_OTEL_FILE: file, LIVE_OTEL_LOG: log } },
    );
    const [span] = readSpans(file).filter(({ name }) => name === 'live_closure');
    return { stderr, traceId: span?.traceId };
  }

  it('writes one line for an unexpected closure, with its trace', async () => {
    const { stderr, traceId } = await run('tool-response-1011', 'closures');
    expect(stderr).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z live-otel: closed with 1011 "Internal error occurred\.", cause \S+ \(\w+\), [\d.]+ m?s after tool_response, model gemini-test, retry \w+, trace [0-9a-f]{32}\n$/,
    );
    expect(stderr).toContain(`trace ${traceId}`);
  });

  it.each([
    ['an expected closure', 'tool-single', 'closures'],
    ['any closure where it is off', 'tool-response-1011', 'off'],
  ] as const)('writes nothing for %s', async (_, script, log) => {
    expect((await run(script, log)).stderr).toBe('');
  });

  it('warns of a value that is not allowed', async () => {
    expect((await run('tool-single', 'everything')).stderr).toContain(
      'LIVE_OTEL_LOG is "everything"; allowed are off and closures; off is used.',
    );
  });
});
