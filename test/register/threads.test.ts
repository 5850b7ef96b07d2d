import { expect, it } from 'vitest';
import { endWithSessions } from './endings.ts';
import { closuresIn, startOtlpReceiver } from './otlp-receiver.ts';

it.each([
  { name: 'SIGTERM', application: 'wait', trigger: 'SIGTERM', code: null, signal: 'SIGTERM' },
  { name: '`process.exit()`', application: 'exit', code: 3, signal: null },
  { name: 'an uncaught exception', application: 'throw', code: 1, signal: null },
] as const)(
  'sessions of worker threads are delivered when the main thread ends by $name',
  async (ending) => {
    const receiver = await startOtlpReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, LIVE_OTEL_EXIT_TIMEOUT_MS: '60000' };
    const { code, signal } = await endWithSessions(ending, 3, env, { file: 'worker.mjs' });
    await receiver.close();
    expect({ code, signal }).toEqual({ code: ending.code, signal: ending.signal });
    expect(closuresIn(receiver)).toBe(6);
  },
  120_000,
);

it('a thread that was terminated is not waited for', async () => {
  // It would be waited for longer than this test may take.
  const env = { LIVE_OTEL_EXIT_TIMEOUT_MS: '600000', OTEL_TRACES_EXPORTER: 'none' };
  const { code } = await endWithSessions({ name: '', application: 'terminate' }, 1, env, {
    file: 'worker.mjs',
  });
  expect(code).toBe(3);
}, 120_000);
