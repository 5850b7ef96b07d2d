/**
 * How often the diagnosis is right: `node eval/diagnosis.ts [--part tune|kept|all] [--seed N] [--json] [--write]`.
 * Exits with 1 where a goal is missed. `--write` puts the figures of both parts into docs/diagnosis.md.
 */
import { parseArgs } from 'node:util';
import { judge, type Verdict } from './diagnosis/judge.ts';
import { partOf, seedOf } from './diagnosis/part.ts';
import { play } from './diagnosis/play.ts';
import { judgeReasons } from './diagnosis/reasons.ts';
import {
  confusionText,
  missesText,
  reasonsText,
  scoreText,
  silenceMissesText,
  silenceText,
} from './diagnosis/render-text.ts';
import { scenarios } from './diagnosis/scenarios/all.ts';
import { confusionOf, meetsGoals, score } from './diagnosis/score.ts';
import { meetsSilenceGoals, scoreSilences, sumUp } from './diagnosis/silence/score.ts';
import { writePage } from './diagnosis/write-page.ts';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const { part, seed, json, write } = values;
if (!['tune', 'kept', 'all'].includes(part))
  throw new TypeError(`--part is ${part}: tune, kept or all is allowed.`);
if (!Number.isInteger(Number(seed))) throw new TypeError(`--seed is ${seed}: a whole number is allowed.`);

// The client library warns of ephemeral tokens at every connection.
console.warn = () => {};

const verdicts: Verdict[] = [];
for (const scenario of scenarios) {
  if (part !== 'all' && !write && partOf(scenario.name) !== part) continue;
  verdicts.push(judge(scenario, await play(scenario, seedOf(scenario.name, Number(seed)))));
}
const tuned = verdicts.filter(({ scenario }) => partOf(scenario.name) === 'tune');
const kept = verdicts.filter(({ scenario }) => partOf(scenario.name) === 'kept');
const conversations = scoreSilences(Number(seed)).filter(
  (one) => part === 'all' || write || one.part === part,
);
const silences = {
  tune: sumUp(conversations.filter((one) => one.part === 'tune')),
  kept: sumUp(conversations.filter((one) => one.part === 'kept')),
};
const reasons = judgeReasons();
const scores = { tune: score(tuned), kept: score(kept) };

if (json) {
  const misses = verdicts.filter(({ causeRight, hypothesisRight }) => !causeRight || !hypothesisRight);
  console.log(
    JSON.stringify(
      {
        scores,
        silences,
        reasons,
        misses: misses.map(({ scenario, ending }) => ({
          name: scenario.name,
          truth: scenario.truth,
          diagnosis: ending.diagnosis,
        })),
      },
      (_key, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value),
    ),
  );
} else {
  if (verdicts.length > 0)
    console.log(`${confusionText(confusionOf(verdicts))}\n\n${missesText(verdicts)}\n`);
  if (tuned.length > 0) console.log(scoreText('Tuned on', scores.tune));
  if (kept.length > 0) console.log(scoreText('Kept apart', scores.kept));
  console.log(reasonsText(reasons));
  console.log(silenceMissesText(conversations));
  if (silences.tune.kinds > 0) console.log(silenceText('Silences, tuned on', silences.tune));
  if (silences.kept.kinds > 0) console.log(silenceText('Silences, kept apart', silences.kept));
}
if (write) await writePage(scores, silences, reasons);
const judged = [tuned.length > 0 && scores.tune, kept.length > 0 && scores.kept].filter(
  (one) => one !== false,
);
const judgedSilences = [silences.tune, silences.kept].filter(({ kinds }) => kinds > 0);
process.exitCode =
  judged.every(meetsGoals) &&
  judgedSilences.every(meetsSilenceGoals) &&
  reasons.every(({ missing }) => missing.length === 0)
    ? 0
    : 1;
