/** AWS Lambda freezes a process as soon as its handler has returned: what `flush()` has not delivered by then is lost. */
import { expect, it, onTestFinished } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { runNode } from '../support/run-node.ts';
import { closuresIn, startOtlpReceiver } from './otlp-receiver.ts';

const handler = 'test/register/apps/handler.mjs';

it('has delivered the session that the handler closed', async () => {
  const receiver = await startOtlpReceiver();
  onTestFinished(() => receiver.close());
  await using simulator = await LiveServerSimulator.start({ script: scripts['healthy-talk'] });
  const { stderr, signal } = await runNode(['--require', 'live-otel/register', handler], {
    env: { URL_BASE: simulator.url, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
  });
  expect({ stderr, signal }).toEqual({ stderr: '', signal: 'SIGKILL' });
  expect(closuresIn(receiver)).toBe(1);
});
