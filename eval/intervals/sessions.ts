/**
 * Sessions with tool responses, drawn without client, service or telemetry: thousands of populations in minutes. What
 * ended each session is known.
 */
import type { FramedResponse, FramedSession } from '../../src/analysis/risk/frame.ts';
import type { Ending, EndingCell } from '../../src/analysis/risk/tables.ts';
import type { ScorecardInput } from '../../src/analysis/scorecard/evidence.ts';
import { scorecard } from '../../src/analysis/scorecard/judge.ts';
import { createDraws, type Draws } from '../scorecard/world/draws.ts';
import type { Outcome } from './tally.ts';

/** What ends sessions besides the background. */
export type Cause =
  /** Responses of so many bytes or more. */
  | { readonly kind: 'threshold'; readonly bytes: number }
  /** The larger, the likelier: half of the chance at so many bytes. */
  | { readonly kind: 'dose'; readonly half: number; readonly steepness: number }
  /** Responses with base64 data, a tenth of all. */
  | { readonly kind: 'base64' }
  /** Ids that match no call, one in fifteen. */
  | { readonly kind: 'id' };

export interface Kind {
  readonly name: string;
  readonly sessions: number;
  /** Sessions of a conversation, on average. */
  readonly together: number;
  /** How far users differ in how often their sessions end for nothing, as the deviation of the logarithm. */
  readonly frailty: number;
  readonly cause: Cause;
  /** That an exposed response ends its session. */
  readonly chance: number;
  /** Seconds after it, from and to. */
  readonly after: readonly [number, number];
  /** Ends for nothing an hour. */
  readonly background: number;
  /** Seconds between responses, and of these those that come in pairs. */
  readonly every: number;
  readonly pairs: number;
}

export interface Drawn {
  readonly input: ScorecardInput;
  readonly caused: number;
  readonly ends: number;
  /** By the whole scorecard; `undefined` where the cause is not supported. */
  outcome(): Outcome | undefined;
}

const factors = {
  model: 'gemini-live',
  service: 'agent',
  sdk: '3.1.0',
  hour: 9,
  provider: 'gcp.gemini',
  resumed: false,
  hasTools: true,
  openSessions: -1,
  connects: -1,
};

const open: Ending = {
  expected: false,
  code: 1011,
  initiator: 'server',
  phase: 'active',
  cause: 'unknown',
  hypothesis: 'not_established',
  confidence: 'none',
  preceding: 'tool_response',
};
const closed: Ending = {
  ...open,
  expected: true,
  code: 1000,
  initiator: 'client',
  cause: 'client-closed-normal',
  hypothesis: 'client',
  confidence: 'high',
};

export function drawSessions(kind: Kind, seed: number): Drawn {
  const draws = createDraws(seed);
  const sessions: FramedSession[] = [];
  let [caused, ends, cluster, left] = [0, 0, 0, 0];
  let frailty = 1;
  for (let number = 0; number < kind.sessions; number += 1) {
    if (left <= 0) {
      cluster += 1;
      left = 1 + draws.poisson(kind.together - 1);
      frailty = Math.exp(kind.frailty * draws.normal() - kind.frailty ** 2 / 2);
    }
    left -= 1;
    const session = drawSession(kind, draws, frailty);
    if (session.ended !== 'closed') ends += 1;
    if (session.ended === 'caused') caused += 1;
    sessions.push({ ...session.framed, cluster, endedAt: session.framed.endedAt + number * 1e7 });
  }
  const endings: EndingCell[] = [
    { factors, ending: open, sessions: ends },
    { factors, ending: closed, sessions: sessions.length - ends },
  ];
  const input: ScorecardInput = {
    tables: {
      toolResponses: [],
      toolCalls: [],
      endings,
      ages: [],
      time: [],
      timeBinMs: 60_000,
      coarsened: [],
    },
    frame: { sessions, outside: [], missingResponses: 0, thinned: false },
    sampled: false,
  };
  return {
    input,
    caused,
    ends,
    outcome() {
      const found = scorecard(input).findings.find(({ hypothesis }) => hypothesis === named[kind.cause.kind]);
      if (found?.verdict !== 'supported' || found.accountsFor === undefined) return undefined;
      const { low, high } = found.accountsFor;
      return { truth: caused / ends, low, high };
    },
  };
}

const named = {
  threshold: 'payload_size',
  dose: 'payload_size',
  base64: 'encoding',
  id: 'tool_call_id',
} as const satisfies Record<Cause['kind'], string>;

