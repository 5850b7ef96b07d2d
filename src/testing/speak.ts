import { speechBase64 } from './audio.ts';
import { audioPart, combine, modelTurn, serverContent } from './server-message.ts';
import type { Stage } from './stage.ts';
import { sendOutput } from './stage.ts';

interface Speech {
  readonly ms: number;
  readonly text?: string;
  readonly pace?: number;
}

/** Milliseconds between pieces of text where the session's modality is TEXT. */
const textPieceMs = 200;

/** Speaks, or writes where the session's modality is TEXT, at the pace of the speech. */
export async function speak(speech: Speech, stage: Stage, signal: AbortSignal): Promise<void> {
  if (stage.setup.modality === 'TEXT') return write(speech, stage, signal);
  const { api, behaviour, clock, tokens, turn } = stage;
  const frameMs = behaviour.audioFrameMs ?? (behaviour.json === 'compact' ? 40 : 200);
  const pace = speech.pace ?? 1;
  const start = clock.now();
  const frames = Math.ceil(speech.ms / frameMs);
  const words = stage.setup.outputTranscription ? pieces(speech.text ?? '', frames) : [];
  for (let index = 0; index < frames; index++) {
    await clock.sleepUntil(start + (index * frameMs) / pace, signal);
    const ms = Math.min(frameMs, speech.ms - index * frameMs);
    tokens.speakAudio(ms);
    const audio = modelTurn(api, audioPart(api, speechBase64(index * frameMs, ms)));
    const text = words[index];
    if (text === undefined) {
      sendOutput(stage, audio);
      continue;
    }
    const transcription = serverContent({ outputTranscription: { text } });
    if (behaviour.noise?.severalFields) sendOutput(stage, combine(audio, transcription));
    else {
      sendOutput(stage, audio);
      stage.wire.send(transcription);
    }
  }
  turn.playedAt = Math.max(turn.playedAt, start) + speech.ms;
  await clock.sleepUntil(start + speech.ms / pace, signal);
}

async function write(speech: Speech, stage: Stage, signal: AbortSignal): Promise<void> {
  const start = stage.clock.now();
  const parts = pieces(speech.text ?? 'Hello.', Math.max(1, Math.ceil(speech.ms / textPieceMs)));
  for (const [index, text] of parts.entries()) {
    await stage.clock.sleepUntil(start + index * textPieceMs, signal);
    stage.tokens.writeText(text.length);
    sendOutput(stage, modelTurn(stage.api, { text }));
  }
}

/** Cuts a text between words into at most `count` pieces that join to the text again. */
export function pieces(text: string, count: number): readonly string[] {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  const each = Math.max(1, Math.ceil(words.length / Math.max(1, count)));
  return Array.from({ length: Math.ceil(words.length / each) }, (_, index) =>
    words.slice(index * each, (index + 1) * each).join(''),
  );
}
