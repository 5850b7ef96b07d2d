import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { column, rowLength } from '../../../../src/analysis/risk/record.ts';
import { createRecent, type Recent } from '../../../../src/report/read/sessions/recent.ts';

const texts = ['', 'agent', '24.1.0', 'linux'];
const agent = { service: 'agent', node: '24.1.0', os: 'linux' };
const text = (json: Uint8Array) => Buffer.from(json).toString();

interface Span {
  readonly session: number;
  readonly json: string;
}

/** A chunk of these spans, in memory of its own. */
function chunkOf(spans: readonly Span[]) {
  const rows = new Float64Array(spans.length * rowLength);
  let from = 0;
  for (const [index, { json }] of spans.entries()) {
    const at = index * rowLength;
    rows.set([from, from + json.length], at + column.from);
    rows.set([1, 0, 0, 2, 3], at + column.service);
    from += json.length;
  }
  const bytes = new Uint8Array(Buffer.from(spans.map(({ json }) => json).join('')));
  return { rows, texts, bytes };
}

function read(recent: Recent, spans: readonly Span[]): void {
  const { bytes, ...chunk } = chunkOf(spans);
  recent.begin(chunk, bytes);
  for (const [index, { session }] of spans.entries()) recent.push(session, index * rowLength);
}

describe('the spans that were read last', () => {
  it('are found by their session, the last one first', () => {
    const recent = createRecent();
    read(recent, [
      { session: 1, json: 'one' },
      { session: 2, json: 'two' },
    ]);
    read(recent, [{ session: 1, json: 'three' }]);
    expect(recent.of(1).map(({ json, resource }) => [text(json), resource])).toEqual([
      ['three', agent],
      ['one', agent],
    ]);
    expect([[...recent.sessions()], recent.has(2), recent.has(3)]).toEqual([[1, 2], true, false]);
  });

  it('do not keep a large memory for a small part of it', () => {
    const released: Uint8Array[] = [];
    const recent = createRecent({ bytes: 1_000, release: (bytes) => released.push(bytes) });
    const { rows, bytes } = chunkOf([{ session: 1, json: 'one' }]);
    const large = new Uint8Array(10_000);
    large.set(bytes);
    const part = large.subarray(0, bytes.length);
    recent.begin({ rows, texts }, part);
    recent.push(1, 0);
    expect(released).toEqual([part]);
    large.fill(0);
    expect(recent.of(1).map(({ json }) => text(json))).toEqual(['one']);
  });

  it('are those of the very last chunks, as many as there is room for', () => {
    const span = fc.record({
      session: fc.integer({ min: 1, max: 3 }),
      json: fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 20 }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(span, { minLength: 1, maxLength: 4 })), (chunks) => {
        let released = 0;
        const most = 64;
        const recent = createRecent({ bytes: most, release: ({ length }) => (released += length) });
        for (const spans of chunks) read(recent, spans);
        const sizes = chunks.map((spans) => spans.reduce((sum, { json }) => sum + json.length, 0));
        const kept = sizes.reduce((sum, size) => sum + size, 0) - released;
        expect(kept <= most || kept === sizes.at(-1)).toBe(true);
        expect(recent.lost === 0 || kept + Math.max(...sizes) > most).toBe(true);
        const last = chunks.flat().slice(recent.lost);
        for (const session of [1, 2, 3]) {
          expect(recent.of(session).map(({ json }) => text(json))).toEqual(
            last
              .filter((one) => one.session === session)
              .map(({ json }) => json)
              .toReversed(),
          );
        }
      }),
    );
  });
});
