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

const method = `Populations of users talk through the real \`@google/genai\` (1.x, 2.x and 3.x in turn) to a scripted service, in virtual time and
without a network; the instrumentation watches, and the report reads what it wrote. Nothing of the report's own code takes part
in making them. Users have habits: when they come, how long they stay, whether the microphone stays open, how often
they lose the connection, how much befalls them. The application calls several tools at once, answers singly or
together, connects again after an end, is rolled out, killed, sampled, and has clocks that are off.

What ends sessions is planted at the service, which keeps the account: so many ends are of the cause, so many of the background.
The truth is taken from that account, of the ends that the telemetry tells of: where a sampler drops whole sessions and leaves no
word of them, nothing in the data says how many there were. A hypothesis is innocent where it was not planted and is true of less than 5 % of the
unexpected ends. Whether the data suffices is said without the report: somebody who knows what to compare would see it
with a power of 99 %, and it is true of a tenth of the ends or more. A true hypothesis that is refuted counts from a tenth on.

The families that are kept apart have other causes, thresholds, pairs and confounders than those that the rules were tuned on, and
nobody looks at what goes wrong in them. All of this is simulated: it shows what the report makes of such traffic, not how often
each hypothesis is true, and what the simulation leaves out, it does not test.
\`npm run eval:scorecard\` repeats it.`;
