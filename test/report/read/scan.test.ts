import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closureColumn, column, kind, responseColumn, rowLength } from '../../../src/analysis/risk/record.ts';
import type { AttributeName, LiveAttributes } from '../../../src/conventions/attributes.ts';
import { attributes as definitions } from '../../../src/conventions/attributes.ts';
import { spanDefinitions } from '../../../src/conventions/spans.ts';
import { lineChunks, readerOf } from '../../../src/report/read/chunks.ts';
import type { LiveSpan } from '../../../src/report/read/otlp.ts';
import { scanChunk } from '../../../src/report/read/scan.ts';
import { createScanners } from '../../../src/report/read/scanners.ts';
import { decoded, id, type SpanInput, spanLine } from '../otlp-lines.ts';
import { allSpans } from '../sample.ts';

const kinds: Readonly<Record<LiveSpan['kind'], number>> = {
  session: kind.session,
  connect: kind.connect,
  turn: kind.turn,
  tool_call: kind.toolCall,
  tool_response: kind.toolResponse,
  closure: kind.closure,
};

/** Some columns of the rows, as values. */
function scanned(text: string) {
  const { rows, texts, count, ...rest } = scanChunk(Buffer.from(text), { last: true });
  const found = Array.from({ length: count }, (_, row) => {
    const value = (at: number) => rows[row * rowLength + at] as number;
    const which = value(column.kind);
    return {
      which,
      startedAt: value(column.startedAt),
      endedAt: value(column.endedAt),
      service: texts[value(column.service)],
      ...(which !== kind.session && which !== kind.connect && { model: texts[value(column.model)] }),
      ...(which === kind.toolResponse && {
        encoding: texts[value(responseColumn.encoding)],
        closed: value(responseColumn.closed) === 1,
      }),
      ...(which === kind.closure && {
        reason: texts[value(closureColumn.reason)],
        code: value(closureColumn.code),
        age: value(closureColumn.age),
        expected: value(closureColumn.expected) === 1,
      }),
    };
  });
  return { found, ...rest };
}

/** The same of spans that were read with `JSON.parse`. */
function expected({ kind: which, startedAt, endedAt, service, attributes }: LiveSpan) {
  return {
    which: kinds[which],
    startedAt,
    endedAt,
    service: service ?? '',
    ...(which !== 'session' && which !== 'connect' && { model: attributes['gen_ai.request.model'] ?? '' }),
    ...(which === 'tool_response' && {
      encoding: attributes['gemini.live.tool_response.encoding'] ?? '',
      closed: attributes['gemini.live.tool_response.outcome'] === 'closure',
    }),
    ...(which === 'closure' && {
      reason: attributes['gemini.live.closure.reason'] ?? '',
      code: attributes['gemini.live.closure.code'] ?? 0,
      age: attributes['gemini.live.closure.connection_age'] ?? -1,
      expected: attributes['gemini.live.closure.expected'] === true,
    }),
  };
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('"status":', '],"status":{}', '{"traceId":"', '\\', '\\"', '}]}', '\n', 'möbel'),
);
function arbitraryOf(name: AttributeName): fc.Arbitrary<unknown> {
  const { type } = definitions[name];
  const one: fc.Arbitrary<unknown> = type.startsWith('int')
    ? fc.integer({ min: 0 })
    : type.startsWith('double')
      ? fc.double({ min: 0, max: 1e6, noNaN: true })
      : type === 'boolean'
        ? fc.boolean()
        : text;
  return type.endsWith('[]') ? fc.array(one, { maxLength: 3 }) : one;
}

const names = Object.keys(spanDefinitions) as (keyof typeof spanDefinitions)[];
const span: fc.Arbitrary<SpanInput> = fc.constantFrom(...names).chain((name) => {
  const own = spanDefinitions[name].attributes.filter((attribute) => !('content' in definitions[attribute]));
  const attributes = fc.record(
    Object.fromEntries(own.map((attribute) => [attribute, arbitraryOf(attribute)])),
    {
      requiredKeys: [],
    },
  ) as fc.Arbitrary<LiveAttributes>;
  return fc.record({
    name: text.map((subject) => `${name} ${subject}`),
    spanId: fc.integer({ min: 1, max: 1e9 }).map(id),
    from: fc.integer({ min: 0, max: 1e6 }),
    to: fc.integer({ min: 1e6, max: 2e6 }),
    attributes,
    events: fc.array(
      fc.record({ name: text, at: fc.integer({ min: 0, max: 1e6 }), attributes: fc.constant({}) }),
    ),
  });
});

/** As exporters write it, and as they might: members in another order, white space, a status after the events. */
const writings: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => JSON.stringify(JSON.parse(line), withStatus),
  (line) => JSON.stringify(JSON.parse(line), reversed),
  (line) => JSON.stringify(JSON.parse(line), undefined, ' ').replaceAll('\n', ' '),
];

function isSpan(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'startTimeUnixNano' in value;
}

function withStatus(_: string, value: unknown): unknown {
  return isSpan(value)
    ? { ...value, droppedEventsCount: 3, status: { code: 2 }, links: [], flags: 257 }
    : value;
}

function reversed(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).reverse())
    : value;
}

describe('scanning', () => {
  it('finds in any span what JSON.parse finds, however it is written', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), fc.constantFrom(...writings), (spans, write) => {
        const line = write(spanLine(spans, 'an "agent"'));
        const { found, spans: counted, broken } = scanned(line);
        expect([counted, broken]).toEqual([spans.length, 0]);
        expect(found).toEqual(decoded(line).map(expected));
      }),
      { numRuns: 300 },
    );
  });

  it('never fails, whatever is broken off or put in', () => {
    const line = spanLine(allSpans);
    fc.assert(
      fc.property(fc.nat(line.length), fc.nat(line.length), fc.string(), (from, to, between) => {
        const { lines, broken, spans } = scanned(
          (line.slice(0, from) + between + line.slice(to)).replaceAll('\n', ' '),
        );
        expect(lines).toBeLessThanOrEqual(1);
        expect(broken === 0 || spans === 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same in threads, in the order of the chunks', async () => {
    const text = Array.from({ length: 60 }, (_, number) =>
      spanLine(allSpans.map((one) => ({ ...one, traceId: `1${number.toString(16).padStart(31, '0')}` }))),
    ).join('\n');
    const read = async (worthThreads: boolean) => {
      const scanners = createScanners({ session: undefined, worthThreads });
      const source = (async function* () {
        yield Buffer.from(text);
      })();
      const found: unknown[] = [];
      for await (const { scanned: chunk, bytes } of scanners.scan(
        lineChunks(readerOf(source), { size: 20_000, longest: 100_000, free: [] }),
      )) {
        found.push([
          chunk.count,
          chunk.spans,
          chunk.lines,
          [...chunk.rows],
          chunk.texts,
          Buffer.from(bytes).toString(),
        ]);
      }
      await scanners.close();
      return found;
    };
    const here = await read(false);
    expect(here.length).toBeGreaterThan(10);
    expect(await read(true)).toEqual(here);
  });
});
