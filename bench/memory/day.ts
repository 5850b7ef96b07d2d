/** Days of a voice service in one process: sessions one after the other, or one that never ends. */
import type { Session } from '@google/genai';
import { liveWith, loadSdk, type StubbedSocket, stubbedFactory, takeAsWsDoes } from '../audio/client.ts';
import { receivedAudio, sentAudio, toFrame } from '../audio/frames.ts';
import { createInstrumented } from '../audio/instrumented.ts';
import { input, reply } from '../report/child.ts';
import { simulateTime } from './clock.ts';
import { liveBytes } from './heap.ts';

export interface DayInput {
  readonly kind: 'sessions' | 'one-session';
  /** Samples of memory, one each simulated hour. */
  readonly samples: number;
  /** Sessions, or turns of the one session, between two samples. */
  readonly perSample: number;
}

export interface DayResult {
  /** Bytes that live, by sample. */
  readonly bytes: readonly number[];
  readonly frames: number;
  readonly spans: number;
}

const hourMs = 3_600_000;
const framesPerTurn = 20;

const { kind, samples, perSample } = input<DayInput>();
const time = simulateTime();
const instrumented = createInstrumented();
const sdk = loadSdk();
const ai = new sdk.GoogleGenAI({ apiKey: 'bench' });
const sent = sentAudio(20);
const received = receivedAudio(40, 0);
const turnComplete = toFrame(
  {
    serverContent: { turnComplete: true },
    usageMetadata: { promptTokenCount: 900, responseTokenCount: 80, totalTokenCount: 980 },
  },
  2,
);
let frames = 0;
let handles = 0;
let calls = 0;

async function open(handle: string | undefined): Promise<{ session: Session; socket: StubbedSocket }> {
  let socket: StubbedSocket | undefined;
  const factory = stubbedFactory(takeAsWsDoes, (created) => {
    socket = created;
  });
  const session = await instrumented.connect('live-otel', (watched) =>
    liveWith(sdk, ai, watched(factory)).connect({
      model: 'bench',
      config: {
        tools: [{ functionDeclarations: [{ name: 'look_up' }] }],
        sessionResumption: handle === undefined ? {} : { handle },
      },
      callbacks: { onmessage() {} },
    }),
  );
  if (socket === undefined) throw new Error('The factory was not asked for a connection.');
  return { session, socket };
}

/** The user speaks, the model calls a tool and answers, a new handle comes. `ms` is how long it takes. */
function talk(session: Session, { callbacks }: StubbedSocket, ms: number): string {
  const say = (message: object) => callbacks.onmessage({ data: toFrame(message, 2) });
  for (let index = 0; index < framesPerTurn; index += 1) {
    time.advance(ms / framesPerTurn / 2);
    session.sendRealtimeInput(sent[index % sent.length] as (typeof sent)[number]);
  }
  calls += 1;
  say({
    toolCall: { functionCalls: [{ id: `call-${calls}`, name: 'look_up', args: { query: 'weather' } }] },
  });
  session.sendToolResponse({
    functionResponses: [{ id: `call-${calls}`, name: 'look_up', response: { result: 'fine' } }],
  });
  for (let index = 0; index < framesPerTurn / 2; index += 1) {
    time.advance(ms / framesPerTurn);
    callbacks.onmessage({ data: received[index % received.length] as Buffer });
  }
  if (calls % 7 === 0) say({ serverContent: { interrupted: true } });
  callbacks.onmessage({ data: turnComplete });
  handles += 1;
  const newHandle = `handle-${handles}`;
  say({ sessionResumptionUpdate: { newHandle, resumable: true } });
  frames += framesPerTurn * 1.5 + 4;
  return newHandle;
}

async function sample(): Promise<number> {
  await instrumented.flush();
  await instrumented.collectMetrics();
  // The timers that wait for late usage are real ones.
  await new Promise((resolve) => setTimeout(resolve, 600));
  return liveBytes();
}

const bytes: number[] = [];
if (kind === 'sessions') {
  const turnsPerSession = 4;
  const turnMs = hourMs / perSample / turnsPerSession;
  let handle: string | undefined;
  for (let index = 1; index <= samples * perSample; index += 1) {
    const { session, socket } = await open(index % 3 === 0 ? handle : undefined);
    for (let turn = 0; turn < turnsPerSession; turn += 1) handle = talk(session, socket, turnMs);
    // Every other one dies, some with a tool call left open.
    if (index % 2 === 0) session.close();
    else
      socket.callbacks.onclose({
        code: index % 4 === 1 ? 1011 : 1008,
        reason: 'The service failed.',
        wasClean: true,
      });
    await new Promise(setImmediate);
    if (index % perSample === 0) bytes.push(await sample());
  }
} else {
  const { session, socket } = await open(undefined);
  const turnMs = hourMs / perSample;
  for (let index = 1; index <= samples * perSample; index += 1) {
    talk(session, socket, turnMs);
    await new Promise(setImmediate);
    if (index % perSample === 0) bytes.push(await sample());
  }
  session.close();
}
await instrumented.flush();
reply({ bytes, frames, spans: instrumented.exported() } satisfies DayResult);
process.exit(0);
