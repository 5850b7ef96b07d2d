/** Causes in what tools answer and in how they are called, of other shapes than those of the families that are tuned on. */
import type { Cause, Ending, Named } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import { type After, fatalResponse } from '../../causes/responses.ts';

/** Chance by the size of a response. */
export type Dose = (bytes: number) => number;

/** Nothing below the first step; from each step on its chance. */
export const ladder =
  (...steps: readonly (readonly [number, number])[]): Dose =>
  (bytes) =>
    steps.findLast(([from]) => bytes >= from)?.[1] ?? 0;

/** Nothing up to a size; then so much more for each doubling, up to a most. */
export const hockeyStick =
  (from: number, perDoubling: number, most: number): Dose =>
  (bytes) =>
    bytes <= from ? 0 : Math.min(most, perDoubling * Math.log2(bytes / from));

interface Dosed {
  readonly name: string;
  readonly dose: Dose;
  readonly after?: After;
  readonly end?: Ending;
  readonly allowed?: readonly Named[];
  /** Only of this tool, or only to this model. */
  readonly tool?: string;
  readonly model?: string;
}

export const dosedResponse = ({ dose, tool, model, ...rest }: Dosed): Cause =>
  fatalResponse({
    ...rest,
    hypothesis: 'payload_size',
    chance: ({ bytes, tool: by }, to) =>
      (tool === undefined || tool === by) && (model === undefined || model === to) ? dose(bytes) : 0,
  });

/** Several calls at once. */
export function severalCalls({ chance, end }: { readonly chance: number; readonly end?: Ending }): Cause {
  const cause: Cause = {
    name: 'several calls at once',
    hypothesis: 'concurrency',
    window: 2,
    begin: ({ draws, ledger }) => ({
      called(session, count) {
        const p = count > 1 ? chance : 0;
        ledger.risk(cause, session.client.user.id, count > 1, p);
        if (draws.chance(p)) session.strike(cause, 0.2 + 1.5 * draws.next(), end ?? genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** A response while others of the same message are still awaited. */
export const responseAmongOthers = ({
  chance,
  end,
}: {
  readonly chance: number;
  readonly end?: Ending;
}): Cause =>
  fatalResponse({
    name: 'responses while others are awaited',
    hypothesis: 'concurrency',
    ...(end && { end }),
    chance: ({ waiting }) => (waiting > 0 ? chance : 0),
  });

/** Realtime input while a call is pending, of one model alone; the end takes its time. */
export function raceOf({
  model,
  chance,
  end,
}: {
  readonly model: string;
  readonly chance: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `input while a call is pending, to ${model}`,
    hypothesis: 'concurrency',
    window: 4,
    begin: ({ draws, ledger }) => ({
      called: (session) => ledger.risk(cause, session.client.user.id, false, 0),
      heardWhilePending(session, first) {
        if (!first) return;
        const p = session.client.model === model ? chance : 0;
        ledger.risk(cause, session.client.user.id, p > 0, p);
        if (draws.chance(p)) session.strike(cause, 0.3 + 3.7 * draws.next(), end);
      },
    }),
  };
  return cause;
}
