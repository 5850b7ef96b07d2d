/** What stands in a browser in the place of modules that need Node.js says the same as they do. */
import { describe, expect, it } from 'vitest';
import * as webBytes from '../../../src/browser/web/bytes.ts';
import * as webHash from '../../../src/browser/web/handle-hash.ts';
import { asUuid } from '../../../src/browser/web/unique-id.ts';
import * as nodeBytes from '../../../src/protocol/bytes.ts';
import * as nodeHash from '../../../src/protocol/handle-hash.ts';

const bytes = new TextEncoder().encode('{"a":"ü€😀"}');

describe('bytes', () => {
  it.each(['', 'abc', 'ü€😀', '\ud800', '\u0000'])('counts those of %j', (text) => {
    expect(webBytes.byteLength(text)).toBe(nodeBytes.byteLength(text));
  });

  it.each([
    ['an array', bytes],
    ['a buffer', bytes.buffer],
    ['a view', new DataView(bytes.buffer, 2, 4)],
    ['a text', '{}'],
    ['nothing', undefined],
    ['a number', 7],
  ])('finds those of %s', (_what, data) => {
    const [web, node] = [webBytes.binaryOf(data), nodeBytes.binaryOf(data)];
    expect(web && [...web]).toEqual(node && [...node]);
    expect(web && webBytes.textOf(web)).toBe(node && nodeBytes.textOf(node));
  });

  it('copies none', () => {
    expect(webBytes.binaryOf(bytes.buffer)?.buffer).toBe(bytes.buffer);
  });
});

describe('the hash of a handle', () => {
  it.each(['', 'a', 'ü', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(63), 'x'.repeat(64), 'y'.repeat(1_000)])(
    'of %j',
    (handle) => {
      expect(webHash.hashHandle(handle)).toBe(nodeHash.hashHandle(handle));
    },
  );
});

describe('an id made without randomUUID()', () => {
  it.each([
    ['0'.repeat(32), '00000000-0000-4000-8000-000000000000'],
    ['f'.repeat(32), 'ffffffff-ffff-4fff-bfff-ffffffffffff'],
    ['0123456789abcdef0123456789abcdef', '01234567-89ab-4def-8123-456789abcdef'],
  ])('of %s', (hex, id) => {
    expect(asUuid(hex)).toBe(id);
  });
});
