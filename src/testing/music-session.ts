/** The service behind `ai.live.music`, as Google documents it: prompts, configuration and playback in, chunks of audio out. */
import type { SentKind } from '../conventions/vocabulary.ts';
import { type MusicMessageType, musicClientFields, musicMessageTypes } from '../conventions/wire.ts';
import { refuseCredential } from './admission.ts';
import { speechBase64 } from './audio.ts';
import { type ClientMessage, parseObject } from './client-message.ts';
import { type CloseFrame, closeFrames } from './close-frames.ts';
import { attach, type Connection, type RunningSession } from './connection.ts';
import type { Json, JsonObject } from './json.ts';
import { field, isObject, listField, objectField, snakeCase, stringField } from './json.ts';
import { createRandom } from './random.ts';
import { createSessionLog } from './session.ts';
import { unknownField } from './validation.ts';
import { createWire } from './wire.ts';

/** How the simulated music service behaves. */
export interface MusicBehaviour {
  /** Milliseconds of music in a chunk, which comes as often; default 2,000. */
  readonly chunkMs?: number;
  /** Why a prompt is not taken; `undefined` takes it, which is the default for all. */
  readonly filter?: (text: string) => string | undefined;
  /** Sent once the setup is complete. */
  readonly warning?: string;
  /** After so many chunks none comes any more, although it plays. */
  readonly silentAfterChunks?: number;
  /** How the service ends the session after so many chunks. */
  readonly end?: CloseFrame & { readonly afterChunks: number };
}

export interface MusicOptions {
  readonly behaviour: MusicBehaviour;
  readonly requireKey: boolean | string | undefined;
}

/** 48 kHz, two channels, 16 bits: four times the bytes of the voice of the model. */
const mimeType = 'audio/l16;rate=48000;channels=2';
const bytesToVoice = 4;

const kinds: Readonly<Record<MusicMessageType, SentKind>> = {
  setup: 'setup',
  clientContent: 'music_prompts',
  musicGenerationConfig: 'music_config',
  playbackControl: 'playback_control',
};

/** Plays music to a client that connected. */
export function runMusic(connection: Connection, { behaviour, requireKey }: MusicOptions): RunningSession {
  const { clock, index, socket } = connection;
  const { chunkMs = 2_000, silentAfterChunks = Number.POSITIVE_INFINITY } = behaviour;
  const ended = new AbortController();
  const source: Record<string, Json> = {};
  let ready = false;
  let playing: AbortController | undefined;
  let chunks = 0;

  const log = createSessionLog(index, 'gemini', {
    now: clock.now,
    pendingToolCalls: () => 0,
    perform: () => Promise.resolve(),
  });
  log.script = 'music';
  const wire = createWire(socket, { json: 'pretty', noise: {}, pongMs: 0 }, log, createRandom(index), clock);

  const play = async (signal: AbortSignal): Promise<void> => {
    for (let at = clock.now(); chunks < silentAfterChunks; at += chunkMs) {
      await clock.sleepUntil(at, signal);
      if (behaviour.end !== undefined && chunks >= behaviour.end.afterChunks) {
        wire.close(behaviour.end);
        return;
      }
      const data = speechBase64(chunks * chunkMs, chunkMs * bytesToVoice);
      wire.send({
        serverContent: { audioChunks: [{ data, mimeType, sourceMetadata: { ...source } }] },
      });
      chunks += 1;
    }
  };

  const control = (action: Json | undefined): CloseFrame | undefined => {
    switch (action) {
      case 'PLAY': {
        if (playing !== undefined) return undefined;
        playing = new AbortController();
        const signal = AbortSignal.any([playing.signal, ended.signal]);
        // Aborted by what stops it.
        play(signal).catch(() => undefined);
        return undefined;
      }
      case 'PAUSE':
      case 'STOP':
        playing?.abort();
        playing = undefined;
        return undefined;
      case 'RESET_CONTEXT':
        return undefined;
      default:
        return { code: 1007, reason: `Invalid value at 'playback_control'` };
    }
  };

  const setPrompts = (body: JsonObject): undefined => {
    const taken = listField(body, 'weightedPrompts').filter((prompt) => {
      const text = isObject(prompt) ? (stringField(prompt, 'text') ?? '') : '';
      const filteredReason = behaviour.filter?.(text);
      if (filteredReason === undefined) return true;
      wire.send({ filteredPrompt: { text, filteredReason } });
      return false;
    });
    source.clientContent = { weightedPrompts: taken };
  };

  const take = (message: JsonObject, type: MusicMessageType | undefined): CloseFrame | undefined => {
    const unknown = unknownField(message, '', musicMessageTypes);
    if (unknown) return unknown;
    if (type === undefined) return closeFrames.invalidArgument;
    if ((type === 'setup') === ready) return closeFrames.setupFirst;
    const body = objectField(message, type) ?? {};
    const inside = unknownField(body, snakeCase(type), musicClientFields[type]);
    if (inside) return inside;
    switch (type) {
      case 'setup':
        log.setup = body;
        if (!stringField(body, 'model')) return closeFrames.invalidArgument;
        ready = true;
        wire.send({ setupComplete: {} });
        if (behaviour.warning !== undefined) wire.send({ warning: behaviour.warning });
        return undefined;
      case 'clientContent':
        return setPrompts(body);
      case 'musicGenerationConfig':
        source.musicGenerationConfig = body;
        return undefined;
      case 'playbackControl':
        return control(field(message, type));
    }
  };

  return attach(connection, log, () => wire, {
    message: (data) => {
      if (wire.endedWith) return;
      const message = parseObject(data);
      const types = musicMessageTypes.filter((type) => message && field(message, type) !== undefined);
      const type = types.length === 1 ? types[0] : undefined;
      const rejected =
        refuseCredential(connection.credential, requireKey) ??
        (message ? take(message, type) : { code: 1007, reason: 'Invalid JSON payload received.' });
      log.received({
        kind: type ? kinds[type] : message ? 'unknown' : 'invalid',
        body: {},
        message: message ?? {},
        bytes: data.byteLength,
      } satisfies ClientMessage);
      if (rejected) wire.close(rejected);
    },
    end: () => ended.abort(),
  });
}
