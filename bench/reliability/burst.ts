import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Burst, burst as burstOnce } from '../../test/register/burst.ts';
import { exact, spread, times } from '../report/format.ts';
import type { Benchmark } from '../report/section.ts';
import { median, range } from '../report/statistics.ts';

const limit = 1.5;
const limitMs = 2_000;
const stayMs = 3_000;

const modes = ['without', 'file', 'OTLP', 'both'] as const;
type Mode = (typeof modes)[number];

export const burst: Benchmark = {
  name: 'burst',
  async run({ quick }) {
    const sessions = quick ? 200 : 1_000;
    const rounds: Record<Mode, Burst>[] = [];
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      const results: Partial<Record<Mode, Burst>> = {};
      // Who goes first changes, so that none always follows the same one.
      for (const index of modes.keys()) {
        const mode = modes[(index + round) % modes.length] as Mode;
        results[mode] = await run(mode, sessions);
      }
      rounds.push(results as Record<Mode, Burst>);
    }
    const ratio = (mode: Mode): number =>
      median(rounds.map((of) => of[mode].lastCloseMs / of.without.lastCloseMs));
    const closures = (mode: Mode): readonly number[] => rounds.flatMap((of) => of[mode].lastClosureMs ?? []);
    const count = sessions.toLocaleString('en');
    return {
      title: `A service that closes ${count} sessions at once`,
      method: [
        `${count} sessions of one application; the service closes all of them with 1011 in one turn of its event loop, and the application runs on for ${stayMs / 1_000} s. The clock starts with the first close frame. ${rounds.length} rounds, in which processes with and without \`live-otel\` take turns; a ratio is that of one round, its median is shown. Service, receiver and application share the cores.`,
      ],
      tables: [
        {
          title: 'Until the last `onclose`, and until the last closure has arrived',
          columns: [
            'Telemetry to',
            'Last `onclose`',
            'Ratio',
            'Last closure at the receiver',
            'Closures in time',
            'Requests',
          ],
          rows: modes.map((mode) => {
            const otlp = mode === 'OTLP' || mode === 'both';
            return [
              mode === 'without' ? 'without `live-otel`' : mode,
              spread(range(rounds.map((of) => of[mode].lastCloseMs)), 'ms'),
              mode === 'without' ? '' : times(ratio(mode)),
              otlp ? spread(range(closures(mode)), 'ms') : '',
              otlp
                ? `${Math.min(...rounds.map((of) => of[mode].closures)).toLocaleString('en')} at least`
                : '',
              otlp ? `${Math.max(...rounds.map((of) => of[mode].requests))} at most` : '',
            ];
          }),
        },
      ],
      goals: [
        ...(['file', 'OTLP', 'both'] as const).map((mode) => ({
          what: `Time to the last \`onclose\`, beside that without: ${mode}`,
          limit: `≤ ${times(limit)}`,
          measured: times(ratio(mode)),
          met: ratio(mode) <= limit,
        })),
        ...(['OTLP', 'both'] as const).map((mode) => ({
          what: `The last closure at the receiver: ${mode}, median of the rounds`,
          limit: `≤ ${limitMs.toLocaleString('en')} ms`,
          measured: exact(median(closures(mode)), 'ms'),
          met: median(closures(mode)) <= limitMs && rounds.every((of) => of[mode].closures === sessions),
        })),
      ],
    };
  },
};

async function run(mode: Mode, sessions: number): Promise<Burst> {
  if (mode === 'without') return burstOnce(sessions, 0, undefined);
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-burst-'));
  const env = mode === 'OTLP' ? {} : { LIVE_OTEL_FILE: join(folder, 'telemetry.jsonl') };
  const result = await burstOnce(sessions, stayMs, env, { otlp: mode !== 'file' });
  rmSync(folder, { recursive: true });
  return result;
}
