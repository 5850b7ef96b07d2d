import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeName, LiveAttributes } from '../../../src/conventions/attributes.ts';
import { attributes as definitions } from '../../../src/conventions/attributes.ts';
import { renamedAttributes } from '../../../src/conventions/renames.ts';
import { type SpanId, spanDefinitions } from '../../../src/conventions/spans.ts';
import { lineChunks, readerOf } from '../../../src/report/read/chunks.ts';
import { scanChunk } from '../../../src/report/read/scan.ts';
import { createScanners } from '../../../src/report/read/scanners.ts';
import { closureLogLine, id, type SpanInput, spanLine } from '../otlp-lines.ts';
import { allSpans } from '../sample.ts';
import { parsedRows, scannedRows } from './rows.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(']},{"timeUnixNano":', '],"name":"frame","timeUnixNano":"', ']}],"links":', ']}', '[]]'),
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

/** Mostly of its type, and now and then of any other. */
function arbitraryOrOdd(name: AttributeName): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 9, arbitrary: arbitraryOf(name) },
    { weight: 1, arbitrary: fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 2 })) },
  );
}

function attributesOf(name: SpanId): fc.Arbitrary<LiveAttributes> {
  const own = spanDefinitions[name].attributes.filter((attribute) => !('content' in definitions[attribute]));
  return fc.record(Object.fromEntries(own.map((attribute) => [attribute, arbitraryOrOdd(attribute)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<LiveAttributes>;
}

const spanNumber = fc.integer({ min: 1, max: 1e9 }).map(id);
const traceId = fc.constantFrom('a'.repeat(32), 'B0'.repeat(16), '0'.repeat(32), 'abc');

const names = Object.keys(spanDefinitions) as SpanId[];
const span: fc.Arbitrary<SpanInput> = fc.constantFrom(...names).chain((name) =>
  fc.record(
    {
      name: fc.oneof(
        text.map((subject) => `${name} ${subject}`),
        fc.constantFrom(name, `${name}s`),
      ),
      traceId,
      spanId: spanNumber,
      parentSpanId: fc.oneof(spanNumber, fc.constantFrom('0'.repeat(16), 'none')),
      traceState: fc.constantFrom('ot=th:8', 'ot=th:f;rv:1,other=1', 'other=1'),
      from: fc.integer({ min: 0, max: 1e6 }),
      to: fc.integer({ min: 5e5, max: 2e6 }),
      attributes: attributesOf(name),
      events: fc.array(
        fc.record({
          name: fc.oneof(fc.constant('frame'), text),
          at: fc.integer({ min: 0, max: 1e6 }),
          attributes: fc.oneof(fc.constant({}), attributesOf('live_closure')),
        }),
      ),
    },
    { requiredKeys: ['name', 'spanId', 'from', 'to'] },
  ),
);
const log = fc.record(
  {
    traceId,
    spanId: fc.oneof(spanNumber, fc.constant('')),
    at: fc.integer({ min: 0, max: 1e6 }),
    attributes: attributesOf('live_closure'),
  },
  { requiredKeys: ['at', 'attributes'] },
);

/** As exporters write it, and as they might: members in another order, white space, a status after the events. */
const writings: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => JSON.stringify(JSON.parse(line), withStatus),
  (line) => JSON.stringify(JSON.parse(line), asTheCollector),
  (line) => JSON.stringify(JSON.parse(line), asTheFile),
  (line) => JSON.stringify(JSON.parse(line), reversed),
  (line) => JSON.stringify(JSON.parse(line), undefined, ' ').replaceAll('\n', ' '),
  (line) => JSON.stringify(JSON.parse(line), withEarlierNames),
];

const earlierNames = new Map([...renamedAttributes].map(([earlier, name]) => [name as string, earlier]));

function withEarlierNames(key: string, value: unknown): unknown {
  return key === 'key' && typeof value === 'string' ? (earlierNames.get(value) ?? value) : value;
}

function isSpan(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'startTimeUnixNano' in value;
}

function withStatus(_: string, value: unknown): unknown {
  return isSpan(value)
    ? { ...value, droppedEventsCount: 3, status: { code: 2 }, links: [], flags: 257 }
    : value;
}

function isEvent(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'timeUnixNano' in value;
}

function asTheCollector(_: string, value: unknown): unknown {
  if (isSpan(value)) return { ...value, links: [{ traceId: 'a', attributes: [] }], status: {} };
  if (!isEvent(value)) return value;
  const { timeUnixNano, name, attributes } = value;
  return { timeUnixNano, name, attributes };
}

function asTheFile(_: string, value: unknown): unknown {
  if (isSpan(value)) return { ...value, droppedEventsCount: 0, status: { code: 0 }, links: [] };
  if (!isEvent(value)) return value;
  const { attributes, name, timeUnixNano } = value;
  return { attributes, name, timeUnixNano, droppedAttributesCount: 0 };
}

function reversed(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).reverse())
    : value;
}

describe('scanning', () => {
  it('finds in every column of any span what JSON.parse finds, however it is written', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), fc.constantFrom(...writings), (spans, write) => {
        const line = write(spanLine(spans, 'an "agent"'));
        const { spans: counted, broken } = scanChunk(Buffer.from(line), { last: true });
        expect([counted, broken]).toEqual([spans.length, 0]);
        expect(scannedRows(line)).toEqual(parsedRows(line));
      }),
      { numRuns: 250 },
    );
  });

  it('does the same with log records of closures', () => {
    fc.assert(
      fc.property(log, fc.constantFrom(...writings), (record, write) => {
        const line = write(closureLogLine(record));
        expect(scannedRows(line)).toEqual(parsedRows(line));
      }),
      { numRuns: 100 },
    );
  });

  it('never fails, whatever is broken off or put in', () => {
    const line = spanLine(allSpans);
    fc.assert(
      fc.property(fc.nat(line.length), fc.nat(line.length), fc.string(), (from, to, between) => {
        const torn = (line.slice(0, from) + between + line.slice(to)).replaceAll('\n', ' ');
        const { lines, broken, spans } = scanChunk(Buffer.from(torn), { last: true });
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
