/** From spans in a file to the verdict: what the benchmark counts directly is what the report reads. */
import { expect, it } from 'vitest';
import { live } from '../../../eval/scorecard/live.ts';
import { createOtlpRecorder } from '../../../eval/scorecard/otlp.ts';
import type { Population } from '../../../eval/scorecard/population.ts';
import { createRecorder } from '../../../eval/scorecard/telemetry.ts';
import { toReport } from '../../../src/report/assemble.ts';

const population: Population = {
  name: 'payload size, among large responses that are slow',
  family: 'payload_size',
  seed: 5,
  sessions: 250,
  background: 0.05,
  planted: [{ hypothesis: 'payload_size', chance: 0.5, bytes: 8_192 }],
  confounders: { slowIsLarge: 0.5 },
  mislabelled: 0.2,
  gated: 0.5,
};

it('names what was planted, from a file of spans', async () => {
  const file = createOtlpRecorder();
  live(population, file);
  const collected = await file.collected();
  const counter = createRecorder();
  live(population, counter);
  expect(collected.tables).toEqual(counter.tables());

  const { scorecard, totals } = toReport(collected);
  expect(totals.sessions).toBe(250);
  expect(scorecard.supported).toEqual(['payload_size']);
});
