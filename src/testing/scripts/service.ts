import type { CloseFrame } from '../close-frames.ts';
import { closeFrames } from '../close-frames.ts';
import type { Script } from '../script.ts';
import { answerTurns, think } from './phrases.ts';

interface Quota {
  /** The user's turn in whose answer it runs out. */
  readonly turn?: number;
  readonly recoveryMs?: number;
  readonly close?: CloseFrame;
}

/** The quota runs out in mid-answer and is back a minute later. */
export function quotaLate({
  turn = 2,
  recoveryMs = 60_000,
  close = closeFrames.quotaExceeded,
}: Quota = {}): Script {
  return {
    name: 'quota-late',
    description: `The answer to user turn ${turn} is cut off with ${close.code} "${close.reason.slice(0, 40)}…"; who connects within ${recoveryMs / 1_000} s is refused in the same way.`,
    reactions: [
      {
        on: { event: 'setup', withinMsOfFailure: recoveryMs },
        do: [
          { do: 'wait', ms: [20, 200] },
          { do: 'close', ...close },
        ],
      },
      { on: { event: 'user_turn', nth: turn }, ...cutOff(close) },
      answerTurns,
    ],
  };
}

interface Fault {
  /** 0 to 1; how often an answer is cut off. */
  readonly probability?: number;
  readonly close?: CloseFrame;
}

/** A fault of the service that nothing explains. */
export function backendFault({ probability = 1, close = closeFrames.internalError }: Fault = {}): Script {
  return {
    name: 'backend-fault',
    description: `An answer is cut off with ${close.code} "${close.reason}"${probability < 1 ? ` (probability ${probability})` : ''}.`,
    reactions: [{ on: { event: 'user_turn' }, probability, ...cutOff(close) }, answerTurns],
  };
}

function cutOff(close: CloseFrame): Pick<Script['reactions'][number], 'do' | 'interruptible'> {
  return {
    do: [think, { do: 'speak', ms: 800, text: 'Let me tell you' }, { do: 'close', ...close }],
    interruptible: false,
  };
}
