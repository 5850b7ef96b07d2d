/**
 * The taps alone: the connection and the callbacks that the SDK would get, with nothing behind them, or a socket that no
 * longer sends what it is given. What remains without instrumentation is the loop, and what the socket does with an
 * event. `cold` times single calls, see cold.ts.
 */

import { input, reply } from '../report/child.ts';
import { type Connection, type Factory, type Mode, stubbedFactory, takeAsWsDoes } from './client.ts';
import { alternateCold } from './cold.ts';
import { receivedAudio, receivedShapes, sentShapes, sentText, toFrame } from './frames.ts';
import { createInstrumented } from './instrumented.ts';
import type { Client } from './raw.ts';
import { alternate, type Rounds } from './rounds.ts';

const { rounds, cold = false, client = 'sdk' } = input<{ rounds: number; cold?: boolean; client?: Client }>();
const instrumented = createInstrumented();
// It speaks of the Live API, as an application does that is loaded later: the global WebSocket is watched from then on.
const raw = await import('./raw.ts');

/** As much of the SDK's `Live` as the taps touch. */
class Live {
  readonly webSocketFactory: Factory;
  constructor(factory: Factory) {
    this.webSocketFactory = factory;
  }
  async connect(callbacks: { onmessage: (event: { data: Buffer }) => void }): Promise<Connection> {
    const connection = this.webSocketFactory.create(
      'ws://localhost',
      {},
      { onopen() {}, onerror() {}, onclose() {}, ...callbacks },
    );
    connection.connect();
    return connection;
  }
}
instrumented.instrumentation.instrument({ Live });

const iterations: Readonly<Record<Mode, number>> = {
  none: 20_000,
  'live-otel': 20_000,
  'span-per-message': 1_000,
};
const results: Record<string, Rounds> = {};
let consumed = 0;

interface Opened {
  readonly connection: Connection;
  deliver(data: Buffer | MessageEvent): void;
}

const onmessage = (event: { data: Buffer }): void => {
  consumed += event.data.length;
};

async function openStubbed(mode: Mode): Promise<Opened> {
  let deliver: Opened['deliver'] | undefined;
  const factory = stubbedFactory(
    (message) => message.length,
    ({ callbacks }) => {
      deliver = (data) => callbacks.onmessage({ data: data as Buffer });
    },
  );
  const connection = await instrumented.connect(mode, (watched) =>
    new Live(watched(factory)).connect({ onmessage }),
  );
  if (deliver === undefined) throw new Error('The factory was not asked for a connection.');
  connection.send(setup);
  await new Promise(setImmediate);
  return { connection, deliver };
}

const setup = JSON.stringify({ setup: { model: 'models/bench' } });
const service = client === 'sdk' ? undefined : await raw.startPeer();

async function openRaw(kind: Exclude<Client, 'sdk'>, mode: Mode): Promise<Opened> {
  const made = await raw.openRaw(instrumented, mode, kind, service?.url ?? '', onmessage);
  made.raw.hush();
  return { connection: made.connection, deliver: (data) => made.raw.deliver(data) };
}

const open = (mode: Mode): Promise<Opened> => (client === 'sdk' ? openStubbed(mode) : openRaw(client, mode));

const sessions = {
  none: await open('none'),
  'live-otel': await open('live-otel'),
  'span-per-message': await open('span-per-message'),
};

for (const { name, ms } of sentShapes) {
  const frames = sentText(ms);
  for (const frame of frames) takeAsWsDoes(frame);
  if (cold) {
    results[`sent ${name}`] = await alternateCold(rounds, (mode, index) =>
      sessions[mode].connection.send(frames[index % frames.length] as string),
    );
    continue;
  }
  results[`sent ${name}`] = await alternate(rounds, 3, (mode) => {
    const { connection } = sessions[mode];
    const count = iterations[mode];
    return {
      frames: count,
      run() {
        for (let index = 0; index < count; index += 1)
          connection.send(frames[index % frames.length] as string);
        return mode === 'span-per-message' ? instrumented.flush() : undefined;
      },
    };
  });
}
for (const { name, ms, indent } of receivedShapes) {
  const frames = receivedAudio(ms, indent).map((frame) =>
    client === 'sdk' ? frame : raw.delivered(client, frame),
  );
  if (cold) {
    results[`received ${name}`] = await alternateCold(rounds, (mode, index) =>
      sessions[mode].deliver(frames[index % frames.length] as Buffer),
    );
    continue;
  }
  results[`received ${name}`] = await alternate(rounds, 3, (mode) => {
    const session = sessions[mode];
    const count = iterations[mode];
    return {
      frames: count,
      run() {
        for (let index = 0; index < count; index += 1) {
          session.deliver(frames[index % frames.length] as Buffer);
        }
        return mode === 'span-per-message' ? instrumented.flush() : undefined;
      },
    };
  });
}

const before = instrumented.exported();
const turnComplete = toFrame({ serverContent: { turnComplete: true } }, 2);
sessions['live-otel'].deliver(client === 'sdk' ? turnComplete : raw.delivered(client, turnComplete));
sessions['live-otel'].connection.close();
// The socket of one without a stand-in closes when the service has answered.
if (service !== undefined) await new Promise((resolve) => setTimeout(resolve, 500));
await instrumented.flush();
if (instrumented.exported() <= before || consumed === 0) throw new Error('The session was not recorded.');
reply(results);
process.exit(0);
