import { measureInChild } from './report/child.ts';
import { exact, times } from './report/format.ts';
import type { Benchmark } from './report/section.ts';
import { estimate, median } from './report/statistics.ts';
import type { ShortInput, ShortResult } from './short-session/run.ts';

const limit = 2;

export const shortSession: Benchmark = {
  name: 'short-session',
  async run({ quick }) {
    const input: ShortInput = quick ? { rounds: 2, sessions: 50 } : { rounds: 15, sessions: 300 };
    const result = await measureInChild<ShortResult>(
      new URL('./short-session/run.ts', import.meta.url),
      input,
    );
    const ratios = result['live-otel'].map((cost, index) => cost / (result.none[index] ?? Number.NaN));
    const { median: ratio, low, high } = estimate(ratios);
    return {
      title: 'A short session',
      method: [
        `CPU time of the client's process, all threads, for one session: \`connect()\`, one turn with audio both ways and a tool call, \`close()\`, and the export of its spans (OTLP over protobuf, dropped instead of sent). ${input.sessions} sessions one after the other without \`live-otel\` and as many with it take turns, ${input.rounds} times, over sockets on the loopback interface without TLS; the service is another process.`,
      ],
      tables: [
        {
          title: 'CPU of one session',
          columns: ['Without', 'With `live-otel`', 'Added', 'Ratio (95 % interval)'],
          rows: [
            [
              exact(median(result.none), 'ms'),
              exact(median(result['live-otel']), 'ms'),
              exact(median(result['live-otel']) - median(result.none), 'ms'),
              `${times(ratio)} (${times(low)} to ${times(high)})`,
            ],
          ],
        },
      ],
      goals: [
        {
          what: 'CPU of a short session beside one without `live-otel`',
          limit: `≤ ${limit}×`,
          measured: times(ratio),
          met: ratio <= limit,
        },
      ],
    };
  },
};
