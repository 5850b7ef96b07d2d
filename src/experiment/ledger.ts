/** The file of an experiment: what it is, each toss before the session begins, and each outcome. Pure. */
import type { ExperimentFactor } from '../conventions/vocabulary.ts';
import type { DesignOptions } from './design.ts';
import type { Row } from './screening.ts';
import type { Begun, Ended } from './sessions.ts';

interface AnyPlan {
  readonly version: 1;
  readonly id: string;
  readonly options: DesignOptions;
  /** `simulator`, an address, or nothing for that of the SDK. */
  readonly against?: string;
  readonly script?: string;
}

export interface ExperimentPlan extends AnyPlan {
  readonly factor: ExperimentFactor;
}

/** Of `--all`: the ledgers of its experiments have its id and their factor. */
export interface ScreeningPlan extends AnyPlan {
  readonly screening: { readonly factors: readonly ExperimentFactor[]; readonly rows: readonly Row[] };
}

export type Plan = ExperimentPlan | ScreeningPlan;

export function planLine(plan: Plan): string {
  return `${JSON.stringify({ plan })}\n`;
}

export function tossLine(toss: Begun): string {
  return `${JSON.stringify({ toss })}\n`;
}

export function resultLine(result: Ended<Begun>): string {
  return `${JSON.stringify({ result })}\n`;
}

/**
 * Where the run was killed a session may have a toss and no outcome: it was stopped.
 *
 * @throws {TypeError} where the text is no ledger
 */
export function readLedger(text: string): { readonly plan: Plan; readonly results: readonly Ended<Begun>[] } {
  let plan: Plan | undefined;
  const results = new Map<number, Ended<Begun>>();
  for (const line of text.split('\n')) {
    const entry = parse(line);
    if (entry?.plan?.version === 1) plan = entry.plan;
    if (entry?.toss && !results.has(entry.toss.session)) {
      results.set(entry.toss.session, {
        ...entry.toss,
        outcome: { kind: 'stopped', tokens: { input: 0, output: 0 } },
      });
    }
    if (entry?.result) results.set(entry.result.session, entry.result);
  }
  if (plan === undefined) throw new TypeError('it is no ledger of an experiment of this version');
  return { plan, results: [...results.values()].sort((a, b) => a.session - b.session) };
}

interface Entry {
  readonly plan?: Plan;
  readonly toss?: Begun;
  readonly result?: Ended<Begun>;
}

/** The last line may be cut. */
function parse(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry | undefined;
  } catch {
    return undefined;
  }
}
