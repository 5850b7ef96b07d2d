/** How the page writes values of the report. The name of the format stands beside each value, as `data-format`; `plain` where it is left out. */

import { percent, pValue, ratio } from '../../../analysis/words.ts';
import { bytes, count, duration } from '../../../conventions/words.ts';
import { points } from '../comparison-rows.ts';
import { printable } from '../text/cells.ts';
import { seconds } from '../text/format.ts';

export const formats = {
  /** A number of things. Thinned spans stand for several, so that it need not be a whole one. */
  count,
  /** A share, 0 to 1. */
  percent,
  ratio,
  /** A difference of shares, in percentage points. */
  points,
  /** A probability under a test. */
  p: pValue,
  bytes,
  seconds,
  ms: duration,
  /** Epoch milliseconds. */
  time: (value: number) => `${isoTime(value).slice(0, 19).replace('T', ' ')} UTC`,
  /** Anything else, such as the value of an attribute. */
  plain: (value: unknown) =>
    printable(Array.isArray(value) ? value.join(', ') : String(value)).replaceAll(/(\d) %/g, '$1\u00a0%'),
} as const;

export type Formats = typeof formats;

/** ISO 8601; the epoch for what is no time at all. */
export function isoTime(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds);
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString();
}
