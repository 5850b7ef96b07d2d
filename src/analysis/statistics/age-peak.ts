import { binomialTail } from './distributions.ts';

/** Ends of connections by age, in order. Ages in seconds, `to` exclusive. */
export interface AgeCount {
  readonly from: number;
  readonly to: number;
  /** Those that the test is about. */
  readonly events: number;
  /** All that ended: connections that no longer are at risk afterwards. */
  readonly ends: number;
}

export interface Peak {
  /** Seconds; `to` exclusive. */
  readonly from: number;
  readonly to: number;
  readonly events: number;
  /** By the rate of the ages around it. */
  readonly expected: number;
  /** Chance of so many or more, were the rate that of the ages around it. */
  readonly p: number;
}

/** So many seconds to either side make the rate to compare with. */
const around = 45;

/** Seconds. No window that is looked at begins later. */
const finestUntil = 7_200;

/** Whether more end between two ages than the rate just before and after lets expect. */
export function peakAt(bins: readonly AgeCount[], from: number, to: number): Peak {
  return peakIn(timed(bins), from, to);
}

/**
 * The most striking of the windows `width` seconds wide between two ages, each of them tried; p is corrected for their
 * number. Windows that touch one of `except` are left out. `undefined` where nothing ended.
 */
export function highestPeak(
  bins: readonly AgeCount[],
  { from, to, width, except }: PeakSearch,
): Peak | undefined {
  const rows = timed(bins);
  let best: Peak | undefined;
  let tried = 0;
  for (let at = from; at + width <= to; at += width / 2) {
    const end = at + width;
    if (except.some((range) => at < range.to && range.from < end)) continue;
    tried += 1;
    const peak = peakIn(rows, at, end);
    if (peak.events > peak.expected && (best === undefined || peak.p < best.p)) best = peak;
  }
  return best && { ...best, p: Math.min(1, best.p * tried) };
}

export interface PeakSearch {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly except: readonly { readonly from: number; readonly to: number }[];
}

interface TimedBin extends AgeCount {
  /** Seconds that all connections together spent at these ages. */
  readonly time: number;
}

function timed(bins: readonly AgeCount[]): readonly TimedBin[] {
  let atRisk = bins.reduce((sum, { ends }) => sum + ends, 0);
  let age = 0;
  const rows: TimedBin[] = [];
  for (const bin of bins) {
    // Empty bins may have been left out: those still open spent their time there all the same. Beyond the ages at which
    // peaks are looked for, one row will do: a single connection of a fortnight must not make a million of them.
    for (let to = age; age < bin.from; age = to) {
      to = age < finestUntil ? Math.min(bin.from, age + 1) : bin.from;
      rows.push({ from: age, to, events: 0, ends: 0, time: atRisk * (to - age) });
    }
    rows.push({ ...bin, time: (atRisk - bin.ends / 2) * (bin.to - bin.from) });
    atRisk -= bin.ends;
    age = bin.to;
  }
  return rows;
}

function peakIn(bins: readonly TimedBin[], from: number, to: number): Peak {
  let events = 0;
  let time = 0;
  let otherEvents = 0;
  let otherTime = 0;
  for (const bin of bins) {
    if (bin.from >= from && bin.to <= to) {
      events += bin.events;
      time += bin.time;
    } else if (bin.from >= from - around && bin.to <= to + around) {
      otherEvents += bin.events;
      otherTime += bin.time;
    }
  }
  const share = time + otherTime > 0 ? time / (time + otherTime) : 0;
  const expected = otherTime > 0 ? (otherEvents * time) / otherTime : 0;
  return { from, to, events, expected, p: binomialTail(events, events + otherEvents, share) };
}
