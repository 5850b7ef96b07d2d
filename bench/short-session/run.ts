/** Sessions one after the other, each with one turn: what one costs from `connect()` to its export. */
import type { Mode } from '../audio/client.ts';
import { sentAudio } from '../audio/frames.ts';
import { input, reply } from '../report/child.ts';
import { startAgent } from '../service/agent.ts';

export interface ShortInput {
  readonly rounds: number;
  readonly sessions: number;
}

/** CPU time of one session in ms, by round. */
export type ShortResult = Readonly<Record<'none' | 'live-otel', readonly number[]>>;

const { rounds, sessions } = input<ShortInput>();
const { instrumented, connect, stop } = await startAgent(new URL('./peer.ts', import.meta.url));
const [audio] = sentAudio(100);
if (audio === undefined) throw new Error('There are no frames.');

async function talk(mode: Mode): Promise<void> {
  let ended = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const session = await connect(mode, {
    onmessage({ serverContent }) {
      if (serverContent?.turnComplete) session.close();
    },
    onclose: () => ended(),
  });
  session.sendRealtimeInput(audio as NonNullable<typeof audio>);
  await over;
}

async function round(mode: Mode): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < sessions; index += 1) await talk(mode);
  await instrumented.flush();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / sessions;
}

const result = { none: [] as number[], 'live-otel': [] as number[] };
for (let index = 0; index <= rounds; index += 1) {
  for (const mode of ['none', 'live-otel'] as const) {
    const cost = await round(mode);
    // In the first one, code is compiled.
    if (index > 0) result[mode].push(cost);
  }
}
stop();
reply(result satisfies ShortResult);
process.exit(0);
