import type { TurnTrigger } from '../conventions/vocabulary.ts';
import { never } from './time.ts';
import type { TurnState } from './turns.ts';

/** What a turn is measured against, and when that was. */
export interface Trigger {
  readonly trigger: TurnTrigger;
  readonly at?: number;
}

/**
 * What triggers a turn that starts with output: the end of the user's part, as the application or the service
 * marked it last; else the last audio; else the tool response; else nothing that can be seen.
 */
export function nextTrigger({ queued, voiceEndAt, audioAt, toolResponseAt }: TurnState): Trigger {
  if (queued !== undefined && (voiceEndAt === never || (queued.at ?? 0) >= voiceEndAt)) return queued;
  if (voiceEndAt !== never) return { trigger: 'server_vad', at: voiceEndAt };
  if (audioAt !== never) return { trigger: 'last_audio_frame', at: audioAt };
  if (toolResponseAt !== never) return { trigger: 'tool_response', at: toolResponseAt };
  return { trigger: 'none' };
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
