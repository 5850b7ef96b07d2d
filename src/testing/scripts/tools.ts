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

/** Input against a pending call. */
export function race({ probability = 1, delayMs = [50, 500] as readonly [number, number] } = {}): Script {
  return {
    name: 'race',
    description:
      'Realtime input while a tool call is pending ends the session with 1008 "Operation is not implemented, …".',
    behaviour: { bargeIn: false },
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'input_while_call_pending' },
        do: [
          { do: 'wait', ms: delayMs },
          { do: 'close', ...closeFrames.notImplemented },
        ],
        probability,
        times: 1,
        interruptible: false,
      },
    ],
  };
}
