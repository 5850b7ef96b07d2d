import { silence, speechBase64 } from '../../../src/testing/audio.ts';
import type { JsonObject } from '../../../src/testing/json.ts';
import type { Wire } from './wire.ts';

/** How the service shows that it hears the user. */
export interface Hearing {
  /** Transcriptions of the user: in pieces while the user speaks, one for each utterance behind it, or none. */
  readonly transcription: 'pieces' | 'utterances' | 'none';
  /** The last piece is marked `finished`. */
  readonly finished?: boolean;
  /** `voiceActivity` events. */
  readonly vad?: boolean;
}

const audioPart = (data: string): JsonObject => ({
  serverContent: { modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data } }] } },
});
const frameMs = 200;
const voice = Array.from({ length: 5 }, (_, index) => audioPart(speechBase64(index * frameMs, frameMs)));
const zeros = audioPart(silence(frameMs, 24_000).toString('base64'));

export const inputTranscription = (text: string, more: JsonObject = {}): JsonObject => ({
  serverContent: { inputTranscription: { text, ...more } },
});
export const usage = (wire: Wire, response: number): JsonObject => ({
  usageMetadata: {
    promptTokenCount: 300 + Math.floor(wire.now / 100),
    responseTokenCount: response,
    totalTokenCount: 300 + Math.floor(wire.now / 100) + response,
  },
});
export const handleUpdate = (handle: string): JsonObject => ({
  sessionResumptionUpdate: { newHandle: handle, resumable: true },
});

/** The user says something: words with short pauses between them. Time passes until the last word. */
export function userSays(wire: Wire, hearing: Hearing, ms = wire.about(3_000)): void {
  if (hearing.vad) wire.receive({ voiceActivity: { voiceActivityType: 'ACTIVITY_START' } }, 250);
  const until = wire.now + Math.max(400, ms);
  let behind = 0;
  while (wire.now < until) {
    const words = wire.between(1, 4);
    for (let word = 0; word < words; word++) {
      wire.hear('speech', wire.between(250, 500));
      if (hearing.transcription !== 'pieces') continue;
      behind = wire.between(150, 700);
      wire.receive(inputTranscription(' word'), behind);
    }
    if (wire.now < until) wire.wait(wire.between(60, 450));
  }
  if (hearing.transcription === 'pieces' && hearing.finished) {
    wire.receive(inputTranscription('', { finished: true }), behind + wire.between(50, 500));
  }
  if (hearing.transcription === 'utterances') {
    wire.receive(inputTranscription('What the user said.'), wire.between(300, 1_400));
  }
  if (hearing.vad)
    wire.receive({ voiceActivity: { voiceActivityType: 'ACTIVITY_END' } }, wire.between(500, 900));
}

export interface Speaking {
  /** From the user's last word, or what else asks for it, to the first sound. */
  readonly afterMs?: number;
  readonly ms?: number;
  /** Fields of the message that ends the turn. */
  readonly end?: JsonObject;
  readonly transcription?: boolean;
  /** Written, not spoken. */
  readonly text?: boolean;
  /** How much faster the audio comes than it is heard. */
  readonly ahead?: number;
  /** The turn goes on: no end is sent. */
  readonly open?: boolean;
}

/** The model takes its turn. Time passes until the end of it. */
export function modelSays(wire: Wire, speaking: Speaking = {}): void {
  const { afterMs = Math.min(9_000, 400 + wire.about(1_100)), ms = wire.about(4_000), end = {} } = speaking;
  wire.wait(afterMs);
  if (speaking.text) writes(wire, ms);
  else speaks(wire, ms, speaking);
  if (speaking.open) return;
  if (wire.chance(0.5)) wire.receive({ serverContent: { generationComplete: true } });
  wire.wait(wire.between(10, 300));
  const together = wire.chance(0.7);
  wire.receive({ serverContent: { turnComplete: true, ...end }, ...(together && usage(wire, ms / 40)) });
  if (!together) wire.receive(usage(wire, ms / 40), 40);
}

function speaks(
  wire: Wire,
  ms: number,
  { transcription = true, ahead = wire.between(10, 25) / 10 }: Speaking,
): void {
  // Audio comes faster than it is heard, and the end of the turn once it has been.
  for (let played = 0; played < ms; played += frameMs) {
    wire.receive(voice[(played / frameMs) % voice.length] ?? zeros, played / ahead);
    if (transcription && played % 1_000 === 0) {
      wire.receive(
        { serverContent: { outputTranscription: { text: 'A few words. ' } } },
        played / ahead + 20,
      );
    }
  }
  wire.wait(ms);
}

function writes(wire: Wire, ms: number): void {
  for (let at = 0; at < ms / 4; at += 150) {
    wire.receive({ serverContent: { modelTurn: { parts: [{ text: 'Some words. ' }] } } }, at);
  }
  wire.wait(ms / 4);
}

/** Audio that nobody can hear. */
export function sendsZeros(wire: Wire, ms: number): void {
  for (let at = 0; at < ms; at += frameMs) wire.receive(zeros, at);
  wire.wait(ms);
}

/** The user cuts in while the model speaks; time passes until the user is done. */
export function bargesIn(wire: Wire, hearing: Hearing): void {
  modelSays(wire, { open: true, ms: wire.between(1_500, 4_000) });
  if (hearing.vad) wire.receive({ voiceActivity: { voiceActivityType: 'ACTIVITY_START' } }, 100);
  wire.receive({ serverContent: { interrupted: true } }, 300);
  if (wire.chance(0.6)) wire.receive({ serverContent: { turnComplete: true }, ...usage(wire, 50) }, 340);
  userSays(wire, { ...hearing, vad: false });
  if (hearing.vad) wire.receive({ voiceActivity: { voiceActivityType: 'ACTIVITY_END' } }, 600);
}

/** A call, in the place where most models put it. Returns the message of its response. */
export function modelCalls(
  wire: Wire,
  { name = 'look_up', inParts = false, id = `fc-${wire.random.hex(8)}` } = {},
): (response?: JsonObject, more?: JsonObject) => JsonObject {
  const call = { id, name, args: { q: 'x' } };
  wire.receive(
    inParts
      ? { serverContent: { modelTurn: { role: 'model', parts: [{ functionCall: call }] } } }
      : { toolCall: { functionCalls: [call] } },
  );
  return (response = { ok: true }, more = {}) => ({
    toolResponse: { functionResponses: [{ id, name, response, ...more }] },
  });
}

export const functions = (names: readonly string[], behavior?: 'BLOCKING' | 'NON_BLOCKING'): JsonObject => ({
  tools: [
    {
      functionDeclarations: names.map((name) => ({
        name,
        description: name,
        parameters: { type: 'OBJECT', properties: { q: { type: 'STRING' } } },
        ...(behavior !== undefined && { behavior }),
      })),
    },
  ],
});

/** What a service sends that says nothing of the model: usage, handles, empty messages. */
export function chatter(wire: Wire, ms: number): void {
  for (let at = wire.between(500, 4_000); at < ms; at += wire.between(2_000, 12_000)) {
    const message = wire.pick<JsonObject>([
      usage(wire, 0),
      { ...usage(wire, 0), serverContent: {} },
      handleUpdate(`h-${at}`),
      { serverContent: {} },
    ]);
    wire.receive(message, at);
  }
}
