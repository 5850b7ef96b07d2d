/** So many sessions at once, of one instrumentation, over sockets on the loopback interface. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LiveServerMessage, Session } from '@google/genai';
import { factoryOf, liveWith, loadSdk, type Mode } from '../audio/client.ts';
import { sentAudio } from '../audio/frames.ts';
import { createInstrumented } from '../audio/instrumented.ts';
import { liveBytes } from '../memory/heap.ts';
import { input, reply } from '../report/child.ts';
import { frameMs } from './talk.ts';

export interface ServiceInput {
  readonly mode: Mode;
  readonly sessions: number;
  readonly seconds: number;
}

export interface ServiceResult {
  /** Cores: seconds of CPU a second, of all threads. */
  readonly cores: number;
  /** That live after a collection. */
  readonly bytes: number;
  /** Of OTLP, a second. */
  readonly telemetry: number;
  readonly spans: number;
}

const { mode, sessions: count, seconds } = input<ServiceInput>();
const instrumented = createInstrumented({ serialize: true });
const sdk = loadSdk();
const peer = fork(fileURLToPath(new URL('./peer.ts', import.meta.url)), { execArgv: [] });
const [port] = (await once(peer, 'message')) as [number];
const ai = new sdk.GoogleGenAI({
  apiKey: 'bench',
  httpOptions: { baseUrl: `http://127.0.0.1:${port}` },
});

const open = async (): Promise<Session> => {
  const session: Session = await instrumented.connect(mode, (watched) =>
    liveWith(sdk, ai, watched(factoryOf(ai))).connect({
      model: 'bench',
      config: { tools: [{ functionDeclarations: [{ name: 'look_up' }] }] },
      callbacks: {
        onmessage({ toolCall }: LiveServerMessage) {
          const functionResponses = toolCall?.functionCalls?.map(({ id = '', name = '' }) => ({
            id,
            name,
            response: { result: 'fine' },
          }));
          if (functionResponses) session.sendToolResponse({ functionResponses });
        },
      },
    }),
  );
  return session;
};

const before = await liveBytes();
const sessions: Session[] = [];
for (let index = 0; index < count; index += 1) sessions.push(await open());
const audio = sentAudio(frameMs);
const steps = 10;
let step = 0;
const talking = setInterval(() => {
  step += 1;
  for (let index = step % steps; index < count; index += steps) {
    sessions[index]?.sendRealtimeInput(audio[step % audio.length] as (typeof audio)[number]);
  }
}, frameMs / steps);
// Code is compiled, buffers have their size.
await sleep(seconds * 250);
await instrumented.flush();
const [bytesBefore, spansBefore] = [instrumented.bytes(), instrumented.exported()];
const cpu = process.cpuUsage();
const from = performance.now();
await sleep(seconds * 1_000);
const { user, system } = process.cpuUsage(cpu);
const lasted = (performance.now() - from) / 1_000;
await instrumented.flush();
const result: ServiceResult = {
  cores: (user + system) / 1e6 / lasted,
  telemetry: (instrumented.bytes() - bytesBefore) / lasted,
  spans: (instrumented.exported() - spansBefore) / lasted,
  bytes: (await liveBytes()) - before,
};
clearInterval(talking);
peer.disconnect();
reply(result);
process.exit(0);
