import type { CloseFrame } from '../close-frames.ts';
import { closeFrames } from '../close-frames.ts';
import type { Script } from '../script.ts';
import { answerTurns } from './phrases.ts';

interface Refusal {
  readonly close?: CloseFrame;
  readonly delayMs?: readonly [number, number];
}

/** Every handle is refused, also those that were issued here. */
export function staleHandle({
  close = closeFrames.handleNotFound,
  delayMs = [50, 300],
}: Refusal = {}): Script {
  return {
    name: 'stale-handle',
    description: `A setup with a handle is answered with ${close.code} "${close.reason}" and never completes; one without is accepted.`,
    behaviour: { unknownHandle: close },
    reactions: [
      {
        on: { event: 'setup' },
        resumed: true,
        do: [
          { do: 'wait', ms: delayMs },
          { do: 'close', ...close },
        ],
      },
      answerTurns,
    ],
  };
}

interface Delayed {
  readonly close?: CloseFrame;
  readonly delayMs?: number;
}

/** The restored context itself kills the session, whenever the handle is used. */
export function poisonedHandle({
  close = closeFrames.internalErrorEncountered,
  delayMs = 500,
}: Delayed = {}): Script {
  return {
    name: 'poisoned-handle',
    description: `Resuming succeeds, but ${delayMs} ms after the first audio the session ends with ${close.code} "${close.reason}"; a session without a handle is healthy.`,
    reactions: [
      {
        on: { event: 'audio', nth: 1 },
        resumed: true,
        do: [
          { do: 'wait', ms: delayMs },
          { do: 'close', ...close },
        ],
      },
      answerTurns,
    ],
  };
}

/** One report; the text was not recorded, so this one stands for it. */
export function resumeOpen({
  close = closeFrames.internalErrorEncountered,
  delayMs = 100,
}: Delayed = {}): Script {
  return {
    name: 'resume-open',
    description: `Resuming while the earlier connection is still open ends with ${close.code} "${close.reason}"; once it is closed it succeeds.`,
    reactions: [
      {
        on: { event: 'setup', earlierOpen: true },
        do: [
          { do: 'wait', ms: delayMs },
          { do: 'close', ...close },
        ],
      },
      answerTurns,
    ],
  };
}

/** A client that resumes and sends its history again comes back to the same end, over and over. */
export function reseedStorm({ close = closeFrames.invalidArgument, delayMs = 100 }: Delayed = {}): Script {
  return {
    name: 'reseed-storm',
    description: `clientContent in a resumed session ends it with ${close.code} "${close.reason}", each time it is resumed.`,
    reactions: [
      {
        on: { event: 'client_content' },
        resumed: true,
        do: [
          { do: 'wait', ms: delayMs },
          { do: 'close', ...close },
        ],
      },
      answerTurns,
    ],
  };
}
