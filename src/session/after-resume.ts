import type { SentFrame } from '../protocol/frame.ts';
import { isResumed } from './lifetime.ts';
import type { SessionState } from './state.ts';

/** Within this time client content counts as sent after the resumption. */
const contentMs = 5_000;
const burstMs = 1_000;
const burstFrames = 20;
/** So many frames in this time are no live recording, whatever is in them. */
const flushMs = 200;
/** Audio that comes at four times the pace of 16 kHz PCM16 was queued: even 48 kHz is live at three times. */
const queuedBytesPerMs = 4 * 32;

/** Realtime input of the first second of a session that resumes another. */
export interface AfterResume {
  frames: number;
  audioFrames: number;
  audioBytes: number;
}

export function createAfterResume(): AfterResume {
  return { frames: 0, audioFrames: 0, audioBytes: 0 };
}

/** Client content came right after the session was resumed. */
export function isContentAfterResume(state: SessionState, now: number): boolean {
  return msSinceResumption(state, now) <= contentMs;
}

/** Constant work, and next to none once the first second is over. */
export function noteAfterResume(state: SessionState, frame: SentFrame, audio: boolean, now: number): void {
  const elapsed = msSinceResumption(state, now);
  if (elapsed > burstMs) return;
  const { afterResume, facts } = state.input;
  afterResume.frames += 1;
  afterResume.audioBytes += frame.audioBytes;
  if (audio) afterResume.audioFrames += 1;
  if (afterResume.frames < burstFrames) return;
  facts.burstAfterResume ||=
    elapsed <= flushMs ||
    afterResume.audioBytes > elapsed * queuedBytesPerMs ||
    afterResume.frames - afterResume.audioFrames >= burstFrames;
}

/** Infinity where no session was resumed or its setup is not complete. */
function msSinceResumption({ lifetime, options }: SessionState, now: number): number {
  return lifetime.setupCompletedAt !== undefined && isResumed(lifetime, options)
    ? now - lifetime.setupCompletedAt
    : Number.POSITIVE_INFINITY;
}
