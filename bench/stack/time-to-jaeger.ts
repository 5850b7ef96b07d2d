import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeFrames, LiveServerSimulator, type SimulatedSession, scripts } from '../../src/testing/index.ts';
import { startAgent } from '../../test/stack/support/agent.ts';
import { findTrace } from '../../test/stack/support/jaeger.ts';
import { startTestStack } from '../../test/stack/support/stack.ts';
import { exact } from '../report/format.ts';
import type { Benchmark } from '../report/section.ts';
import { quantile } from '../report/statistics.ts';
import { usualPace } from './pace.ts';

const goalMs = 2_000;
const pollMs = 20;

/** From the close frame to the answer of Jaeger's API that holds the closure. */
export const timeToJaeger: Benchmark = {
  name: 'time-to-jaeger',
  async run({ quick }) {
    const sessions = quick ? 20 : 200;
    const everyMs = 300;
    await using stack = await startTestStack({ pace: usualPace });
    await using simulator = await LiveServerSimulator.start({
      script: scripts['stall-after-response'],
      timeScale: 10,
    });
    const traceIds = Array.from({ length: sessions + 1 }, () => randomBytes(16).toString('hex'));
    const agent = startAgent({
      otlp: stack.urls.otlpHttp,
      service: 'bench',
      parts: [{ url: simulator.url, sessions: sessions + 1, everyMs, parallel: sessions + 1, traceIds }],
    });
    // The SDK starts with the first session, whose trace id is its own.
    const first = await simulator.nextSession();
    await first.waitFor('tool_response');
    void first.perform([{ do: 'close', ...closeFrames.internalError }]);
    const measured = await Promise.all(
      Array.from({ length: sessions }, async () => timeOf(await simulator.nextSession(), stack.urls.jaeger)),
    );
    await agent.finished;
    const warnings = await agent.end();
    if (warnings !== '') throw new Error(`The application warned: ${warnings}`);
    const ms = (share: number) => exact(quantile(measured, share), 'ms');
    const p99 = quantile(measured, 0.99);
    return {
      title: 'From the close frame to Jaeger',
      method: [
        `${sessions} sessions of one application close with 1011 after a tool response, one every ${everyMs} ms. The clock starts when the simulator writes the close frame, and stops when \`/api/v3/traces/{id}\` of Jaeger answers with the \`live_closure\` of that session; it is asked every ${pollMs} ms. Between them: the application's flush, the Collector's queue on disk with its batches of up to 200 ms, Jaeger's storage on disk. All of them, the simulator and the asking share the cores.`,
      ],
      tables: [
        {
          title: 'Until a closure is found',
          columns: ['Sessions', 'p50', 'p90', 'p99', 'Longest'],
          rows: [[String(sessions), ms(0.5), ms(0.9), ms(0.99), ms(1)]],
        },
      ],
      goals: [
        {
          what: `Close frame to closure found in Jaeger, p99 of ${sessions} sessions closing within a minute`,
          limit: `≤ ${exact(goalMs, 'ms')}`,
          measured: exact(p99, 'ms'),
          met: p99 <= goalMs,
        },
      ],
    };
  },
};

async function timeOf(session: SimulatedSession, jaeger: string): Promise<number> {
  await session.waitFor('tool_response');
  const { result } = (session.toolResponses[0] as { response: { result: string } }).response;
  const closedAt = performance.now();
  void session.perform([{ do: 'close', ...closeFrames.internalError }]);
  for (;;) {
    const spans = await findTrace(jaeger, result);
    if (spans.some(({ name }) => name === 'live_closure')) return performance.now() - closedAt;
    if (performance.now() - closedAt > 120_000)
      throw new Error(`The closure of trace ${result} did not arrive.`);
    await sleep(pollMs);
  }
}
