// Some music: prompts, one of which is filtered, a configuration, playback, the end. CLIENT is an SDK, `ws` or `global`; with
// LOAD=esm the SDK is loaded as an ES module.
const { CLIENT, LOAD, URL_BASE, VERTEX, PROMPT = 'calm piano' } = process.env;
const model = 'models/lyria-realtime-exp';
const lines = [];
console.warn = () => {};

/** What the application does with each message: `session` has the methods of the SDK's. */
function listener(session) {
  let chunks = 0;
  return (message) => {
    if (message.setupComplete) {
      lines.push('setup');
      session().setWeightedPrompts({
        weightedPrompts: [
          { text: PROMPT, weight: 1 },
          { text: 'a famous singer', weight: 0.5 },
        ],
      });
      session().setMusicGenerationConfig({ musicGenerationConfig: { bpm: 90, scale: 'C_MAJOR_A_MINOR' } });
      session().play();
    }
    if (message.filteredPrompt) lines.push(`filtered ${message.filteredPrompt.filteredReason}`);
    for (const { data } of message.serverContent?.audioChunks ?? []) {
      lines.push(`audio ${Buffer.from(data, 'base64').length}`);
      chunks += 1;
      if (chunks === 3) {
        session().resetContext();
        session().pause();
        session().close();
      }
    }
  };
}

async function withSdk() {
  const { GoogleGenAI } = LOAD === 'esm' ? await import(CLIENT) : require(CLIENT);
  const httpOptions = { baseUrl: URL_BASE, apiVersion: 'v1alpha' };
  const ai = VERTEX
    ? new GoogleGenAI({ vertexai: true, project: 'p', location: 'us-central1', httpOptions })
    : new GoogleGenAI({ apiKey: 'SECRETKEY', httpOptions });
  let session;
  let closed;
  const end = new Promise((resolve) => {
    closed = resolve;
  });
  session = await ai.live.music.connect({
    model,
    callbacks: {
      onmessage: listener(() => session),
      onclose: ({ code }) => closed(code),
    },
  });
  lines.push(`close ${await end}`);
}

async function withSocket() {
  const WebSocket = CLIENT === 'ws' ? require('ws') : globalThis.WebSocket;
  const path = '/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateMusic';
  const socket = new WebSocket(`${URL_BASE.replace(/^http/, 'ws')}${path}?key=SECRETKEY`);
  const send = (message) => socket.send(JSON.stringify(message));
  const session = {
    setWeightedPrompts: (clientContent) => send({ clientContent }),
    setMusicGenerationConfig: send,
    play: () => send({ playbackControl: 'PLAY' }),
    pause: () => send({ playbackControl: 'PAUSE' }),
    resetContext: () => send({ playback_control: 'RESET_CONTEXT' }),
    close: () => socket.close(1000),
  };
  const take = listener(() => session);
  socket.onopen = () => send({ setup: { model } });
  socket.onmessage = async ({ data }) =>
    take(JSON.parse(data instanceof Blob ? await data.text() : Buffer.from(data).toString()));
  const code = await new Promise((resolve) => {
    socket.onclose = (event) => resolve(event.code);
  });
  lines.push(`close ${code}`);
}

(CLIENT === 'ws' || CLIENT === 'global' ? withSocket() : withSdk())
  .catch(({ message }) => lines.push(`error ${message}`))
  .then(() => console.log(lines.join(', ')));
