import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { telemetry } from '../../bench/report-speed/telemetry.ts';
import { halfOctave, hourOf, inputStep, octave } from '../../src/analysis/risk/bins.ts';
import { distributionBins } from '../../src/analysis/risk/quantiles.ts';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Collected } from '../../src/report/read/collected.ts';
import type { ClosureGroupRow } from '../../src/report/read/sessions/closure-groups.ts';
import { weightOf } from '../../src/report/read/weight.ts';
import { bins, distributionBin, weightColumns } from '../../tools/aggregates/expressions.ts';
import { load, printed, readPrinted } from './support/aggregate.ts';
import { arbitraryTelemetry } from './support/arbitrary-telemetry.ts';
import { type Engine, startEngine } from './support/engine.ts';

let engine: Engine;
beforeAll(() => {
  engine = startEngine();
});
afterAll(() => engine.close());

const collected = (lines: readonly string[]): Promise<Collected> =>
  collect(['-'], { stdin: Readable.from([Buffer.from(lines.map((line) => `${line}\n`).join(''))]) });

async function aggregated(lines: readonly string[]): Promise<Collected> {
  await load(engine, lines);
  return readPrinted(await printed(engine));
}

const withoutExamples = ({ examples: _, ...group }: ClosureGroupRow) => group;

/** Without what docs/aggregates.md says is another: which sessions are shown, lines of the input, what went wrong in between. */
function comparable({
  input,
  examples,
  closureGroups,
  sessions: _,
  notes: __,
  frame: ___,
  experiments: ____,
  stalls: _____,
  turnTroubles: ______,
  ...rest
}: Collected) {
  const { spans, from, to } = input;
  return {
    input: { spans, from, to },
    causes: Object.keys(examples),
    closureGroups: closureGroups.map(withoutExamples),
    ...rest,
  };
}

/** Aggregates hold no session as a whole, to compare within it. */
const noFrame: Collected['frame'] = { sessions: [], outside: [], missingResponses: 0, thinned: false };

/** Stalls and turns that came to nothing are those of the sessions shown. */
function comparableReport(from: Collected) {
  const {
    input: _,
    coverage,
    closureGroups,
    remedies,
    sessions: __,
    stalls: ___,
    turnTroubles: ____,
    experiments: ______,
    ...rest
  } = toReport({ ...from, frame: noFrame });
  return {
    ...rest,
    coverage: { ...coverage, notes: [] },
    closureGroups: closureGroups.map(withoutExamples),
    remedies: remedies.map(({ traceId: _____, ...remedy }) => remedy),
  };
}

describe('aggregates of a ClickHouse', () => {
  it('make the report that the spans make', async () => {
    const lines = [...telemetry(20_000)].map(String);
    const [fromSpans, fromAggregates] = [await collected(lines), await aggregated(lines)];
    expect(fromSpans.counts.withClosure).toBeGreaterThan(1000);
    expect(comparable(fromAggregates)).toEqual(comparable(fromSpans));
    expect(comparableReport(fromAggregates)).toEqual(comparableReport(fromSpans));
  });

  it('make it of any telemetry: thinned, twice, with spans missing', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTelemetry, async (lines) => {
        const [fromSpans, fromAggregates] = [await collected(lines), await aggregated(lines)];
        expect(comparable(fromAggregates)).toEqual(comparable(fromSpans));
        expect(comparableReport(fromAggregates)).toEqual(comparableReport(fromSpans));
      }),
      { numRuns: 15 },
    );
  });

  it('show closures that are there, with all that is known of them', async () => {
    const lines = [...telemetry(4_000)].map(String);
    const fromSpans = await collect(['-'], {
      stdin: Readable.from([Buffer.from(lines.join(''))]),
      keepSessions: 10_000,
    });
    const { sessions, closureGroups, examples } = await aggregated(lines);
    const known = new Map(fromSpans.sessions.map((session) => [session.traceId, session]));
    expect(sessions.length).toBeGreaterThan(5);
    for (const { closure, traceId } of sessions) {
      const whole = known.get(traceId)?.closure;
      expect(closure).toEqual({ ...whole, events: [] });
    }
    for (const [cause, traceId] of Object.entries(examples)) {
      expect(known.get(traceId)?.closure?.attributes['gemini.live.closure.cause']).toBe(cause);
    }
    for (const { preceding, examples: named } of closureGroups) {
      for (const { traceId, spanId } of named) {
        expect(known.get(traceId)?.spanId).toBe(spanId);
        expect(known.get(traceId)?.closure?.attributes['gemini.live.closure.preceding_event']).toBe(
          preceding,
        );
      }
    }
  });

  it('are of the period alone, and periods add up', async () => {
    const lines = [...telemetry(4_000)].map(String);
    const whole = await aggregated(lines);
    const middle = new Date(((whole.input.from ?? 0) + (whole.input.to ?? 0)) / 2).toISOString();
    const split = middle.slice(0, 19).replace('T', ' ');
    const before = await printed(engine, { from: '2000-01-01 00:00:00', to: split });
    const after = await printed(engine, { from: split, to: '2100-01-01 00:00:00' });
    const [first, second] = [await readPrinted(before), await readPrinted(after)];
    expect(first.input.spans).toBeGreaterThan(0);
    expect(first.input.spans + second.input.spans).toBe(whole.input.spans);
    const both = await readPrinted(`${before}\n${after}`);
    expect(both.tables).toEqual(whole.tables);
    expect(both.closureGroups.map(withoutExamples)).toEqual(whole.closureGroups.map(withoutExamples));
  });

  it('of nothing are nothing', async () => {
    const { counts, input } = await aggregated([]);
    expect(counts).toEqual({ sessions: 0, withClosure: 0, turns: 0, toolCalls: 0, toolResponses: 0 });
    expect(input).toEqual({ sources: ['-'], lines: 1, spans: 0, broken: 0, brokenLines: [] });
  });
});

