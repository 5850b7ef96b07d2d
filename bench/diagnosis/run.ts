/** Plays scenarios of the eval, and times the diagnosis of their ends in this process, which does nothing else. */
import { timings } from '../../eval/diagnosis/judge.ts';
import { partOf, seedOf } from '../../eval/diagnosis/part.ts';
import { type Ending, play } from '../../eval/diagnosis/play.ts';
import { scenarios } from '../../eval/diagnosis/scenarios/all.ts';
import { input, reply } from '../report/child.ts';

export interface DiagnosisInput {
  /** Scenarios at most. */
  readonly most: number;
}

/** Microseconds of each end: with a text that was seen before, and with a new one. */
export interface DiagnosisResult {
  readonly known: readonly number[];
  readonly fresh: readonly number[];
}

// The client library warns of ephemeral tokens at every connection.
console.warn = () => {};
const endings: Ending[] = [];
for (const scenario of scenarios
  .filter(({ name }) => partOf(name) === 'tune')
  .slice(0, input<DiagnosisInput>().most)) {
  endings.push(await play(scenario, seedOf(scenario.name, 1)));
}
const times = timings(endings);
const result: DiagnosisResult = {
  known: times.map(({ known }) => known),
  fresh: times.map(({ fresh }) => fresh),
};
reply(result);
process.exit(0);
