/** What the sessions of a population have in common: processes and their load, tools, models. */
import type { Draws } from './draws.ts';
import type { Population } from './population.ts';

export interface Tool {
  readonly name: string;
  readonly weight: number;
  /** Of the logarithms of bytes and of seconds. */
  readonly size: { readonly mean: number; readonly spread: number };
  readonly latency: { readonly mean: number; readonly spread: number };
  readonly base64: number;
  readonly utf8: number;
}

export interface World {
  readonly tools: readonly Tool[];
  /** Epoch milliseconds. */
  readonly from: number;
  readonly minutes: number;
  readonly processes: readonly Process[];
  readonly busyHour: number;
  /** Minutes, of which the last is not in it; empty where there is none. */
  readonly outage: { readonly from: number; readonly to: number };
}

export interface Process {
  readonly service: string;
  readonly sdk: string;
  /** By minute. */
  readonly connects: Float64Array;
  readonly open: Float64Array;
  /** Connects up to the end of each minute. */
  readonly total: Float64Array;
}

const from = Date.UTC(2026, 0, 5);

export function createWorld({ sessions, confounders }: Population, draws: Draws): World {
  const minutes = 1_440 * Math.max(1, Math.min(14, Math.round(sessions / 1_500)));
  const busyHour = 8 + Math.floor(draws.next() * 12);
  const base = ['get_weather', 'search_docs', 'lookup_order', 'book_table', 'list_events'];
  const tools = base.map((name, index): Tool => {
    const large = confounders.largeTool === true && index === 1;
    return {
      name,
      weight: 0.5 + draws.next(),
      size: { mean: Math.log(900) + draws.normal() * 0.5 + (large ? Math.log(10) : 0), spread: 1.2 },
      latency: { mean: Math.log(0.8) + draws.normal() * 0.4, spread: 1 },
      base64: 0.02 + 0.08 * draws.next(),
      utf8: 0.1 + 0.2 * draws.next(),
    };
  });
  const outageFrom = Math.floor(draws.next() * minutes);
  const length = confounders.outage === undefined ? 0 : 4 + Math.floor(draws.next() * 11);
  const outage = { from: outageFrom, to: outageFrom + length };
  const load = { minutes, outage, ...(confounders.busyHour !== undefined && { busyHour }) };
  return {
    outage,
    tools,
    from,
    minutes,
    busyHour,
    processes: [
      ['voice-front', '3.1.0'],
      ['voice-front', '3.0.0'],
      ['phone-bridge', '3.1.0'],
    ].map(([service = '', sdk = '']) => createProcess(service, sdk, load, draws)),
  };
}

/** Few connects most of the time, and now and then some minutes of many: restarts, campaigns, reconnect loops. */
function createProcess(
  service: string,
  sdk: string,
  { minutes, outage, busyHour }: Pick<World, 'minutes' | 'outage'> & { readonly busyHour?: number },
  draws: Draws,
): Process {
  const total = new Float64Array(minutes);
  const connects = new Float64Array(minutes);
  const open = new Float64Array(minutes);
  let storm = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    if (storm > 0) storm -= 1;
    else if (draws.chance(0.02)) storm = 2 + Math.floor(draws.next() * 6);
    const busy = Math.floor((minute % 1_440) / 60) === busyHour ? 4 : 1;
    const out = minute >= outage.from && minute < outage.to ? 10 : 1;
    const mean = (2 + 1.5 * Math.sin((minute / 1_440) * 2 * Math.PI)) * (storm > 0 ? 8 : 1) * busy * out;
    connects[minute] = draws.poisson(mean);
    total[minute] = (total[minute - 1] ?? 0) + (connects[minute] ?? 0);
    // Sessions last some minutes; not all of the load is from new ones.
    open[minute] = 1 + draws.poisson(4 + 2 * mean * draws.next());
  }
  return { service, sdk, connects, open, total };
}
