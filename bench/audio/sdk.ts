/** Real sessions of the SDK with a socket that takes and gives frames without any work of its own. */
import { input, reply } from '../report/child.ts';
import { liveWith, loadSdk, type Mode, type StubbedSocket, stubbedFactory, takeAsWsDoes } from './client.ts';
import { receivedAudio, receivedShapes, sentAudio, sentShapes } from './frames.ts';
import { createInstrumented } from './instrumented.ts';
import { alternate, type Rounds } from './rounds.ts';

const { rounds } = input<{ rounds: number }>();
const instrumented = createInstrumented();
const sdk = loadSdk();
const ai = new sdk.GoogleGenAI({ apiKey: 'bench' });
const framesPerRound = 1_000;
const results: Record<string, Rounds> = {};
let consumed = 0;

async function open(mode: Mode) {
  let socket: StubbedSocket | undefined;
  const factory = stubbedFactory(takeAsWsDoes, (created) => {
    socket = created;
  });
  const session = await instrumented.connect(mode, (watched) =>
    liveWith(sdk, ai, watched(factory)).connect({
      model: 'bench',
      callbacks: {
        onmessage(message) {
          consumed += message.serverContent?.modelTurn?.parts?.[0]?.inlineData?.data?.length ?? 0;
        },
      },
    }),
  );
  if (socket === undefined) throw new Error('The factory was not asked for a connection.');
  return { session, socket };
}

const sessions = {
  none: await open('none'),
  'live-otel': await open('live-otel'),
  'span-per-message': await open('span-per-message'),
};

for (const { name, ms } of sentShapes) {
  const frames = sentAudio(ms);
  results[`sent ${name}`] = await alternate(rounds, 3, (mode) => {
    const { session } = sessions[mode];
    return {
      frames: framesPerRound,
      run() {
        for (let index = 0; index < framesPerRound; index += 1) {
          session.sendRealtimeInput(frames[index % frames.length] as (typeof frames)[number]);
        }
        return mode === 'span-per-message' ? instrumented.flush() : undefined;
      },
    };
  });
}
for (const { name, ms, indent } of receivedShapes) {
  const frames = receivedAudio(ms, indent);
  results[`received ${name}`] = await alternate(rounds, 3, (mode) => {
    const { callbacks } = sessions[mode].socket;
    return {
      frames: framesPerRound,
      run() {
        for (let index = 0; index < framesPerRound; index += 1) {
          callbacks.onmessage({ data: frames[index % frames.length] as Buffer });
        }
        return mode === 'span-per-message' ? instrumented.flush() : undefined;
      },
    };
  });
}

const before = instrumented.exported();
sessions['live-otel'].session.close();
await instrumented.flush();
if (instrumented.exported() <= before || consumed === 0) throw new Error('The session was not recorded.');
reply(results);
process.exit(0);
