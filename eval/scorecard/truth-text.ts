/** What is true of a population, for whoever writes families: nothing is judged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Population } from './population.ts';
import { truthOf } from './truth.ts';
import { telemetryOf } from './world/store.ts';

/** @param store where telemetry is kept; left out, it is thrown away */
export async function truthText(population: Population, store: string | undefined): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'live-otel-eval-'));
  try {
    const { account } = await telemetryOf(population, store ?? directory);
    const { shares, allowed } = truthOf(population, account);
    const { deaths, connections, openHours, exposures } = account;
    const causes = [...new Set(deaths.map(({ cause }) => cause))];
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    return [
      `${population.family}, seed ${population.seed}: ${population.visits} visits, ${connections} sessions, ${openHours.toFixed(1)} h, ${deaths.length} unexpected ends (${percent(deaths.length / connections)})`,
      ...causes.map((cause) => {
        const own = deaths.filter((death) => death.cause === cause);
        const risk = exposures[cause];
        return `  ${cause}: ${own.length} ends of ${new Set(own.map(({ user }) => user)).size} users${risk ? `; ${risk.exposed} exposed, ${risk.others} not` : ''}`;
      }),
      ...shares.map(
        ({ hypothesis, share, planted, suffices }) =>
          `  true: ${hypothesis} of ${percent(share)}${planted ? ', planted' : ''}${suffices ? ', the data suffices' : ''}`,
      ),
      `  may be named: ${[...allowed].join(', ') || 'nothing'}`,
    ].join('\n');
  } finally {
    await rm(directory, { recursive: true });
  }
}
