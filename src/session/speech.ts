import type { TranscriptionSummary } from '../protocol/frame.ts';
import type { SessionFact } from './facts.ts';
import { noteUserActivity } from './lifetime.ts';
import { settleMs } from './model.ts';
import type { SessionState } from './state.ts';
import { appendText } from './text.ts';
import { never } from './time.ts';
import { hearUser, outputTurn } from './turns.ts';
import { beginSpeech, endSpoken, isLateTranscription } from './user-part.ts';

/** The user began to speak, by activity mark or voice activity; a second beginning says nothing new. */
export function startSpeech(state: SessionState, now: number, facts: SessionFact[]): void {
  const { turns } = state;
  beginSpeech(state, now);
  turns.userSpoke = true;
  if (turns.speechStartedAt !== never) return;
  turns.speechStartedAt = now;
  facts.push({ type: 'user_speech_started', at: now });
}

export function endSpeech({ turns }: SessionState, now: number, facts: SessionFact[]): void {
  const startedAt = turns.speechStartedAt;
  turns.speechStartedAt = never;
  facts.push({ type: 'user_speech_ended', at: now, ...(startedAt !== never && { startedAt }) });
}

/** `voiceActivity` of the service. Its end triggers the turn that starts next, but opens none. */
export function receiveVoiceActivity(
  state: SessionState,
  activity: 'start' | 'end',
  now: number,
  facts: SessionFact[],
): void {
  noteUserActivity(state, now);
  state.turns.quiet = false;
  if (activity === 'start') {
    startSpeech(state, now, facts);
    return;
  }
  state.turns.voiceEndAt = now;
  endSpoken(state, 'server_vad', now);
  endSpeech(state, now, facts);
}

export function receiveInputTranscription(
  state: SessionState,
  transcription: TranscriptionSummary,
  now: number,
  facts: SessionFact[],
): void {
  // Noise is nothing that the user waits for an answer to.
  if (transcription.noise !== true) {
    noteUserActivity(state, now);
    if (!isLateTranscription(state, now)) endSpoken(state, 'input_transcription', now);
  }
  hearUser(state, transcription.text);
  const turn = state.turns.open;
  facts.push({
    type: 'transcribed',
    at: now,
    side: 'input',
    transcription,
    ...(turn !== undefined && { turn }),
  });
}

/** Transcription comes in no guaranteed order: right after a turn it is the rest of that one, else it is output. */
export function receiveOutputTranscription(
  state: SessionState,
  transcription: TranscriptionSummary,
  now: number,
  facts: SessionFact[],
): void {
  const { turns, options } = state;
  const late = turns.open === undefined && turns.quiet && now - (turns.ended?.endedAt ?? now) < settleMs;
  const turn = late ? turns.held : outputTurn(state, 'transcription', now, facts);
  if (turn !== undefined) {
    turn.outputTranscriptionCharacters += transcription.characters;
    if (options.captureContent) appendText(turn, 'outputText', transcription.text);
  }
  facts.push({
    type: 'transcribed',
    at: now,
    side: 'output',
    transcription,
    ...(turn !== undefined && { turn }),
  });
}
