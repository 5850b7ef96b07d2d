import { LiveRecording } from '../instrumentation/recording.ts';
import type { SessionStart, SessionTap } from '../instrumentation/tap.ts';

/** The sessions of a page, but for those of `ai.live.music`, which speak another protocol. */
export class PageRecording extends LiveRecording {
  /** Whoever opens a session here is guarded, and warns. */
  override open(start: SessionStart): SessionTap {
    if (start.music) throw new Error('ai.live.music is not recorded in a browser.');
    return super.open(start);
  }
}
