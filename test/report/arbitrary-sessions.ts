/** Spans of any shape, for properties of everything that is drawn from them. */
import fc from 'fast-check';
import type { AttributeName, LiveAttributes } from '../../src/conventions/attributes.ts';
import { attributes as definitions } from '../../src/conventions/attributes.ts';
import type { LiveSpan } from '../../src/report/read/otlp.ts';
import { id, origin } from './otlp-lines.ts';

const names = Object.keys(definitions) as AttributeName[];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.lorem({ maxCount: 40 }));
const number = fc.oneof(
  fc.integer({ min: -10, max: 2_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const valueByType: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: text,
  int: number,
  double: number,
  boolean: fc.boolean(),
  'string[]': fc.array(text, { maxLength: 3 }),
  'int[]': fc.array(number, { maxLength: 3 }),
  'double[]': fc.array(number, { maxLength: 3 }),
};

const attributes: fc.Arbitrary<LiveAttributes> = fc
  .uniqueArray(
    fc.constantFrom(...names).chain((name) => {
      const value = valueByType[definitions[name].type] ?? fc.constant(undefined);
      return value.map((found) => [name, found] as const);
    }),
    { selector: ([name]) => name, maxLength: 60 },
  )
  .map((entries) => Object.fromEntries(entries) as LiveAttributes);

const at = fc.double({ min: 0, max: 4_000_000, noNaN: true }).map((offset) => origin + offset);

const span: fc.Arbitrary<LiveSpan> = fc
  .record({
    source: fc.constantFrom('span' as const, 'span' as const, 'log' as const),
    kind: fc.constantFrom('session', 'connect', 'turn', 'tool_call', 'tool_response', 'closure', 'closure'),
    name: text,
    traceId: fc.constantFrom('a'.repeat(32), 'b'.repeat(32)),
    spanId: fc.integer({ min: 1, max: 30 }).map(id),
    parentSpanId: fc.integer({ min: 1, max: 30 }).map(id),
    startedAt: at,
    endedAt: at,
    attributes,
    events: fc.array(
      fc.record({ name: fc.constantFrom('frame', 'go_away', 'server_error', '__proto__'), at, attributes }),
      { maxLength: 3 },
    ),
  })
  .map((made) => ({
    ...made,
    kind: made.kind as LiveSpan['kind'],
    endedAt: Math.max(made.startedAt, made.endedAt),
  }));

export const arbitrarySpans = fc.array(span, { minLength: 1, maxLength: 30 });
