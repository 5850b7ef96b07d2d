/** The whole audio path: the real client, or an application without one, a real socket on the loopback interface, the service in another process. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { input, reply } from '../report/child.ts';
import { factoryOf, liveWith, loadSdk, type Mode } from './client.ts';
import { receivedShapes, type SentAudio, sentAudio, sentShapes } from './frames.ts';
import { createInstrumented } from './instrumented.ts';
import type { Order } from './peer.ts';
import type { Client } from './raw.ts';
import { alternate, type Rounds } from './rounds.ts';

/** Rounds until the sessions are opened anew, lest one of them owe its figures to where its memory lies. */
const roundsPerSession = 10;

const {
  rounds,
  framesPerRound,
  spaced,
  client = 'sdk',
} = input<{
  rounds: number;
  framesPerRound: number;
  spaced: boolean;
  client?: Client;
}>();
/** Spaced: both ends sleep between frames, as with one microphone. Else as in a process with hundreds of sessions. */
const pause = (): Promise<unknown> => (spaced ? sleep(1) : new Promise(setImmediate));
const instrumented = createInstrumented();
const sdk = loadSdk();

// It speaks of the Live API, as an application does that is loaded later: the global WebSocket is watched from then on.
const raw = await import('./raw.ts');
const { peer, url } = await raw.startPeer();
const order = (message: Order): void => void peer.send(message);
const ai = new sdk.GoogleGenAI({
  apiKey: 'bench',
  httpOptions: { baseUrl: url },
});

/** What is done with a session, whatever it was opened with. */
interface Opened {
  sendRealtimeInput(frame: SentAudio): void;
  close(): void;
}

async function openWith(mode: Mode, onmessage: () => void): Promise<Opened> {
  if (client === 'sdk') {
    return instrumented.connect(mode, (watched) =>
      liveWith(sdk, ai, watched(factoryOf(ai))).connect({ model: 'bench', callbacks: { onmessage } }),
    );
  }
  const { connection } = await raw.openRaw(instrumented, mode, client, url, ({ data }) => {
    JSON.parse(data.toString());
    onmessage();
  });
  return {
    sendRealtimeInput: (realtimeInput) => connection.send(JSON.stringify({ realtimeInput })),
    close: () => connection.close(),
  };
}

let opened = 0;
async function open(mode: Mode) {
  let remaining = 0;
  let resolve = (): void => {};
  const session = await openWith(mode, () => {
    remaining -= 1;
    if (remaining === 0) resolve();
  });
  const socket = opened++;
  return {
    session,
    socket,
    /** Resolves when so many frames have come. */
    receives: (frames: number): Promise<void> => {
      remaining = frames;
      return new Promise((done) => {
        resolve = done;
      });
    },
  };
}

type Sessions = Record<Mode, Awaited<ReturnType<typeof open>>>;
type Measure = (session: Sessions[Mode]) => Promise<void>;

const measures = new Map<string, Measure>();
for (const { name, ms } of sentShapes) {
  const frames = sentAudio(ms);
  measures.set(`sent ${name}`, async ({ session, socket }) => {
    order({ type: 'count', socket, frames: framesPerRound });
    const counted = once(peer, 'message');
    for (let index = 0; index < framesPerRound; index += 1) {
      session.sendRealtimeInput(frames[index % frames.length] as (typeof frames)[number]);
      await pause();
    }
    await counted;
  });
}
for (const [shape, { name }] of receivedShapes.entries()) {
  measures.set(`received ${name}`, async ({ socket, receives }) => {
    const received = receives(framesPerRound);
    order({ type: 'send', socket, frames: framesPerRound, shape, spaced });
    await received;
  });
}

const results: Record<string, Rounds> = {};
for (let done = 0; done < rounds; done += roundsPerSession) {
  const sessions: Sessions = {
    none: await open('none'),
    'live-otel': await open('live-otel'),
    'span-per-message': await open('span-per-message'),
  };
  for (const [name, measure] of measures) {
    const some = await alternate(Math.min(roundsPerSession, rounds), done === 0 ? 3 : 1, (mode) => ({
      frames: framesPerRound,
      async run() {
        await measure(sessions[mode]);
        if (mode === 'span-per-message') await instrumented.flush();
      },
    }));
    const all = results[name] ?? { none: [], 'live-otel': [], 'span-per-message': [] };
    for (const mode of Object.keys(all) as Mode[]) all[mode].push(...some[mode]);
    results[name] = all;
  }
  for (const { session } of Object.values(sessions)) session.close();
}

await instrumented.flush();
if (instrumented.exported() === 0) throw new Error('No session was recorded.');
peer.disconnect();
reply(results);
process.exit(0);
