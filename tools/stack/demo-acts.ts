/**
 * What the demo of the stack plays, for hours: the acts of `npm run demo` at a steady rate, the hypotheses and silences
 * that those leave out, and a deploy that breaks each hour and is rolled back.
 */
import { type Act, acts } from '../../src/cli/demo/acts.ts';
import {
  type Action,
  closeFrames,
  quotaLate,
  type Script,
  scripts,
  toolResponse1008,
  toolResponse1011,
} from '../../src/testing/index.ts';

/** Seconds from one call of a line to its next, at which a night of it stays under 1 GB. */
export const everySeconds = 60;

interface Part {
  readonly act: Act;
  /** How long; without them it stays. */
  readonly minutes?: number;
  /** A module of this folder that the agent loads first. */
  readonly preload?: string;
}

/** Played one after the other, and then from the start. */
export type Programme = readonly Part[];

/** A message has a shape that the service does not know. */
const unknownField: Script = {
  name: 'unknown-field',
  description: 'The first user turn is refused with 1007 for a field that nobody knows.',
  reactions: [
    {
      on: { event: 'user_turn' },
      do: [
        { do: 'wait', ms: 100 },
        { do: 'close', ...closeFrames.unknownContentField },
      ],
    },
  ],
};

const otherReasons: Act = {
  name: 'other reasons',
  service: 'chat-agent',
  timeScale: 4,
  scenes: [unknownField, scripts['tool-single'], quotaLate({ turn: 1 })].map((script) => ({
    script,
  })),
  agent: { conversations: 1, utterances: 1, pause: 0, written: true },
};

const think: Action = { do: 'wait', ms: [250, 600] };
/** Turns that end with a reason instead of an answer. */
const refusing: Script = {
  name: 'refusing',
  description: 'Some turns of the user are refused or end in a malformed call; the others are answered.',
  reactions: [
    ...['PROHIBITED_INPUT_CONTENT', 'RESPONSE_REJECTED', 'MALFORMED_FUNCTION_CALL'].map((reason) => ({
      on: { event: 'user_turn' } as const,
      do: [think, { do: 'turn_complete', reason } as const],
      probability: 0.15,
    })),
    ...scripts['healthy-talk'].reactions,
  ],
};

/** By the clock on the wall: a silence counts as a stall after 15 s and more. */
export const silences: Act = {
  name: 'silences',
  service: 'voice-agent',
  timeScale: 1,
  scenes: [refusing, scripts['stall-after-response'], refusing, scripts.stall].map((script) => ({ script })),
  agent: { conversations: 1, utterances: 4, pause: 1, 'chunk-ms': 100, 'answer-timeout': 40 },
};

const wrongIds: Act = {
  name: 'wrong ids',
  service: 'chat-agent',
  timeScale: 4,
  // What ends is resumed, and would soon be all there is.
  scenes: [toolResponse1008(), scripts['healthy-talk'], scripts['healthy-talk']].map((script) => ({
    script,
  })),
  agent: { conversations: 1, utterances: 1, pause: 0, written: true },
};

function release(version: string, script: Script): Act {
  return {
    name: `release ${version}`,
    service: 'booking-agent',
    version,
    timeScale: 4,
    scenes: [{ script }],
    agent: { conversations: 1, utterances: 2, pause: 1, 'chunk-ms': 100 },
  };
}

const good = release('1.4.0', scripts['tool-single']);

export const programmes: readonly Programme[] = [
  ...[...acts, otherReasons, silences].map((act) => [{ act }]),
  [{ act: wrongIds, preload: 'wrong-ids.mjs' }],
  [
    { act: good, minutes: 10 },
    { act: release('1.5.0', toolResponse1011({ probability: 0.6 })), minutes: 8 },
    { act: good, minutes: 42 },
  ],
];

/** The act without end: on each of the lines a call every so many seconds, or one right after the other. */
export function endless(act: Act, lines: number, every = 0): Act {
  // More than anybody waits for.
  const agent = { ...act.agent, conversations: 1_000_000, parallel: lines, every: every * act.timeScale };
  return { ...act, agent };
}