describe('an expression puts every quantity into the bin of the report', () => {
  const edges = Array.from({ length: 45 }, (_, power) => 2 ** power);
  const quantities = [
    ...edges.flatMap((edge) => [edge - 1, edge, edge + 1, edge * Math.SQRT2, Math.ceil(edge * Math.SQRT2)]),
    ...Array.from({ length: 5_000 }, (_, index) => index),
    ...fc.sample(fc.double({ min: 0, max: 1e9, noNaN: true }), { numRuns: 5_000, seed: 1 }),
  ];
  const binsOf = async (expression: string, values: readonly (number | string)[], type = 'Float64') => {
    const rows = values.map((value) => JSON.stringify({ value })).join('\n');
    await engine.run('DROP TABLE IF EXISTS quantities');
    await engine.run(
      `CREATE TABLE quantities (position UInt32 DEFAULT 0, value Nullable(${type})) ENGINE = Memory`,
    );
    await engine.run(
      `INSERT INTO quantities (value) SETTINGS precise_float_parsing = 1 FORMAT JSONEachRow\n${rows}`,
    );
    const printedRows = await engine.run(
      `SELECT ${expression} AS bin FROM quantities SETTINGS max_threads = 1 FORMAT JSONEachRow`,
    );
    return printedRows
      .trim()
      .split('\n')
      .map((line) => Number((JSON.parse(line) as { bin: unknown }).bin));
  };

  it.each([
    ['half octaves', bins.halfOctave('value'), halfOctave],
    ['octaves', bins.octave('value'), octave],
    ['steps of input', bins.inputStep('value'), inputStep],
    ['hours', bins.hour('value'), hourOf],
    [
      'times to the first audio',
      distributionBin('value'),
      (value: number) => {
        const { smallest, ratio, count } = distributionBins;
        return Math.min(
          Math.floor(Math.log(Math.max(value, smallest) / smallest) / Math.log(ratio)),
          count - 1,
        );
      },
    ],
  ])('%s', async (_, expression, binOf) => {
    expect(await binsOf(expression, quantities)).toEqual(quantities.map(binOf));
  });

  it('weights', async () => {
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 1, maxLength: 15 });
    const states = fc.sample(
      fc.oneof(
        hex.map((threshold) => `ot=th:${threshold}`),
        hex.map((threshold) => `a=b, ot=rv:${threshold};th:${threshold},c=d`),
        fc.constantFrom('', 'ot=', 'ot=th:', 'ot=th:G', 'xot=th:8', ' \tot=th:8'),
      ),
      { numRuns: 3_000, seed: 1 },
    );
    const expression = `tupleElement((${weightColumns.join(', ').replaceAll('TraceState', 'assumeNotNull(value)')}), 2)`;
    expect(await binsOf(expression, states, 'String')).toEqual(states.map(weightOf));
  });
});
