import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from '../../../src/analysis/risk/merge.ts';
import type { RiskTables } from '../../../src/analysis/risk/tables.ts';
import { timeWidths } from '../../../src/analysis/risk/time.ts';
import { collect } from '../../../src/report/read/collect.ts';
import { spanLine } from '../../report/otlp-lines.ts';
import { allSpans } from '../../report/sample.ts';

const count = fc.integer({ min: 1, max: 1_000 });
const few = fc.constantFrom('a', 'b');
const hypothesis = fc.constantFrom('rate_limit', 'payload_size', 'not_established');
const unexpected = fc.dictionary(hypothesis, count, { maxKeys: 2 });
const common = { model: few, service: few, sdk: fc.constant(''), hour: fc.integer({ min: 0, max: 2 }) };
const counted = <Factors>(factors: fc.Arbitrary<Factors>) =>
  fc.array(fc.record({ factors, units: count, closures: fc.integer({ min: 0, max: 1 }) }), { maxLength: 5 });

const tables = fc.record({
  toolResponses: counted(
    fc.record({
      ...common,
      tool: few,
      size: count,
      latency: count,
      encoding: few,
      shape: few,
      controlCharacters: fc.boolean(),
      idMatch: few,
      nameMatch: few,
      pending: fc.integer({ min: -1, max: 4 }),
      input: fc.integer({ min: -1, max: 2 }),
    }),
  ),
  toolCalls: counted(
    fc.record({
      ...common,
      tool: few,
      duration: count,
      pending: count,
      input: count,
      nonBlocking: fc.boolean(),
    }),
  ),
  endings: fc.constant([]),
  ages: fc.array(
    fc
      .integer({ min: 0, max: 5 })
      .chain((from) =>
        fc.record({ from: fc.constant(from), to: fc.constant(from + 1), expected: count, unexpected }),
      ),
  ),
  time: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 30 }).map((minute) => minute * 60_000),
      connects: count,
      toolResponses: count,
      expected: count,
      unexpected,
    }),
  ),
  timeBinMs: fc.constantFrom(...timeWidths.slice(0, 3)),
  coarsened: fc.array(few),
}) as fc.Arbitrary<RiskTables>;

const sum = (cells: readonly { readonly units: number }[]) =>
  cells.reduce((total, { units }) => total + units, 0);

describe('merge', () => {
  it('is associative and commutative', () => {
    fc.assert(
      fc.property(tables, tables, tables, (a, b, c) => {
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      }),
    );
  });

  it('keeps all units', () => {
    fc.assert(
      fc.property(tables, tables, (a, b) => {
        const both = merge(a, b);
        expect(sum(both.toolResponses)).toBe(sum(a.toolResponses) + sum(b.toolResponses));
        expect(sum(both.toolCalls)).toBe(sum(a.toolCalls) + sum(b.toolCalls));
      }),
    );
  });

  it('gives what reading both inputs gives', async () => {
    const tablesOf = async (...lines: readonly string[]) =>
      (await collect(['-'], { stdin: Readable.from([Buffer.from(lines.join('\n'))]) })).tables;
    const one = spanLine(allSpans);
    const another = spanLine(allSpans.map((span) => ({ ...span, traceId: 'b'.repeat(32) })));
    expect(merge(await tablesOf(one), await tablesOf(another))).toEqual(await tablesOf(one, another));
  });
});
