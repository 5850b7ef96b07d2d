import { expect, it } from 'vitest';
import { bytes } from '../../../../src/conventions/words.ts';
import { range } from '../../../../src/report/render/text/format.ts';

it('formats a range by its ends, and as one value where they read the same', () => {
  expect([[], [3], [3, 1, 2], [1_241, 1_242], [999, 1_024]].map((values) => range(values, bytes))).toEqual([
    '',
    '3 B',
    '1–3 B',
    '1.2 KB',
    '999 B–1 KB',
  ]);
});
