/** The file of an experiment: what it is, each toss before the session begins, and each outcome. Pure. */
import type { ExperimentFactor } from '../conventions/vocabulary.ts';
import type { DesignOptions } from './design.ts';
import type { Result, Toss } from './run.ts';

export interface Plan {
  readonly version: 1;
  readonly id: string;
  readonly factor: ExperimentFactor;
  readonly options: DesignOptions;
  /** `simulator`, an address, or nothing for that of the SDK. */
  readonly against?: string;
  readonly script?: string;
}

export function planLine(plan: Plan): string {
  return `${JSON.stringify({ plan })}\n`;
}

export function tossLine(toss: Toss): string {
  return `${JSON.stringify({ toss })}\n`;
}

export function resultLine(result: Result): string {
  return `${JSON.stringify({ result })}\n`;
}

/**
 * Where the run was killed a session may have a toss and no outcome: it was stopped.
 *
 * @throws {TypeError} where the text is no ledger
 */
export function readLedger(text: string): { readonly plan: Plan; readonly results: readonly Result[] } {
  let plan: Plan | undefined;
  const results = new Map<number, Result>();
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
  readonly toss?: Toss;
  readonly result?: Result;
}

/** The last line may be cut. */
function parse(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry | undefined;
  } catch {
    return undefined;
  }
}
