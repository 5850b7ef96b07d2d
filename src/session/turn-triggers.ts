import type { TurnTrigger } from '../conventions/vocabulary.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';
import type { TurnState } from './turns.ts';

/** Frames of a microphone are mostly 20 to 250 ms apart. */
const openMicrophoneMs = 500;
const longestGapMs = 1_000;

/** What a turn is measured against, and when that was. */
export interface Trigger {
  readonly trigger: TurnTrigger;
  readonly at?: number;
}

/**
 * What triggers a turn that starts with output: the end of the user's part, as well as it is known; else the last
 * audio, where that says anything; else the tool response; else nothing that can be seen. The response comes before the
 * audio where the model answers it in a turn of its own.
 */
export function nextTrigger({ lifetime, turns, userPart }: SessionState, now: number): Trigger {
  const { queued, voiceEndAt, audioAt, toolResponseAt } = turns;
  if (queued !== undefined && (voiceEndAt === never || (queued.at ?? 0) >= voiceEndAt)) return queued;
  const { by, endedAt } = userPart;
  if (
    endedAt !== never &&
    (by === 'server_vad' || by === 'input_transcription' || by === 'audio_stream_end')
  ) {
    return { trigger: by, at: endedAt };
  }
  if (voiceEndAt !== never) return { trigger: 'server_vad', at: voiceEndAt };
  const response: Trigger = { trigger: 'tool_response', at: toolResponseAt };
  // The turn of the call is over: what comes now is for the response, although a microphone is open.
  if (toolResponseAt !== never && lifetime.model?.family?.callEndsTurn === true) return response;
  if (audioAt !== never) {
    return isStreaming(turns, now)
      ? { trigger: 'last_audio_frame' }
      : { trigger: 'last_audio_frame', at: audioAt };
  }
  return toolResponseAt === never ? { trigger: 'none' } : response;
}

/** The microphone is open: the last frame is as old as frames are apart, and says nothing of what the user said. */
function isStreaming({ audioAt, audioGapMs }: TurnState, now: number): boolean {
  const apartMs = audioGapMs === never ? 0 : Math.min(audioGapMs, longestGapMs);
  return now - audioAt < Math.max(openMicrophoneMs, 2 * apartMs);
}

/** A turn has used them up. */
export function clearTriggers(turns: TurnState): void {
  turns.queued = undefined;
  turns.voiceEndAt = never;
  turns.audioAt = never;
  turns.toolResponseAt = never;
}

/** The user's part ended during a turn that was interrupted for it: a generation is due. */
export function isOwedTurn({ queued, ended }: TurnState): boolean {
  return queued !== undefined && ended?.outcome === 'interrupted';
}
