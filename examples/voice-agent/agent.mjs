/**
 * A voice agent for a restaurant on the Gemini Live API.
 *
 *   GEMINI_API_KEY=… node agent.mjs --conversations 2 --utterances 3 --pause 5
 *
 * With --written the guests write instead of speaking, and nothing is sent while they wait. With --every 25 each line takes
 * its next call 25 seconds after the last, or when that is over.
 * GEMINI_BASE_URL leads elsewhere than to the service; TIME_SCALE lets time pass faster.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GoogleGenAI, Modality } from '@google/genai';
import { createPlayer, startMicrophone } from './audio.mjs';
import { functionDeclarations, runTool } from './tools.mjs';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '2' },
    every: { type: 'string', default: '0' },
    utterances: { type: 'string', default: '2' },
    pause: { type: 'string', default: '2' },
    'chunk-ms': { type: 'string', default: '100' },
    written: { type: 'boolean', default: false },
    'setup-timeout': { type: 'string', default: '30' },
    'answer-timeout': { type: 'string', default: '60' },
  },
});
const timeScale = Number(process.env.TIME_SCALE ?? 1);
const model = process.env.GEMINI_MODEL ?? 'gemini-2.5-flash-native-audio-preview-12-2025';
const setupTimeoutMs = Number(values['setup-timeout']) * 1_000;
const answerTimeoutMs = Number(values['answer-timeout']) * 1_000;
const maximumReconnects = 2;

const ai = new GoogleGenAI({
  apiKey: process.env.GEMINI_API_KEY,
  httpOptions: { baseUrl: process.env.GEMINI_BASE_URL },
});

/** One guest: speaks, listens, speaks again; survives a lost connection where the service gave a handle. */
async function converse(name) {
  const guest = { left: Number(values.utterances), handle: undefined, player: createPlayer() };
  for (let connects = 0; connects <= maximumReconnects; connects += 1) {
    const end = await talk(guest);
    const heard = `${(guest.player.playedMs / 1_000).toFixed(1)} s of audio heard so far`;
    if (end === 'done') return log(name, `hangs up satisfied; ${heard}`);
    const again = guest.handle && connects < maximumReconnects;
    log(name, `${end}; ${heard}; ${again ? 'reconnects' : 'gives up'}`);
    if (!again) return;
  }
}

/** One connection; resolves to how it ended. */
async function talk(guest) {
  const end = Promise.withResolvers();
  const running = new Map();
  let session;
  let microphone;
  let patience;
  // A 2.x model ends its turn with a tool call, a 3.x model goes on behind it: the guest waits for the answer of either.
  let owesAnswer = false;

  function nextUtterance() {
    clearTimeout(patience);
    patience = setTimeout(() => end.resolve('no answer'), answerTimeoutMs / timeScale);
    if (values.written) session.sendClientContent({ turns: 'A question about your menu, please.' });
    else microphone.say(1_500);
  }

  async function answer(functionCalls) {
    const functionResponses = await Promise.all(
      functionCalls.map(async (call) => {
        const cancel = new AbortController();
        running.set(call.id, cancel);
        const response = await runTool(call, cancel.signal);
        running.delete(call.id);
        return { id: call.id, name: call.name, response, cancelled: cancel.signal.aborted };
      }),
    );
    const wanted = functionResponses
      .filter(({ cancelled }) => !cancelled)
      .map(({ cancelled, ...rest }) => rest);
    if (wanted.length > 0) session.sendToolResponse({ functionResponses: wanted });
  }

  async function onTurnComplete() {
    if (owesAnswer) return;
    clearTimeout(patience);
    guest.left -= 1;
    if (guest.left <= 0) return end.resolve('done');
    await sleep((Number(values.pause) * 1_000) / timeScale);
    nextUtterance();
  }

  function onmessage(message) {
    const content = message.serverContent;
    for (const part of content?.modelTurn?.parts ?? []) {
      if (part.inlineData?.data) guest.player.play(part.inlineData.data);
      owesAnswer = false;
    }
    if (content?.interrupted) guest.player.flush();
    if (message.toolCall?.functionCalls) {
      owesAnswer = true;
      void answer(message.toolCall.functionCalls);
    }
    for (const id of message.toolCallCancellation?.ids ?? []) running.get(id)?.abort();
    if (message.sessionResumptionUpdate?.resumable) guest.handle = message.sessionResumptionUpdate.newHandle;
    if (message.goAway) end.resolve(`the service goes away in ${message.goAway.timeLeft}`);
    if (content?.turnComplete) void onTurnComplete();
  }

  const connecting = ai.live.connect({
    model,
    config: {
      responseModalities: [Modality.AUDIO],
      systemInstruction: 'You answer the telephone of a restaurant. Use the functions; be brief.',
      tools: [{ functionDeclarations }],
      inputAudioTranscription: {},
      outputAudioTranscription: {},
      sessionResumption: guest.handle ? { handle: guest.handle } : {},
    },
    callbacks: {
      onmessage,
      onerror: () => undefined,
      onclose: ({ code, reason }) => end.resolve(`connection lost: ${code} ${reason}`.trim()),
    },
  });
  // Some versions reject when the socket closes during the setup, others leave that to `onclose`.
  connecting.catch((error) => end.resolve(`not connected: ${error.message}`));
  const timeout = sleep(setupTimeoutMs / timeScale).then(() => undefined);
  session = await Promise.race([
    connecting.catch(() => undefined),
    end.promise.then(() => undefined),
    timeout,
  ]);
  if (!session) {
    end.resolve('not connected: no answer to the setup');
    // Until then nobody has the connection to close it: one that is never answered stays open until the service ends it.
    connecting.then(
      (late) => late.close(),
      () => undefined,
    );
    return end.promise;
  }

  if (!values.written) {
    microphone = startMicrophone({
      chunkMs: Number(values['chunk-ms']),
      timeScale,
      send: (data) => session.sendRealtimeInput({ audio: { data, mimeType: 'audio/pcm;rate=16000' } }),
    });
  }
  nextUtterance();
  const why = await end.promise;
  clearTimeout(patience);
  microphone?.stop();
  for (const cancel of running.values()) cancel.abort();
  session.close();
  return why;
}

function log(name, text) {
  console.log(`${name}: ${text}`);
}

const conversations = Number(values.conversations);
let calls = 0;

async function takeCalls() {
  while (calls < conversations) {
    calls += 1;
    const next = sleep((Number(values.every) * 1_000) / timeScale);
    await converse(`guest ${calls}`);
    if (calls < conversations) await next;
  }
}

const lines = Math.min(Number(values.parallel), conversations);
await Promise.all(Array.from({ length: lines }, takeCalls));
process.exit(0);
