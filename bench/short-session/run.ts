/** Sessions one after the other, each with one turn: what one costs from `connect()` to its export. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LiveServerMessage, Session } from '@google/genai';
import { factoryOf, liveWith, loadSdk, type Mode } from '../audio/client.ts';
import { sentAudio } from '../audio/frames.ts';
import { createInstrumented } from '../audio/instrumented.ts';
import { input, reply } from '../report/child.ts';

export interface ShortInput {
  readonly rounds: number;
  readonly sessions: number;
}

/** CPU time of one session in ms, by round. */
export type ShortResult = Readonly<Record<'none' | 'live-otel', readonly number[]>>;

const { rounds, sessions } = input<ShortInput>();
const instrumented = createInstrumented({ serialize: true });
const sdk = loadSdk();
const peer = fork(fileURLToPath(new URL('./peer.ts', import.meta.url)), { execArgv: [] });
const [port] = (await once(peer, 'message')) as [number];
const ai = new sdk.GoogleGenAI({
  apiKey: 'bench',
  httpOptions: { baseUrl: `http://127.0.0.1:${port}` },
});
const [audio] = sentAudio(100);
if (audio === undefined) throw new Error('There are no frames.');

async function talk(mode: Mode): Promise<void> {
  let ended = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const session: Session = await instrumented.connect(mode, (watched) =>
    liveWith(sdk, ai, watched(factoryOf(ai))).connect({
      model: 'bench',
      config: { tools: [{ functionDeclarations: [{ name: 'look_up' }] }] },
      callbacks: {
        onmessage({ toolCall, serverContent }: LiveServerMessage) {
          const functionResponses = toolCall?.functionCalls?.map(({ id = '', name = '' }) => ({
            id,
            name,
            response: { result: 'fine' },
          }));
          if (functionResponses) session.sendToolResponse({ functionResponses });
          if (serverContent?.turnComplete) session.close();
        },
        onclose: () => ended(),
      },
    }),
  );
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
peer.disconnect();
reply(result satisfies ShortResult);
process.exit(0);
