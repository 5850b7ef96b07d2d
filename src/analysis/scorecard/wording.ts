/** Findings in plain sentences. Pure. */
import type { Effect } from '../statistics/odds-ratio.ts';
import type { Proportion } from '../statistics/proportion.ts';
import { effectWords, percent, proportion as proportionWords } from '../words.ts';
import type { Count } from './counts.ts';
import type { AgePeak } from './evidence.ts';
import { limits } from './limits.ts';
import type { Comparison, Group, JudgedHypothesis } from './scorecard.ts';

/** `tool responses of 8 KB and more were followed by an unexpected end within 2 s in 31 of 80 cases, smaller ones in 4 of 412` */
export function compared(comparison: Comparison): string {
  const { exposed, unexposed, effect, window } = comparison;
  const times = effect === undefined ? '' : `: ${effectClause(effect)}`;
  return capital(
    `${clause(comparison, exposed, true, window)}, ${clause(comparison, unexposed, false, window)}${times}.`,
  );
}

function clause(
  { unit, ends: which }: Pick<Comparison, 'unit' | 'ends'>,
  { label, units, closures }: Group,
  first: boolean,
  window: number | undefined,
): string {
  const ends = count(closures, 'end');
  if (unit === 'minute')
    return `in ${minutes(units)} ${label} there ${ends.startsWith('1 ') ? 'was' : 'were'} ${ends}`;
  if (unit === 'expected_end')
    return first
      ? `in ${label} there were ${ends} where ${units.toFixed(1)} were to be expected`
      : `in ${label} ${ends} of ${units.toFixed(1)}`;
  const verb =
    unit === 'tool_response' || (window !== undefined && unit !== 'session')
      ? `were followed by ${which === 'lost' ? 'the loss of the connection' : 'an unexpected end'} within ${window ?? 2} s in ${whole(closures)} of ${whole(units)} cases`
      : unit === 'tool_call'
        ? `were pending when the session ended in ${whole(closures)} of ${whole(units)} cases`
        : unit === 'step'
          ? `were the last of their session in ${whole(closures)} of ${whole(units)} cases`
          : `ended for no reason that the service named in ${whole(closures)} of ${whole(units)} cases`;
  return first ? `${label} ${verb}` : `${label} in ${whole(closures)} of ${whole(units)}`;
}

function effectClause(effect: Effect): string {
  return effectWords(effect).replace(/ \((.*)\)$/, ', 95 % interval $1');
}

/** What the closures' own diagnoses say, or that nothing was at work that could be compared. */
export function counted({
  hypothesis,
  kind,
  closures,
  together,
  all,
  tolerated,
  part = 0,
  after,
}: Count): string {
  const ends = `Of ${count(all, 'unexpected end')} ${whole(closures)}`;
  if (kind === 'quiet')
    return `${ends} came while no tool call was open and none had been answered for ${after} s, which is ${percent(part)} of the time; were the service behind ${percent(limits.tolerated.inferred)} of the ends, it would be ${(tolerated * all).toFixed(1)}.`;
  const how = kind === 'proven' ? shown[hypothesis] : `was put down to it by its own diagnosis`;
  const once =
    together > 1
      ? `, counted without ${whole(together - 1)} more of one outage, which may all be the same mistake`
      : '';
  return `${ends} ${plural(how, closures)}${once}; up to ${percent(tolerated)} could be wrong diagnoses.`;
}

const shown: Readonly<Record<JudgedHypothesis, string>> = {
  payload_size: 'was put down to it by the text of the service',
  encoding: 'was put down to it by the text of the service',
  tool_call_id: 'was put down to it by the text of the service',
  concurrency: 'was put down to it by the text of the service',
  internal_error: 'was put down to it by the text of the service',
  rate_limit: 'was put down to it by the text of the service',
  connection: 'came without a close frame',
  lifetime: 'was put down to it by the text of the service',
  setup: 'came before the setup was complete',
  credentials: 'was put down to it by the text of the service',
  context: 'was put down to it by the text of the service',
  client: 'was asked for by the application',
  process: 'came with the end of the process',
};

function plural(text: string, closures: number): string {
  return Math.round(closures) === 1 ? text : text.replace(/^was /, 'were ');
}

export function peaked({ peak: { from, to, events, expected } }: AgePeak): string {
  return `${count(events, 'connection')} ended at an age of ${whole(from)} to ${whole(to)} s, where the ages around let expect ${expected.toFixed(1)}.`;
}

/** For how many ends it accounts. */
export function accounted(share: Proportion): string {
  return `That accounts for ${proportionWords(share)} of the unexpected ends.`;
}

export function atMost(share: Proportion): string {
  return `It accounts for at most ${percent(share.high)} of the unexpected ends`;
}

export function couldBe(share: Proportion): string {
  return `It could account for up to ${percent(share.high)} of the unexpected ends`;
}

export function count(number: number, noun: string): string {
  return `${whole(number)} ${noun}${Math.round(number) === 1 ? '' : 's'}`;
}

export function whole(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

function minutes(number: number): string {
  return number >= 10 ? whole(number) : number.toPrecision(2);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function uncapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
