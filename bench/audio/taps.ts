/**
 * The taps alone: the connection and the callbacks that the SDK would get, with nothing behind them. What remains
 * without instrumentation is the loop. `cold` times single calls, see cold.ts.
 */
import { input, reply } from '../report/child.ts';
import {
  type Connection,
  type Factory,
  type Mode,
  type StubbedSocket,
  stubbedFactory,
  takeAsWsDoes,
} from './client.ts';
import { alternateCold } from './cold.ts';
import { receivedAudio, receivedShapes, sentShapes, sentText, toFrame } from './frames.ts';
import { createInstrumented } from './instrumented.ts';
import { alternate, type Rounds } from './rounds.ts';

const { rounds, cold = false } = input<{ rounds: number; cold?: boolean }>();
const instrumented = createInstrumented();

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

async function open(mode: Mode): Promise<{ connection: Connection; socket: StubbedSocket }> {
  let socket: StubbedSocket | undefined;
  const factory = stubbedFactory(
    (message) => message.length,
    (created) => {
      socket = created;
    },
  );
  const onmessage = (event: { data: Buffer }): void => {
    consumed += event.data.length;
  };
  const connection = await instrumented.connect(mode, (watched) =>
    new Live(watched(factory)).connect({ onmessage }),
  );
  if (socket === undefined) throw new Error('The factory was not asked for a connection.');
  connection.send(JSON.stringify({ setup: { model: 'models/bench' } }));
  await new Promise(setImmediate);
  return { connection, socket };
}

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
  const frames = receivedAudio(ms, indent);
  if (cold) {
    results[`received ${name}`] = await alternateCold(rounds, (mode, index) =>
      sessions[mode].socket.callbacks.onmessage({ data: frames[index % frames.length] as Buffer }),
    );
    continue;
  }
  results[`received ${name}`] = await alternate(rounds, 3, (mode) => {
    const { callbacks } = sessions[mode].socket;
    const count = iterations[mode];
    return {
      frames: count,
      run() {
        for (let index = 0; index < count; index += 1) {
          callbacks.onmessage({ data: frames[index % frames.length] as Buffer });
        }
        return mode === 'span-per-message' ? instrumented.flush() : undefined;
      },
    };
  });
}

const before = instrumented.exported();
sessions['live-otel'].socket.callbacks.onmessage({
  data: toFrame({ serverContent: { turnComplete: true } }, 2),
});
sessions['live-otel'].connection.close();
await instrumented.flush();
if (instrumented.exported() <= before || consumed === 0) throw new Error('The session was not recorded.');
reply(results);
process.exit(0);
