/** Reports of any content, for properties of everything that is rendered from them. */
import fc from 'fast-check';
import type { Quantiles } from '../../src/analysis/risk/quantiles.ts';
import {
  type Comparison,
  type Dose,
  type Finding,
  judged,
  verdicts,
} from '../../src/analysis/scorecard/scorecard.ts';
import type { Effect } from '../../src/analysis/statistics/odds-ratio.ts';
import type { Proportion } from '../../src/analysis/statistics/proportion.ts';
import { hypotheses, stallKinds } from '../../src/conventions/vocabulary.ts';
import { buildSessions } from '../../src/report/read/sessions/model.ts';
import { type GroupRow, groupings, type Report, type Tokens } from '../../src/report/report.ts';
import { arbitrarySpans } from './arbitrary-sessions.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.lorem({ maxCount: 30 }),
  fc.constantFrom('<script>alert(1)</script>', '| a | b |', '`', '@somebody [x](javascript:1)', ''),
);
const weight = fc.oneof(fc.nat(), fc.nat(20), fc.double({ min: 0, max: 1e9, noNaN: true }));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const quantity = fc.double({ min: 0, max: 1e12, noNaN: true });

const proportion: fc.Arbitrary<Proportion> = fc
  .tuple(share, share, share)
  .map((values) => values.toSorted((a, b) => a - b))
  .map(([low = 0, value = 0, high = 0]) => ({ value, low, high }));

const quantiles: fc.Arbitrary<Quantiles> = fc.record({ p50: quantity, p95: quantity, p99: quantity });

/** Some keys left out. */
function some<T extends object, K extends keyof T>(
  required: { readonly [P in Exclude<keyof T, K>]: fc.Arbitrary<T[P]> },
  optional: { readonly [P in K]: fc.Arbitrary<Exclude<T[P], undefined>> },
): fc.Arbitrary<T> {
  const model = { ...required, ...optional } as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(model, {
    requiredKeys: Object.keys(required),
  }) as fc.Arbitrary<unknown> as fc.Arbitrary<T>;
}

const effect = some<Effect, 'high'>(
  { measure: fc.constantFrom('odds_ratio', 'rate_ratio', 'share'), value: quantity, low: quantity },
  { high: quantity },
);

const group = fc.record({ label: text, units: weight, closures: weight });

const comparison = some<
  Comparison,
  'ends' | 'effect' | 'crude' | 'p' | 'adjustedP' | 'window' | 'looks' | 'clusters' | 'strata'
>(
  {
    exposed: group,
    unexposed: group,
    unit: fc.constantFrom('tool_response', 'tool_call', 'session', 'minute', 'step', 'expected_end'),
    adjustedFor: fc.array(text, { maxLength: 3 }),
    test: text,
  },
  {
    ends: fc.constant('lost' as const),
    effect,
    crude: effect,
    p: share,
    adjustedP: share,
    window: quantity,
    looks: weight,
    clusters: weight,
    strata: fc.record({
      columns: fc.array(fc.record({ name: text, precision: quantity }), { maxLength: 3 }),
      rows: fc.array(fc.array(weight, { maxLength: 4 }), { maxLength: 3 }),
      inflation: quantity,
      widening: quantity,
      looks: quantity,
      profiled: fc.boolean(),
    }),
  },
);

const bin = some<Dose['bins'][number], 'to'>(
  {
    from: quantity,
    units: weight,
    closures: weight,
    share: fc.option(proportion, { nil: undefined }),
  },
  { to: quantity },
);

const dose = some<Dose, 'trendP'>(
  { quantity: text, unit: fc.constantFrom('By', 's', 'token', '1'), bins: fc.array(bin, { maxLength: 8 }) },
  { trendP: share },
);

function finding(hypothesis: Finding['hypothesis']): fc.Arbitrary<Finding> {
  return some<
    Finding,
    'effect' | 'accountsFor' | 'moreSessions' | 'dose' | 'threshold' | 'holdsUnderRepeatedLooks'
  >(
    {
      hypothesis: fc.constant(hypothesis),
      verdict: fc.constantFrom(...verdicts),
      estimand: text,
      statement: text,
      comparisons: fc.array(comparison, { maxLength: 2 }),
      attributed: fc.record({ closures: weight, share: fc.option(proportion, { nil: undefined }) }),
      experiment: some<Finding['experiment'], 'command'>({ text }, { command: text }),
      caveats: fc.array(text, { maxLength: 2 }),
    },
    {
      effect,
      accountsFor: proportion,
      threshold: fc.record({
        quantity: text,
        unit: fc.constantFrom('By' as const, 'token' as const, '1' as const),
        from: quantity,
        words: text,
      }),
      moreSessions: fc.oneof(
        fc.record({ kind: fc.constant('sessions' as const), sessions: weight, chance: share }),
        fc.record({ kind: fc.constant('impractical' as const), beyond: weight }),
      ),
      holdsUnderRepeatedLooks: fc.boolean(),
      dose,
    },
  );
}

