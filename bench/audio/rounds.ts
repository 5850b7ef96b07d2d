import { collectGarbage } from '../report/child.ts';
import { threadCpu } from '../report/cpu.ts';
import { type Mode, modes } from './client.ts';

/** Microseconds of CPU per frame of each round; the rounds of the three modes took turns, so equal indexes are a pair. */
export type Rounds = Record<Mode, number[]>;

export interface Round {
  readonly frames: number;
  run(): void | Promise<void>;
}

/** Runs `rounds` of each mode in turns, each time beginning with another mode; garbage is collected outside. */
export async function alternate(
  rounds: number,
  warmUp: number,
  round: (mode: Mode) => Round,
): Promise<Rounds> {
  const results: Rounds = { none: [], 'live-otel': [], 'span-per-message': [] };
  for (let index = -warmUp; index < rounds; index += 1) {
    for (let turn = 0; turn < modes.length; turn += 1) {
      const mode = modes[(index + warmUp + turn) % modes.length] as Mode;
      const { frames, run } = round(mode);
      collectGarbage();
      const before = await threadCpu();
      await run();
      const after = await threadCpu();
      if (index >= 0) results[mode].push((after - before) / frames);
    }
  }
  return results;
}
