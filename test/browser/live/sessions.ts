/** Sessions that a page and a Node.js process both hold in the same way, so that what is recorded of them can be compared. */
import type * as GenAi from '@google/genai/web';

/** Where the simulator of each session listens, by the session's name. */
export type Addresses = Readonly<Record<SessionName, string>>;
export type SessionName = (typeof sessionNames)[number];

/** In the order in which they are held, one after the other. */
export const sessionNames = [
  'talk',
  'resumed',
  'refused response',
  'internal error',
  'rejected setup',
  'broken line',
  'nobody there',
  'music',
  'silence',
] as const;

interface Message {
  readonly setupComplete?: object;
  readonly toolCall?: {
    readonly functionCalls?: readonly { readonly id?: string; readonly name?: string }[];
  };
  readonly serverContent?: { readonly turnComplete?: boolean; readonly audioChunks?: readonly object[] };
  readonly sessionResumptionUpdate?: { readonly newHandle?: string };
}

/** What a session of the page does, whatever it speaks through. */
interface Line {
  audio(data: string): void;
  ask(text: string): void;
  respond(id: string | undefined, name: string | undefined): void;
  close(): void;
}

interface Opening {
  readonly address: string;
  readonly handle?: string;
  heard(message: Message, line: Line): void;
  ended(): void;
}

/** What plays music. */
interface Player {
  prompt(text: string): void;
  play(): void;
  close(): void;
}

interface Playing {
  readonly address: string;
  heard(message: Message, player: Player): void;
  ended(): void;
}

/** Both resolve, or reject, when it is settled whether there is a session. */
interface Client {
  open(opening: Opening): Promise<void>;
  play(playing: Playing): Promise<void>;
}

const model = 'gemini-live-2.5-flash-preview';
const musicModel = 'models/lyria-realtime-exp';
const tool = { name: 'get_weather', description: 'The weather.' };
const settlingMs = 100;
/** 100 ms, silent. */
const silence = btoa('\0'.repeat(3_200));

export async function holdSessions(addresses: Addresses, client: Client): Promise<void> {
  let handle: string | undefined;
  for (const name of sessionNames) {
    await new Promise<void>((ended) => {
      if (name === 'music') {
        playMusic(client, { address: addresses.music, ended });
        return;
      }
      let [turns, handles] = [0, 0];
      const heard = (message: Message, line: Line): void => {
        const next = message.sessionResumptionUpdate?.newHandle;
        if (next !== undefined && next !== '') {
          handle = next;
          handles += 1;
        }
        if (message.serverContent?.turnComplete) turns += 1;
        // The last handle comes after the last turn.
        const over = name === 'talk' ? turns === 2 && handles === 3 : turns === 1;
        // Whatever else the service says now has been heard by then, in a page and in Node.js.
        setTimeout(() => {
          if (message.setupComplete) {
            for (let frame = 0; frame < 3; frame += 1) line.audio(silence);
            line.ask('The first question?');
          }
          for (const { id, name: called } of message.toolCall?.functionCalls ?? []) line.respond(id, called);
          if (message.serverContent?.turnComplete && !over && turns === 1) line.ask('And the second?');
          if (over) line.close();
        }, settlingMs);
      };
      const opening = { address: addresses[name], heard, ended };
      client
        .open(name === 'resumed' && handle !== undefined ? { ...opening, handle } : opening)
        .catch(() => setTimeout(ended, settlingMs));
    });
  }
}

function playMusic(client: Client, known: Omit<Playing, 'heard'>): void {
  let chunks = 0;
  client
    .play({
      ...known,
      heard({ setupComplete, serverContent }, player) {
        if (setupComplete) {
          player.prompt('calm piano');
          player.play();
        }
        chunks += serverContent?.audioChunks?.length ?? 0;
        if (chunks === 2) player.close();
      },
    })
    .catch(() => known.ended());
}

