/** Opens many sessions and leaves them: what each of them holds. */
import { liveWith, loadSdk, type StubbedSocket, stubbedFactory, takeAsWsDoes } from '../audio/client.ts';
import { receivedAudio, sentAudio } from '../audio/frames.ts';
import { createInstrumented } from '../audio/instrumented.ts';
import { input, reply } from '../report/child.ts';
import { liveBytes } from './heap.ts';

export interface IdleInput {
  readonly mode: 'none' | 'live-otel';
  readonly sessions: number;
}

export interface IdleResult {
  /** Bytes per session after the setup. */
  readonly open: number;
  /** The same after 64 frames of audio each: the flight recorder is full. */
  readonly talked: number;
}

const { mode, sessions: count } = input<IdleInput>();
const instrumented = createInstrumented();
const sdk = loadSdk();
const ai = new sdk.GoogleGenAI({ apiKey: 'bench' });
const sockets: StubbedSocket[] = [];
const factory = stubbedFactory(takeAsWsDoes, (socket) => sockets.push(socket));

// One client for all, as applications have it.
const live = liveWith(sdk, ai, factory);
const open = () =>
  instrumented.connect(mode, () => live.connect({ model: 'bench', callbacks: { onmessage() {} } }));
// What is made once stays out of the figures.
(await open()).close();
const sessions = new Array<Awaited<ReturnType<typeof open>>>(count);
sockets.length = 0;
const before = await liveBytes();
for (let index = 0; index < count; index += 1) sessions[index] = await open();
const opened = await liveBytes();
const [sent] = sentAudio(20);
const [received] = receivedAudio(40, 0);
if (sent === undefined || received === undefined) throw new Error('There are no frames.');
for (let index = 0; index < count; index += 1) {
  for (let frame = 0; frame < 32; frame += 1) {
    sessions[index]?.sendRealtimeInput(sent);
    sockets[index]?.callbacks.onmessage({ data: received });
  }
}
const talked = await liveBytes();
reply({ open: (opened - before) / count, talked: (talked - before) / count } satisfies IdleResult);
process.exit(0);
