/** What uses something that others use as well, how much of it, and whose use a service may count together. Pure. */
import { bytes, counted } from '../../conventions/words.ts';
import { octave } from '../risk/bins.ts';
import type { FramedSession } from '../risk/frame.ts';
import type { InUse } from './in-use.ts';
import type { Comparison, JudgedHypothesis, Threshold } from './scorecard.ts';

/** What uses something. */
export interface Event {
  readonly at: number;
  readonly weight: number;
  /** What it uses is in use until then. */
  readonly until: number;
  /** Of each quantity of its kind. */
  readonly amounts: readonly number[];
  readonly tool: string;
  readonly size: number;
}

export interface Quantity {
  readonly hypothesis: JudgedHypothesis;
  /** As in {@link Threshold}. */
  readonly quantity: string;
  /** As it is named to the reader, of somebody. */
  readonly name: string;
  readonly unit: Threshold['unit'];
  /** Less is no load. */
  readonly least: number;
  readonly words: (amount: number) => string;
  readonly label: (words: string, their: string) => string;
}

/** Whose use it is. */
interface Scope {
  readonly of: string;
  readonly their: string;
  readonly countOf: (used: InUse) => number;
}

const ofProcess: Scope = {
  of: 'the process',
  their: 'their process',
  countOf: (used) => used.ofProcess,
};
const ofModel: Scope = {
  of: 'the model',
  their: 'the sessions of their model',
  countOf: (used) => used.ofModel,
};
const ofAll: Scope = { of: 'all processes', their: 'all processes', countOf: (used) => used.ofAll };

export interface Kind {
  readonly unit: Comparison['unit'];
  /** The process comes first. */
  readonly scopes: readonly [Scope, ...Scope[]];
  readonly quantities: readonly Quantity[];
  /** In the order of the time. */
  readonly eventsOf: (session: FramedSession) => readonly Event[];
}

const minute = 60_000;

/** Of a quantity that a service may count in a minute. */
function ofMinute(what: string, name: string, unit: Threshold['unit'], least: number): Quantity {
  const words = name === 'bytes' ? bytes : (amount: number) => counted(amount, name.slice(0, -1));
  return {
    hypothesis: 'rate_limit',
    quantity: name,
    name: `${name} of a minute`,
    unit,
    least,
    words,
    label: (amount, their) => `${what} with which ${their} came to ${amount} or more within a minute`,
  };
}

export const kinds: readonly Kind[] = [
  {
    unit: 'tool_response',
    scopes: [ofProcess, ofModel, ofAll],
    quantities: [ofMinute('tool responses', 'bytes', 'By', 8_192)],
    eventsOf: ({ responses }) =>
      responses.map(({ at, weight, tool, size }) => ({
        at,
        weight,
        until: at + minute,
        // In the middle of a half octave.
        amounts: [size < 0 ? 0 : Math.round(2 ** ((size + 0.5) / 2))],
        tool,
        size: size < 0 ? -1 : Math.floor(size / 2),
      })),
  },
  {
    unit: 'turn',
    scopes: [ofProcess, ofModel, ofAll],
    quantities: [ofMinute('turns', 'tokens', 'token', 20_000), ofMinute('turns', 'turns', '1', 10)],
    eventsOf: turnsOf,
  },
  {
    unit: 'tool_call',
    scopes: [ofProcess, ofAll],
    quantities: [
      {
        hypothesis: 'concurrency',
        quantity: 'calls',
        name: 'calls of all sessions at once',
        unit: '1',
        least: 3,
        words: (amount) => counted(amount, 'call'),
        label: (amount, their) => `tool calls while ${their} had ${amount} or more pending`,
      },
    ],
    eventsOf: ({ calls }) =>
      calls.map(({ at, weight, endedAt, tool }) => ({
        at,
        weight,
        until: endedAt,
        amounts: [1],
        tool,
        size: -1,
      })),
  },
];

/** Of a turn whose usage the service did not tell the context is at least what it was before. */
function turnsOf({ turns }: FramedSession): readonly Event[] {
  let known = 0;
  return turns.map(({ at, weight, inputTokens, outputTokens }) => {
    const own = inputTokens >= 0 ? inputTokens : known;
    known = Math.max(known, own + Math.max(0, outputTokens));
    return {
      at,
      weight,
      until: at + minute,
      amounts: [own, 1],
      tool: '',
      size: octave(own),
    };
  });
}
