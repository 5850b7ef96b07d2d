import { readFile, writeFile } from 'node:fs/promises';

const page = new URL('../../docs/report.md', import.meta.url);
const begin = '<!-- eval:scorecard -->';
const end = '<!-- /eval:scorecard -->';

/** Rewrites the part of the page between the two comments; throws where they are not there. */
export async function writePage(figures: string): Promise<void> {
  const text = await readFile(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/report.md has no ${begin} … ${end} to write between.`);
  await writeFile(page, `${text.slice(0, from)}${begin}\n\n${method}\n\n${figures}\n\n${text.slice(to)}`);
}

const method = `Populations of sessions are made as telemetry with a known truth: one of the seven explanations is planted, or two at once,
or none; from 50 to 20,000 sessions, of which 0.5 % to 40 % end for reasons that nothing tells. Of the closures' own diagnoses 5 % to
30 % are wrong, and a large response is blamed whether it was the reason or not. Confounders are planted as well: large responses
that are slow, one tool that is large and innocent or large and broken, a busy hour in which more fails, an outage after which all
connect again. Populations of up to 300 sessions go the whole way, through a file of spans.

Whether the data suffices is said beforehand, by none of the scorecard's code: the plain comparison that someone would make who
knows what was planted has a power of 99 %, and it accounts for a tenth of the unexpected ends or more. An innocent explanation is
one that was not planted; a fault of the service may be named where a tool was planted as slow or broken, or an outage.

The part kept apart has other thresholds, ages, exposures, pairs and confounders than the part that the rules were tuned on, and was
run when they were done. All of this is simulated: it shows what the statistics make of such data, not how often each explanation is
true, and what the simulation leaves out, it does not test.
\`npm run eval:scorecard\` repeats it.`;