const plain = { together: 1, frailty: 0, after: [0.1, 0.9], every: 25, pairs: 0.1, chance: 0.4 } as const;
const causes: readonly Cause[] = [
  { kind: 'threshold', bytes: 8_192 },
  { kind: 'threshold', bytes: 6_000 },
  { kind: 'dose', half: 12_000, steepness: 1 },
  { kind: 'base64' },
  { kind: 'id' },
];

export const sessionCases: readonly Kind[] = [
  ...causes.flatMap((cause) =>
    [
      { sessions: 80, background: 0.5, chance: 0.4 },
      { sessions: 250, background: 4, chance: 0.4 },
      { sessions: 800, background: 30, chance: 0.15 },
    ].map((size) => ({
      ...plain,
      ...size,
      cause,
      name: `${cause.kind}${cause.kind === 'threshold' ? ` ${cause.bytes}` : ''}, ${size.sessions} sessions, ${size.background} faults an hour`,
    })),
  ),
  ...causes.map((cause) => ({
    ...plain,
    sessions: 500,
    background: 10,
    after: [2.2, 9] as const,
    pairs: 0.4,
    cause,
    name: `${cause.kind}${cause.kind === 'threshold' ? ` ${cause.bytes}` : ''}, late, in pairs`,
  })),
  ...causes.map((cause) => ({
    ...plain,
    sessions: 500,
    background: 10,
    together: 8,
    frailty: 1.3,
    cause,
    name: `${cause.kind}${cause.kind === 'threshold' ? ` ${cause.bytes}` : ''}, frail users`,
  })),
];

function drawSession(
  { cause, chance, after: [from, to], background, every, pairs }: Kind,
  draws: Draws,
  frailty: number,
): { readonly framed: FramedSession; readonly ended: 'caused' | 'background' | 'closed' } {
  const visit = draws.exponential(150);
  const fault = draws.exponential(3_600 / (background * frailty));
  let end = Math.min(visit, fault);
  let ended: 'caused' | 'background' | 'closed' = fault < visit ? 'background' : 'closed';
  const responses: FramedResponse[] = [];
  for (
    let at = draws.exponential(every);
    at < end;
    at += draws.chance(pairs) ? 0.3 : draws.exponential(every)
  ) {
    const documents = draws.chance(0.25);
    const bytes = (documents ? 4_000 : 700) * Math.exp(draws.normal());
    const base64 = draws.chance(0.1);
    const known = !draws.chance(1 / 15);
    responses.push({
      index: responses.length + 1,
      weight: 1,
      at: at * 1_000,
      tool: documents ? 'documents' : 'search',
      size: Math.floor(2 * Math.log2(bytes)),
      latency: 8 + Math.floor(4 * draws.next()),
      encoding: base64 ? 'base64' : 'ascii',
      shape: 'object',
      controlCharacters: false,
      idMatch: known ? 'matched' : 'unknown',
      nameMatch: known ? 'matched' : 'unknown',
      pending: 1,
      input: 0,
    });
    if (draws.chance(chanceOf(cause, chance, { bytes, base64, known }))) {
      const fatal = at + from + (to - from) * draws.next();
      if (fatal < end) [end, ended] = [fatal, 'caused'];
    }
  }
  const last = responses.at(-1);
  return {
    ended,
    framed: {
      cluster: 0,
      weight: 1,
      factors,
      version: '',
      region: '',
      process: '',
      openBefore: -1,
      connectsBefore: -1,
      endedAt: end * 1_000,
      age: end,
      ending: ended === 'closed' ? closed : open,
      responseAgo: last ? end - last.at / 1_000 : -1,
      stalled: -1,
      tokens: -1,
      pending: 0,
      responses,
      responsesSent: responses.length,
      calls: [],
      turns: [],
    },
  };
}

function chanceOf(
  cause: Cause,
  chance: number,
  { bytes, base64, known }: { readonly bytes: number; readonly base64: boolean; readonly known: boolean },
): number {
  switch (cause.kind) {
    case 'threshold':
      return bytes >= cause.bytes ? chance : 0;
    case 'dose': {
      const dose = (bytes / cause.half) ** cause.steepness;
      return (chance * dose) / (1 + dose);
    }
    case 'base64':
      return base64 ? chance : 0;
    case 'id':
      return known ? 0 : chance;
  }
}
