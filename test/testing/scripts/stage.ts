import { afterEach } from 'vitest';
import type { WebSocket as Socket } from 'ws';
import { WebSocket } from 'ws';
import type { Script, SimulatorOptions } from '../../../src/testing/index.ts';
import { LiveServerSimulator } from '../../../src/testing/index.ts';
import type { Application, ConnectOptions } from '../client.ts';
import { application, userTurn, weatherTools } from '../client.ts';

const open: LiveServerSimulator[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

/** A simulator that runs until the test is over. */
export async function simulate(
  script: Script,
  options: Omit<SimulatorOptions, 'script'> = {},
): Promise<LiveServerSimulator> {
  const simulator = await LiveServerSimulator.start({ script, timeScale: 50, ...options });
  open.push(simulator);
  return simulator;
}

/** An application with tools that said hello. */
export async function talk(
  simulator: LiveServerSimulator,
  options: ConnectOptions = {},
): Promise<Application> {
  const app = application(simulator.url, { config: { tools: weatherTools }, ...options });
  (await app.connected).sendClientContent(userTurn);
  return app;
}

/** An application that resumes from this handle, or with an empty one asks for handles. */
export function resuming(simulator: LiveServerSimulator, handle?: string): Application {
  return application(simulator.url, {
    config: { sessionResumption: handle === undefined ? {} : { handle }, inputAudioTranscription: {} },
  });
}

/** A handle of a session of this simulator, which is closed again unless it is to stay open. */
export async function issueHandle(simulator: LiveServerSimulator, keepOpen = false): Promise<string> {
  const app = resuming(simulator);
  const session = await app.connected;
  const simulated = simulator.sessions.at(-1);
  const update = await app.seen((message) => message.sessionResumptionUpdate?.newHandle);
  if (!keepOpen) {
    session.close();
    await simulated?.closed;
  }
  return update.sessionResumptionUpdate?.newHandle ?? '';
}

export const turnComplete = (message: { serverContent?: { turnComplete?: boolean } }) =>
  message.serverContent?.turnComplete;

/** 100 ms of silence; `pcm` for other audio. */
export function audio(pcm: Buffer = Buffer.alloc(3_200)): object {
  return { audio: { data: pcm.toString('base64'), mimeType: 'audio/pcm;rate=16000' } };
}

export const image = { video: { data: 'AAAA', mimeType: 'image/jpeg' } };

/** A client without a library, for what the library does not do: pings, a second setup. */
export async function rawClient(simulator: LiveServerSimulator): Promise<Socket> {
  const socket = new WebSocket(simulator.url.replace('http', 'ws'));
  sockets.push(socket);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('open', resolve));
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ setup: { model: 'models/gemini-live-2.5-flash-preview' } }));
  await answered;
  return socket;
}
