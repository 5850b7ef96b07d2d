/** Tool responses that end the session. */
import type { Draws } from '../world/draws.ts';
import type { Answer, Cause, Ending, Named } from './cause.ts';
import { genericEnd } from './endings.ts';

/** Seconds from the response to the end: drawn between the two. */
export type After = readonly [number, number];

export const atOnce: After = [0.1, 0.9];
export const late: After = [2.2, 9];
export const anyTime: After = [0.1, 9];

interface Response {
  readonly name: string;
  readonly hypothesis?: Named;
  readonly allowed?: readonly Named[];
  readonly after?: After | ((answer: Answer) => After);
  /** Seconds after which it ends no session any more; 30 where `after` goes by the answer. */
  readonly window?: number;
  readonly end?: Ending;
  /** Counts as exposed from this chance on. */
  readonly exposedFrom?: number;
  /** Chance that the session ends, by the response. */
  readonly chance: (answer: Answer, model: string) => number;
}

export function fatalResponse({
  name,
  hypothesis,
  allowed,
  after = atOnce,
  window = typeof after === 'function' ? 30 : after[1],
  end,
  exposedFrom = 0,
  chance,
}: Response): Cause {
  const cause: Cause = {
    name,
    ...(hypothesis && { hypothesis }),
    ...(allowed && { allowed }),
    window,
    begin: ({ draws, ledger }) => ({
      answered(session, answer) {
        const p = chance(answer, session.client.model);
        ledger.risk(cause, session.client.user.id, p > exposedFrom, p);
        if (draws.chance(p))
          session.strike(
            cause,
            drawn(typeof after === 'function' ? after(answer) : after, draws),
            end ?? genericEnd(draws),
          );
      },
    }),
  };
  return cause;
}

function drawn([low, high]: After, draws: Draws): number {
  return low + (high - low) * draws.next();
}

interface Planted {
  readonly chance: number;
  readonly after?: NonNullable<Response['after']>;
  readonly end?: Ending;
}

export const largeResponse = ({ bytes, chance, ...rest }: Planted & { readonly bytes: number }): Cause =>
  fatalResponse({
    ...rest,
    name: 'large responses',
    hypothesis: 'payload_size',
    chance: (answer) => (answer.bytes >= bytes ? chance : 0),
  });

/** The larger, the likelier: half of `most` at `half` bytes, without a threshold. */
export function smoothResponse({
  half,
  steepness,
  chance: most,
  ...rest
}: Planted & { readonly half: number; readonly steepness: number }): Cause {
  return fatalResponse({
    ...rest,
    name: 'responses, the larger the likelier',
    hypothesis: 'payload_size',
    exposedFrom: most / 4,
    chance: ({ bytes }) => {
      const dose = (bytes / half) ** steepness;
      return (most * dose) / (1 + dose);
    },
  });
}

const encodings = {
  base64: (text: string) => /[A-Za-z0-9+/]{400}/.test(text.slice(0, 1_500)),
  utf8: (text: string) => [...text.slice(0, 1_500)].some((character) => character > '\u007f'),
  control: (text: string) => text.slice(0, 1_500).includes('\\u0001'),
} as const;

export const encodedResponse = ({
  what,
  chance,
  ...rest
}: Planted & { readonly what: keyof typeof encodings }): Cause =>
  fatalResponse({
    ...rest,
    name: `responses with ${what}`,
    hypothesis: 'encoding',
    chance: ({ text }) => (encodings[what](text) ? chance : 0),
  });

export const wrongId = ({ chance, ...rest }: Planted): Cause =>
  fatalResponse({
    ...rest,
    name: 'ids that do not match',
    hypothesis: 'tool_call_id',
    chance: ({ known }) => (known ? 0 : chance),
  });

/** Whatever its size. */
export const badTool = ({ tool, chance, ...rest }: Planted & { readonly tool: string }): Cause =>
  fatalResponse({
    ...rest,
    name: `any response of ${tool}`,
    allowed: ['internal_error'],
    chance: (answer) => (answer.tool === tool ? chance : 0),
  });

export const slowTool = ({ seconds, chance, ...rest }: Planted & { readonly seconds: number }): Cause =>
  fatalResponse({
    ...rest,
    name: `responses after ${seconds} s`,
    allowed: ['internal_error'],
    chance: ({ latency }) => (latency >= seconds ? chance : 0),
  });

/** A model that now and then dies of any response. */
export const badModel = ({ model, chance, ...rest }: Planted & { readonly model: string }): Cause =>
  fatalResponse({
    ...rest,
    name: `any response to ${model}`,
    allowed: ['internal_error'],
    chance: (_, of) => (of === model ? chance : 0),
  });

/** To a call that was cancelled before. */
export const cancelledCall = ({ chance, ...rest }: Planted): Cause =>
  fatalResponse({
    ...rest,
    name: 'answers to cancelled calls',
    hypothesis: 'tool_call_id',
    chance: ({ cancelled }) => (cancelled ? chance : 0),
  });
