/** Causes in what tools answer: their chance goes by the answer, the session, and the time. */
import type { Answer, Cause, Ending, Named, Scene } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { ServerSession } from '../../world/server-session.ts';
import { type Delay, within } from './moment.ts';

interface Planted {
  readonly name: string;
  readonly allowed?: readonly Named[];
  readonly told?: boolean;
  readonly delay?: Delay;
  readonly end?: Ending;
  /** Counts as exposed from this chance on. */
  readonly exposedFrom?: number;
  readonly chance: (answer: Answer, session: ServerSession, scene: Scene) => number;
}

const answering =
  (hypothesis: Named) =>
  ({ name, allowed, told, delay = within(0.1, 0.8), end, exposedFrom = 0, chance }: Planted): Cause => {
    const cause: Cause = {
      name,
      hypothesis,
      ...(allowed && { allowed }),
      ...(told && { told }),
      window: delay.most,
      begin(scene) {
        const { draws, ledger } = scene;
        return {
          answered(session, answer) {
            const p = chance(answer, session, scene);
            ledger.risk(cause, session.client.user.id, p > exposedFrom, p);
            if (draws.chance(p)) session.strike(cause, delay.draw(draws), end ?? genericEnd(draws));
          },
        };
      },
    };
    return cause;
  };

export const largeAnswers = answering('payload_size');
export const strangeAnswers = answering('encoding');
export const misdirectedAnswers = answering('tool_call_id');

/** Of what has a limit: none below `from`, then ever nearer to `most`, two thirds of the way at `scale` beyond. */
export const saturating = (bytes: number, from: number, scale: number, most: number): number =>
  bytes <= from ? 0 : most * (1 - Math.exp(-(bytes - from) / scale));

export const isPicture = ({ text }: Answer): boolean => /[A-Za-z0-9+/]{400}/.test(text.slice(0, 1_500));
export const isForeign = ({ text }: Answer): boolean =>
  [...text.slice(0, 1_500)].some((character) => character > '\u007f');
export const hasControls = ({ text }: Answer): boolean => text.slice(0, 1_500).includes('\\u0001');

/** How many answers of a kind a session has given before this one. */
export function countOf(
  kind: (answer: Answer) => boolean,
): (answer: Answer, session: ServerSession) => number {
  const counts = new WeakMap<ServerSession, number>();
  return (answer, session) => {
    const before = counts.get(session) ?? 0;
    if (kind(answer)) counts.set(session, before + 1);
    return before;
  };
}
