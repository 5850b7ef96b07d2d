import type { Hypothesis } from '../../src/conventions/vocabulary.ts';
import { causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Ending } from './play.ts';
import type { Scenario } from './scenario.ts';

/** What was said of a scenario, held against what is true. */
export interface Verdict {
  readonly scenario: Scenario;
  readonly ending: Ending;
  /** Any of them is right. */
  readonly hypotheses: readonly Hypothesis[];
  readonly hypothesisRight: boolean;
  readonly hypothesisInTop3: boolean;
  readonly causeRight: boolean;
  readonly causeInTop3: boolean;
  /** A cause that can be told, at least in part, from its neighbours on this side of the socket. */
  readonly observable: boolean;
  /** Confidence high or medium, and the hypothesis is wrong. */
  readonly confidentlyWrong: boolean;
}

export function judge(scenario: Scenario, ending: Ending): Verdict {
  const { diagnosis } = ending;
  const active = (ending.closure?.activeMs ?? ending.stall) !== undefined;
  const hypotheses = scenario.hypotheses ?? [
    ...new Set(scenario.truth.map((id) => hypothesisOf(id, active))),
  ];
  const said = [diagnosis.hypothesis, ...diagnosis.rivals.slice(0, 2).map(({ hypothesis }) => hypothesis)];
  const named = [diagnosis.cause, ...diagnosis.rivals.slice(0, 2).map(({ cause }) => cause)];
  const hypothesisRight = hypotheses.includes(diagnosis.hypothesis);
  return {
    scenario,
    ending,
    hypotheses,
    hypothesisRight,
    hypothesisInTop3: said.some((hypothesis) => hypotheses.includes(hypothesis)),
    causeRight: scenario.truth.includes(diagnosis.cause),
    causeInTop3: named.some((cause) => scenario.truth.includes(cause)),
    observable: scenario.truth.some((id) => id !== 'unknown' && causeById(id)?.observable !== 'no'),
    confidentlyWrong: !hypothesisRight && ['high', 'medium'].includes(diagnosis.confidence),
  };
}

function hypothesisOf(id: string, active: boolean): Hypothesis {
  if (id === 'unknown') return 'not_established';
  const cause = causeById(id);
  if (cause === undefined) throw new Error(`No cause of the catalogue has the id ${id}.`);
  return (active ? cause.onceActive?.hypothesis : undefined) ?? cause.hypothesis;
}

const runs = 10;
const rounds = 30;

/** Microseconds that a diagnosis takes: with a reason seen before, and with one that is new. */
export interface Timing {
  readonly known: number;
  readonly fresh: number;
}

/** Once all were played, so that what is measured is neither the start of the process nor the simulator. */
export function timings(endings: readonly Ending[]): readonly Timing[] {
  const ends = endings.flatMap(({ closure, others }) => (closure === undefined ? [] : [{ closure, others }]));
  for (let warm = 0; warm < 20; warm++) for (const { closure, others } of ends) diagnose(closure, others);
  return ends.map(({ closure, others }) => {
    const { reason } = closure;
    return {
      known: measure(() => diagnose(closure, others)),
      // Spaces at the end change nothing but what was remembered of the text.
      fresh: measure((round) =>
        diagnose({ ...closure, reason: reason + ' '.repeat(1 + (round % 128)) }, others),
      ),
    };
  });
}

/** The fastest of several runs: what else goes on in the machine is not what is measured. */
function measure(action: (round: number) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    for (let round = 0; round < rounds; round++) action(round);
    best = Math.min(best, ((performance.now() - started) / rounds) * 1_000);
  }
  return best;
}
