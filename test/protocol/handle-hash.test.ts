import { expect, it } from 'vitest';
import { hashHandle } from '../../src/protocol/handle-hash.ts';

it('is the first 16 hexadecimal digits of the SHA-256', () => {
  expect(hashHandle('abc')).toBe('ba7816bf8f01cfea');
});
