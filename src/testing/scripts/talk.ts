import type { Script } from '../script.ts';
import { answerTurns } from './phrases.ts';

/** Talks and never fails, with the irregularities of real traffic. */
export function healthyTalk(): Script {
  return {
    name: 'healthy-talk',
    description:
      'Every user turn gets a spoken answer; frames are irregular as in real traffic, nothing fails.',
    behaviour: { noise: { emptyFrames: 0.05, severalFields: true } },
    reactions: [answerTurns],
  };
}

/** Talks through a conversation of several connections: a handle in each, and an early `goAway`. */
export function resumption({ goAwayAfterMs = 60_000, timeLeftMs = 10_000 } = {}): Script {
  return {
    name: 'resumption',
    description: `Handles are issued where asked for; goAway after ${goAwayAfterMs / 1_000} s and the end ${timeLeftMs / 1_000} s later with 1008; a known handle continues the conversation, an unknown one is rejected with 1008.`,
    reactions: [
      answerTurns,
      { on: { event: 'elapsed', ms: goAwayAfterMs }, do: [{ do: 'go_away', timeLeftMs }] },
      {
        on: { event: 'elapsed', ms: goAwayAfterMs + timeLeftMs },
        do: [{ do: 'close', code: 1008, reason: 'The operation was aborted.' }],
      },
    ],
  };
}
