/** Points in time on a command line: `--since`, `--until`. Pure. */
import { UsageError } from '../usage-error.ts';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Epoch milliseconds of `90m` (that long before `now`) or of a date such as `2026-03-01T12:00Z`. Throws
 * {@link UsageError} for anything else.
 */
export function parseMoment(option: string, text: string, now: number): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  if (number !== undefined) return now - Number(number) * (unitMs[unit] ?? 0);
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new UsageError(
    `${option} ${text} is no time: write how long ago, as 30s, 15m, 1h or 2d, or a date as 2026-03-01T12:00Z.`,
    2,
  );
}
