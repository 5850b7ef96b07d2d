import type { CloseFrame } from '../close-frames.ts';
import { closeFrames } from '../close-frames.ts';
import type { Script } from '../script.ts';
import { answerTurnsWithTool } from './phrases.ts';

interface FatalResponse {
  /** 0 to 1; how often a response ends the session. */
  readonly probability?: number;
  readonly delayMs?: readonly [number, number];
}

function fatalResponse(
  name: string,
  close: CloseFrame,
  { probability = 1, delayMs = [20, 300] }: FatalResponse,
): Script {
  return {
    name,
    description: `A well-formed tool response ends the session with ${close.code} "${close.reason}"${probability < 1 ? ` (probability ${probability})` : ''}.`,
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'tool_response' },
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

export function toolResponse1011(options: FatalResponse = {}): Script {
  return fatalResponse('tool-response-1011', closeFrames.internalError, options);
}

export function toolResponse1008(options: FatalResponse = {}): Script {
  return fatalResponse('tool-response-1008', closeFrames.entityNotFound, options);
}

/** `scheduling` on a model that does not know it. */
export function scheduling({
  close = closeFrames.schedulingUnsupported,
}: {
  readonly close?: CloseFrame;
} = {}): Script {
  return {
    name: 'scheduling',
    description: `A tool response that sets scheduling ends the session with ${close.code} "${close.reason.slice(0, 50)}…"; one without is answered.`,
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'tool_response', scheduling: true },
        do: [
          { do: 'wait', ms: [20, 200] },
          { do: 'close', ...close },
        ],
        interruptible: false,
      },
    ],
  };
}

interface Oversize {
  readonly limitBytes?: number;
  readonly close?: CloseFrame;
}

/** A response that does not fit the context window: 32,000 tokens are about 128,000 characters. */
export function oversizeResponse({
  limitBytes = 128_000,
  close = closeFrames.contextOverflow,
}: Oversize = {}): Script {
  return {
    name: 'oversize-response',
    description: `A tool response of ${limitBytes} bytes or more ends the session with ${close.code} "${close.reason.slice(0, 58)}…"; a smaller one is answered.`,
    reactions: [
      answerTurnsWithTool,
      {
        on: { event: 'tool_response', minBytes: limitBytes },
        do: [
          { do: 'wait', ms: 200 },
          { do: 'close', ...close },
        ],
        interruptible: false,
      },
    ],
  };
}
