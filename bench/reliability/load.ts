import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { startAgent } from '../../test/stack/support/agent.ts';
import { startTestStack } from '../../test/stack/support/stack.ts';
import type { Benchmark } from '../report/section.ts';
import { acceptedSpans, counter } from '../stack/counter.ts';

/** Of each session: a session, a connect, a turn, a tool call, its response, a closure. */
const spansOfSession = 6;
const busyLoops = 4;
const pollMs = 250;
const longestWaitMs = 120_000;

/** What is sent twice to the real Collector, where all of them wait for the processor. */
export const load: Benchmark = {
  name: 'load',
  async run({ quick }) {
    const sessions = quick ? 100 : 1_000;
    const expected = sessions * spansOfSession;
    await using stack = await startTestStack({ only: ['collector', 'jaeger'] });
    await using simulator = await LiveServerSimulator.start({
      script: scripts['tool-response-1011'],
      timeScale: 10,
    });
    const accepted = () => counter(stack.urls.collectorMetrics, acceptedSpans);
    const busy = Array.from({ length: busyLoops }, () =>
      spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }),
    );
    let said: string;
    try {
      const agent = startAgent({
        otlp: stack.urls.otlpHttp,
        service: 'bench',
        env: { OTEL_LOG_LEVEL: 'warn' },
        parts: [{ url: simulator.url, sessions, parallel: 50 }],
      });
      await agent.finished;
      for (let left = longestWaitMs; left > 0 && (await accepted()) < expected; left -= pollMs) {
        await sleep(pollMs);
      }
      said = (await agent.end()).trim();
    } finally {
      for (const loop of busy) loop.kill('SIGKILL');
    }
    const arrived = await accepted();
    return {
      title: 'Beside busy loops, with the real Collector',
      method: [
        `One application has ${sessions.toLocaleString('en')} sessions, 50 at a time, that each end with 1011 after a tool response, and ends itself when so many spans as it recorded are there. Application, simulator, Collector, Jaeger and ${busyLoops} processes that do nothing but loop share the cores. Spans are counted by the Collector (\`otelcol_receiver_accepted_spans\`).`,
      ],
      tables: [
        {
          title: 'Spans',
          columns: ['Recorded', 'Arrived', 'More than once', 'Said of losses'],
          rows: [
            [expected, arrived, arrived - expected]
              .map((count) => count.toLocaleString('en'))
              .concat(said || 'nothing'),
          ],
        },
      ],
      goals: [
        {
          what: 'Spans that arrive more than once',
          limit: '0',
          measured: String(arrived - expected),
          met: arrived === expected,
        },
      ],
    };
  },
};
