import { expect, it } from 'vitest';
import { byBytes, isSame, wordsOver } from '../../../src/report/read/by-bytes.ts';

// Read as a double, the first eight bytes of it are no number, and no number is equal to itself.
const noNumber = '\u007f😀 and so on';

it.each(['usual text', noNumber, ''])('finds what was made of %j again', (text) => {
  const bytes = Buffer.from(text + text);
  const length = bytes.length / 2;
  const made: string[] = [];
  const find = byBytes(bytes, (from, to) => {
    made.push(bytes.toString('utf8', from, to));
    return made.length;
  });
  expect([find(0, length), find(length, 2 * length)]).toEqual([1, 1]);
  expect(made).toEqual([text]);
});

it('tells texts apart that are no number as doubles', () => {
  const bytes = Buffer.from(`${noNumber}${noNumber.replace('😀', '😁')}`);
  expect(isSame(wordsOver(bytes), 0, bytes.length / 2, bytes.length / 2)).toBe(false);
});
