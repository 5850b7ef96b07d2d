import type { Script } from '../script.ts';
import { answerTurns, answerTurnsWithTool } from './phrases.ts';

/** A call that is not answered blocks the turn, and nothing says so. */
export function stall(): Script {
  return {
    name: 'stall',
    description:
      'Every user turn leads to a tool call; until it is answered nothing is sent, whatever comes, and the socket stays open.',
    behaviour: { bargeIn: false },
    reactions: [answerTurnsWithTool],
  };
}

/** Silence instead of an answer. */
export function stallAfterResponse(): Script {
  return {
    name: 'stall-after-response',
    description: 'After the response to a tool call nothing more is sent; the socket stays open.',
    reactions: [answerTurnsWithTool, { on: { event: 'tool_response' }, do: [{ do: 'mute' }] }],
  };
}

/** A resumed session that hears and does not answer. */
export function stallAfterResume(): Script {
  return {
    name: 'stall-after-resume',
    description: 'A resumed session transcribes the user and never answers; one without a handle is healthy.',
    reactions: [{ ...answerTurns, resumed: false }],
  };
}
