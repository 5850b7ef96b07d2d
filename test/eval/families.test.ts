/** The families of populations: told apart by name, and played with their own differences. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Cause, Hooks } from '../../eval/scorecard/causes/cause.ts';
import { populationOf } from '../../eval/scorecard/families/family.ts';
import { keptFamilies } from '../../eval/scorecard/families/kept.ts';
import { tunedFamilies } from '../../eval/scorecard/families/tuned.ts';
import { type Population, plainApplication, plainOperations } from '../../eval/scorecard/population.ts';
import { truthText } from '../../eval/scorecard/truth-text.ts';
import { play } from '../../eval/scorecard/world/play.ts';
import { plainTool } from '../../eval/scorecard/world/tool.ts';

const families = [...tunedFamilies, ...keptFamilies];

const plain = (change: Partial<Population>): Population => ({
  ...populationOf({ name: 'plain', make: () => ({ background: { faults: 0, losses: 0 } }) }, 3, 20),
  ...change,
});

async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'live-otel-eval-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** What the server hears of a population: no cause ends anything. */
async function watched(change: Partial<Population>, hooks: Hooks): Promise<void> {
  const cause: Cause = { name: 'none', begin: () => hooks };
  await play(plain({ ...change, causes: [cause] }), join(await scratch(), 'sessions.jsonl'));
}

it('has no name twice: seeds, stored telemetry and results go by it', () => {
  const names = families.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it('shares no family between the part that is tuned on and the one that is kept apart', () => {
  const tuned = new Set(tunedFamilies.map(({ make }) => make));
  expect(keptFamilies.filter(({ make }) => tuned.has(make))).toEqual([]);
});

it.each(families)('makes the same population of $name again', (family) => {
  const { causes: _, ...first } = populationOf(family, 1);
  const { causes: __, ...second } = populationOf(family, 1);
  expect(second).toEqual(first);
});

it('keeps the traffic of a population that is cut short: fewer visits, fewer hours', () => {
  const family = { name: 'busy', make: () => ({ load: 5 }) };
  const whole = populationOf(family, 1);
  const part = populationOf(family, 1, Math.ceil(whole.visits / 3));
  expect(whole.visits / whole.operations.hours).toBeCloseTo(part.visits / part.operations.hours, 0);
});

it('says what is true of a population without a report', async () => {
  const text = await truthText(plain({ background: { faults: 60, losses: 0 } }), await scratch());
  expect(text).toContain('20 visits');
  expect(text).toMatch(/true: internal_error of 100\.0 %/);
});

it('answers with other tools from the last deploy on', async () => {
  const tool = { ...plainTool, base64: 0, utf8: 0, control: 0, spread: 0.1 };
  const sizes: Record<string, number[]> = {};
  await watched(
    {
      application: { ...plainApplication, tools: [{ ...tool, bytes: 200 }] },
      operations: { ...plainOperations, hours: 2, deploys: 1, newTools: [{ ...tool, bytes: 9_000 }] },
    },
    {
      answered({ client }, { bytes }) {
        sizes[client.version] = [...(sizes[client.version] ?? []), bytes];
      },
    },
  );
  expect(Math.max(...(sizes['1.1.0'] ?? []))).toBeLessThan(3_000);
  expect(Math.min(...(sizes['1.2.0'] ?? []))).toBeGreaterThan(5_000);
});

it('lets the results of a connection grow', async () => {
  const tool = { ...plainTool, base64: 0, utf8: 0, control: 0, spread: 0, growth: 1, bytes: 1_000 };
  const sizes = new Map<object, number[]>();
  await watched(
    { application: { ...plainApplication, answers: 'together', tools: [tool] }, parallel: 0, calls: 1 },
    {
      answered(session, { bytes }) {
        sizes.set(session, [...(sizes.get(session) ?? []), bytes]);
      },
    },
  );
  const longest = [...sizes.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  expect(longest.length).toBeGreaterThan(2);
  expect(longest).toEqual([...longest].sort((a, b) => a - b));
  expect(longest[1]).toBeGreaterThan(1_900);
});

it('tells the server how many calls there are at once, and how many still wait', async () => {
  const counts = new Set<number>();
  const waiting = new Set<number>();
  await watched(
    { parallel: 0.5, calls: 1 },
    {
      called: (_, count) => void counts.add(count),
      answered: (_, answer) => void waiting.add(answer.waiting),
    },
  );
  expect([...counts].sort()).toEqual([1, 2, 3]);
  expect([...waiting].sort()).toEqual([0, 1, 2]);
});
