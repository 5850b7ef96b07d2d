import type { CloseFrame } from '../close-frames.ts';
import { closeFrames } from '../close-frames.ts';
import type { Script } from '../script.ts';
import { answer, answerTurnsWithTool, callTools } from './phrases.ts';

/** One call a turn. */
export function toolSingle(): Script {
  return {
    name: 'tool-single',
    description: 'Every user turn leads to one tool call; its response is followed by a spoken answer.',
    reactions: [answerTurnsWithTool],
  };
}

/** Several calls in one frame. */
export function toolParallel({ calls = 3 } = {}): Script {
  return {
    name: 'tool-parallel',
    description: `Every user turn leads to ${calls} tool calls in one frame; the answer follows when all are answered.`,
    reactions: [
      {
        on: { event: 'user_turn' },
        do: [...callTools(Array.from({ length: calls }, () => ({}))), ...answer],
      },
    ],
  };
}

/** A call that follows from the result of another. */
export function toolNested(): Script {
  return {
    name: 'tool-nested',
    description:
      'The response to a tool call leads to a second call in the same turn, then to a spoken answer.',
    reactions: [
      {
        on: { event: 'user_turn' },
        do: [
          ...callTools([{ declared: 0 }]),
          { do: 'tool_call', calls: [{ declared: 1 }] },
          { do: 'wait', ms: 300 },
          ...answer,
        ],
      },
    ],
  };
}

/** A tool that must not be too slow. */
export function toolSlow({ limitMs = 30_000 } = {}): Script {
  return {
    name: 'tool-slow',
    description: `As tool-single, but a call that is not answered within ${limitMs / 1_000} s ends the session with 1011 "Thread was cancelled …".`,
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'call_unanswered', ms: limitMs },
        do: [{ do: 'close', ...closeFrames.threadCancelled }],
        interruptible: false,
      },
    ],
  };
}

/** The user speaks while the tool works. */
export function toolCancelled({ afterMs = 800 } = {}): Script {
  return {
    name: 'tool-cancelled',
    description: `The user speaks ${afterMs} ms into a tool call: it is cancelled, the turn interrupted and a spoken answer follows. A late response is ignored.`,
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'call_unanswered', ms: afterMs },
        do: [{ do: 'interrupt' }, { do: 'wait', ms: 500 }, ...answer],
      },
    ],
  };
}

interface Race {
  /** 0 to 1; how often input ends the session. */
  readonly probability?: number;
  readonly delayMs?: readonly [number, number];
  readonly close?: CloseFrame;
}

/** Input against a pending call. */
export function race({
  probability = 1,
  delayMs = [50, 500],
  close = closeFrames.notImplemented,
}: Race = {}): Script {
  return {
    name: 'race',
    description: `Realtime input while a tool call is pending ends the session with ${close.code} "${close.reason.slice(0, 40)}…".`,
    behaviour: { bargeIn: false },
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'input_while_call_pending' },
        do: [
          { do: 'wait', ms: delayMs },
          { do: 'close', ...close },
        ],
        probability,
        times: 1,
        interruptible: false,
      },
    ],
  };
}

/** What the 3.1 model does instead of ending the session: the call is cancelled and made again. */
export function raceCancels({ afterMs = 12_000 } = {}): Script {
  return {
    name: 'race-cancels',
    description: `A call that is still pending after ${afterMs / 1_000} s, with realtime input meanwhile, is cancelled and made again under a new id; a late response is ignored.`,
    behaviour: { bargeIn: false },
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'call_unanswered', ms: afterMs, afterInput: true },
        do: [{ do: 'cancel_calls' }, { do: 'tool_call', calls: [{}] }, { do: 'wait', ms: 300 }, ...answer],
        times: 1,
      },
    ],
  };
}

interface CancelRace {
  readonly afterMs?: number;
  /** How a late response ends the session. What the services do is not established: it is ignored by default. */
  readonly close?: CloseFrame;
}

/** A cancellation and a response that cross on the way. */
export function cancelRace({ afterMs = 800, close }: CancelRace = {}): Script {
  return {
    ...toolCancelled({ afterMs }),
    name: 'cancel-race',
    description: `A tool call is cancelled after ${afterMs} ms; a response that comes all the same is ${close ? `answered with ${close.code}` : 'ignored'}.`,
    ...(close ? { behaviour: { unknownToolCall: close } } : {}),
  };
}