const scorecard = fc
  .tuple(fc.tuple(...judged.map(finding)), text, text)
  .map(([findings, answer, correction]) => ({
    findings,
    supported: findings.filter(({ verdict }) => verdict === 'supported').map(({ hypothesis }) => hypothesis),
    answer,
    correction,
  }));

const unexpected = fc.dictionary(fc.constantFrom(...hypotheses), weight, { maxKeys: 3 });
const sessionRef = fc.record({ traceId: text, spanId: text });

export const arbitraryReport: fc.Arbitrary<Report> = fc.record({
  version: fc.constant(3 as const),
  input: some<Report['input'], 'from' | 'to'>(
    {
      sources: fc.array(text, { maxLength: 5 }),
      lines: fc.nat(),
      spans: fc.nat(),
      broken: fc.nat(20),
      brokenLines: fc.array(
        fc.record({
          file: text,
          line: fc.nat(),
          problem: fc.constantFrom('truncated' as const, 'not_json' as const, 'not_otlp' as const),
        }),
        { maxLength: 8 },
      ),
    },
    { from: fc.oneof(fc.nat(), fc.double()), to: fc.oneof(fc.nat(), fc.double()) },
  ),
  totals: some<Report['totals'], 'unexpectedShare' | 'frame'>(
    {
      sessions: weight,
      turns: weight,
      toolCalls: weight,
      toolResponses: weight,
      closures: fc.record({ expected: weight, unexpected: weight }),
    },
    {
      unexpectedShare: proportion,
      frame: fc.record({ sessions: weight, unexpected: weight, outside: weight }),
    },
  ),
  coverage: fc.record({
    withClosure: share,
    unknownCauses: share,
    sampled: fc.boolean(),
    notes: fc.array(text, { maxLength: 3 }),
  }),
  environment: fc.array(
    fc.record({
      model: text,
      provider: text,
      sdk: text,
      service: text,
      sessions: weight,
      unexpected: weight,
    }),
    { maxLength: 3 },
  ),
  scorecard,
  groups: fc.array(
    some<GroupRow, 'share' | 'tokens'>(
      { by: fc.constantFrom(...groupings), value: text, sessions: weight, unexpected: weight },
      {
        share: proportion,
        tokens: some<Tokens, 'growth' | 'cost'>(
          { turns: weight, input: weight, output: weight, perTurn: quantity },
          {
            growth: quantity,
            cost: fc.record({ amount: quantity, currency: text, dated: text }),
          },
        ),
      },
    ),
    { maxLength: 6 },
  ),
  remedies: fc.array(
    some<Report['remedies'][number], 'cause' | 'interval' | 'traceId'>(
      {
        hypothesis: fc.constantFrom(...hypotheses),
        verdict: fc.constantFrom(...verdicts, 'not_judged' as const),
        text,
        closures: weight,
        share,
      },
      { cause: text, interval: proportion, traceId: text },
    ),
    { maxLength: 5 },
  ),
  causes: fc.array(
    fc.record({
      cause: text,
      title: text,
      hypothesis: fc.constantFrom(...hypotheses),
      expected: fc.boolean(),
      closures: weight,
      share,
    }),
    { maxLength: 5 },
  ),
  closureGroups: fc.array(
    some<Report['closureGroups'][number], 'code'>(
      {
        reason: text,
        initiator: text,
        expected: fc.boolean(),
        preceding: text,
        closures: weight,
        examples: fc.array(sessionRef, { maxLength: 3 }),
      },
      { code: fc.integer({ min: 1_000, max: 4_999 }) },
    ),
    { maxLength: 25 },
  ),
  tools: fc.array(
    some<Report['tools'][number], 'share' | 'latency' | 'bytes'>(
      { tool: text, calls: weight, responses: weight, closures: weight },
      { share: proportion, latency: quantiles, bytes: quantiles },
    ),
    { maxLength: 12 },
  ),
  firstAudio: fc.array(
    fc.record({ trigger: text, turns: weight, p50: quantity, p95: quantity, p99: quantity }),
    { maxLength: 4 },
  ),
  stalls: fc.array(
    some<Report['stalls'][number], 'longest'>(
      {
        kind: fc.constantFrom(...stallKinds),
        cause: text,
        stalls: weight,
        recovered: weight,
        examples: fc.array(sessionRef, { maxLength: 3 }),
      },
      { longest: quantity },
    ),
    { maxLength: 6 },
  ),
  turnTroubles: fc.array(
    fc.record({ outcome: text, turns: weight, examples: fc.array(sessionRef, { maxLength: 3 }) }),
    { maxLength: 6 },
  ),
  charts: fc.record({
    ages: fc.array(fc.record({ from: quantity, to: quantity, expected: weight, unexpected }), {
      maxLength: 5,
    }),
    time: fc.array(
      fc.record({ at: fc.nat(), connects: weight, toolResponses: weight, expected: weight, unexpected }),
      { maxLength: 5 },
    ),
    timeBinMs: fc.constant(60_000),
  }),
  sessions: fc.oneof(fc.constant([]), arbitrarySpans.map(buildSessions)),
});