/** Through the SDK, in the build of it that is given. */
export function throughSdk({
  GoogleGenAI,
  Modality,
}: Pick<typeof GenAi, 'GoogleGenAI' | 'Modality'>): Client {
  const open: Client['open'] = async ({ address, handle, heard, ended }) => {
    const ai = new GoogleGenAI({ apiKey: 'AIzaSecretKey', httpOptions: { baseUrl: address } });
    let session: GenAi.Session | undefined;
    const waiting: Message[] = [];
    const line: Line = {
      audio: (data) => session?.sendRealtimeInput({ audio: { data, mimeType: 'audio/pcm;rate=16000' } }),
      ask: (text) => session?.sendClientContent({ turns: text, turnComplete: true }),
      respond: (id, name) => {
        const known = { ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
        session?.sendToolResponse({ functionResponses: [{ ...known, response: { output: 'sunny' } }] });
      },
      close: () => session?.close(),
    };
    session = await ai.live.connect({
      model,
      config: {
        responseModalities: [Modality.AUDIO],
        tools: [{ functionDeclarations: [tool] }],
        sessionResumption: handle === undefined ? {} : { handle },
      },
      callbacks: {
        onmessage: (message) => {
          if (session === undefined) waiting.push(message as Message);
          else heard(message as Message, line);
        },
        onclose: () => ended(),
      },
    });
    for (const message of waiting) heard(message, line);
  };
  const play: Client['play'] = async ({ address, heard, ended }) => {
    const httpOptions = { baseUrl: address, apiVersion: 'v1alpha' };
    const ai = new GoogleGenAI({ apiKey: 'AIzaSecretKey', httpOptions });
    let session: GenAi.LiveMusicSession | undefined;
    const player: Player = {
      prompt: (text) => void session?.setWeightedPrompts({ weightedPrompts: [{ text, weight: 1 }] }),
      play: () => session?.play(),
      close: () => session?.close(),
    };
    session = await ai.live.music.connect({
      model: musicModel,
      callbacks: { onmessage: (message) => heard(message as Message, player), onclose: () => ended() },
    });
  };
  return { open, play };
}

/** Through the `WebSocket` that a page and Node.js both have. */
export const throughSocket: Client = {
  open({ address, handle, heard, ended }) {
    const { socket, send } = dial(`${address}/ws/${service('v1beta')}.BidiGenerateContent`);
    const line: Line = {
      audio: (data) => send({ realtimeInput: { audio: { data, mimeType: 'audio/pcm;rate=16000' } } }),
      ask: (text) =>
        send({ clientContent: { turns: [{ role: 'user', parts: [{ text }] }], turnComplete: true } }),
      respond: (id, name) =>
        send({ toolResponse: { functionResponses: [{ id, name, response: { output: 'sunny' } }] } }),
      close: () => socket.close(1000),
    };
    socket.onopen = () =>
      send({
        setup: {
          model: `models/${model}`,
          generationConfig: { responseModalities: ['AUDIO'] },
          tools: [{ functionDeclarations: [tool] }],
          sessionResumption: handle === undefined ? {} : { handle },
        },
      });
    listen(socket, (message) => heard(message, line), ended);
    return Promise.resolve();
  },
  play({ address, heard, ended }) {
    const { socket, send } = dial(`${address}/ws/${service('v1alpha')}.BidiGenerateMusic`);
    const player: Player = {
      prompt: (text) => send({ clientContent: { weightedPrompts: [{ text, weight: 1 }] } }),
      play: () => send({ playbackControl: 'PLAY' }),
      close: () => socket.close(1000),
    };
    socket.onopen = () => send({ setup: { model: musicModel } });
    listen(socket, (message) => heard(message, player), ended);
    return Promise.resolve();
  },
};

const service = (version: string) => `google.ai.generativelanguage.${version}.GenerativeService`;

function dial(url: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}?key=AIzaSecretKey`);
  return { socket, send: (message: object): void => socket.send(JSON.stringify(message)) };
}

/** Frames come as Blobs. */
function listen(socket: WebSocket, heard: (message: Message) => void, ended: () => void): void {
  let reading: Promise<unknown> = Promise.resolve();
  socket.onmessage = ({ data }: MessageEvent<Blob | string>) => {
    reading = reading
      .then(() => (typeof data === 'string' ? data : data.text()))
      .then((text) => heard(JSON.parse(text)));
  };
  socket.onclose = () => ended();
}
