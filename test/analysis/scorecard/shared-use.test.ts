import { describe, expect, it } from 'vitest';
import type { FramedSession } from '../../../src/analysis/risk/frame.ts';
import { scorecard } from '../../../src/analysis/scorecard/judge.ts';
import { blank, call, closedByApplication, ending, input, response } from './tables.ts';

const lost = ending({}, 1).ending;
const left = closedByApplication(1).ending;

interface Answered {
  readonly process: string;
  readonly model: string;
  readonly bytes: number;
}

interface Service {
  /** Whether an answer is too much, by what was sent within a minute, itself included, and the calls pending. */
  readonly isTooMuch: (one: Answered, minute: readonly Answered[], pending: number) => boolean;
  /** Nobody says how large a context is. */
  readonly untold?: boolean;
}

/** An hour and a half of a service of three processes: each turn calls a tool, which takes two seconds. */
function play({ isTooMuch, untold = false }: Service): readonly FramedSession[] {
  let state = 11;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const wait = (mean: number): number => -mean * Math.log(1 - next());
  const turns: { at: number; own: number; of: Answered }[] = [];
  const guests: { of: Omit<Answered, 'bytes'>; at: number; ends: number; isLost: boolean }[] = [];
  // Waves, so that at times much is sent.
  for (let at = 0; at < 5_400; at += wait(at % 1_200 < 300 ? 7 : 40)) {
    const of = { process: `pod-${Math.floor(next() * 3)}`, model: next() < 0.6 ? 'a' : 'b' };
    const ends = at + 20 + wait(80);
    for (let turn = at + 2; turn < ends - 3; turn += 4 + wait(8))
      turns.push({ at: turn, own: guests.length, of: { ...of, bytes: next() < 0.5 ? 600 : 6_000 } });
    guests.push({ of, at, ends, isLost: false });
  }
  const sent: { at: number; own: number; of: Answered }[] = [];
  for (const { at, own, of } of turns.sort((a, b) => a.at - b.at)) {
    const guest = guests[own];
    if (guest === undefined || at >= guest.ends) continue;
    sent.push({ at, own, of });
    const before = sent.filter((one) => one.at > at - 60);
    const pending = before.filter((one) => one.at > at - 2).length;
    const some = before.map((one) => one.of);
    if ((isTooMuch(of, some, pending) && next() < 0.25) || next() < 0.003)
      guests[own] = { ...guest, ends: at + 2 + next(), isLost: true };
  }
  return guests.map(({ of, at, ends, isLost }, index): FramedSession => {
    const own = sent.filter((one) => one.own === index && one.at < ends);
    return {
      ...blank,
      factors: { ...blank.factors, model: of.model },
      process: of.process,
      cluster: index + 1,
      endedAt: ends * 1_000,
      age: ends - at,
      ending: isLost ? lost : left,
      responseAgo: own.length > 0 ? ends - (own.at(-1)?.at ?? 0) - 2 : -1,
      responsesSent: own.length,
      calls: own.map(
        (one, index) =>
          call({ index: index + 1, at: one.at * 1_000, endedAt: one.at * 1_000 + 2_000, duration: 10 }, 1, 0)
            .part,
      ),
      responses: own.map(
        (one, index) =>
          response(
            {
              index: index + 1,
              at: one.at * 1_000 + 2_000,
              size: Math.floor(2 * Math.log2(one.of.bytes)),
              latency: 10,
            },
            1,
            0,
          ).part,
      ),
      turns: own.map((one, index) => ({
        index: index + 1,
        weight: 1,
        at: one.at * 1_000 - 200,
        endedAt: one.at * 1_000 + 3_500,
        inputTokens: untold ? -1 : 900 + 400 * index,
        outputTokens: untold ? -1 : 100,
      })),
    };
  });
}

function judged(service: Service, sampled = false) {
  const sessions = play(service);
  const ends = sessions.filter((one) => one.ending === lost).length;
  const given = input({ endings: [closedByApplication(sessions.length - ends), ending({}, ends)], sampled });
  const card = scorecard({ ...given, frame: { ...given.frame, sessions } });
  const finding = (hypothesis: string) => card.findings.find((one) => one.hypothesis === hypothesis);
  return { card, finding };
}

const sum = (some: readonly Answered[]): number => some.reduce((all, { bytes }) => all + bytes, 0);

describe('what all use together', () => {
  it('finds a quota of the bytes that a process sends within a minute', () => {
    const { finding } = judged({
      isTooMuch: ({ process }, minute) => sum(minute.filter((one) => one.process === process)) > 60_000,
    });
    const found = finding('rate_limit');
    expect(found).toMatchObject({ verdict: 'supported', threshold: { unit: 'By' } });
    expect(found?.statement).toMatch(
      /^Tool responses with which their process came to .* KB or more within a minute were followed by an unexpected end within \d+ s in/,
    );
    expect(Math.abs(Math.log2((found?.threshold?.from ?? 1) / 60_000))).toBeLessThan(0.5);
    expect(finding('payload_size')?.verdict).not.toBe('supported');
  });

  it('finds a quota of the turns of a model', () => {
    const { finding } = judged({
      isTooMuch: ({ model }, minute) => minute.filter((one) => one.model === model).length > 28,
    });
    const found = finding('rate_limit');
    expect(found).toMatchObject({ verdict: 'supported' });
    expect(found?.statement).toContain('the sessions of their model came to');
  });

  it('finds a limit of the calls that all have pending at once', () => {
    const { finding } = judged({ isTooMuch: (_one, _minute, pending) => pending > 3 });
    expect(finding('concurrency')).toMatchObject({
      verdict: 'supported',
      threshold: { quantity: 'calls', unit: '1', from: 4, words: '4 calls' },
    });
    expect(finding('concurrency')?.statement).toMatch(
      /^Tool calls while all processes had 4 calls or more pending were followed by an unexpected end within/,
    );
  });

  it('accuses nobody where large answers end sessions by themselves, or nothing does', () => {
    expect(judged({ isTooMuch: ({ bytes }) => bytes > 1_000 }).card.supported).toEqual(['payload_size']);
    expect(judged({ isTooMuch: () => false }).card.supported).toEqual([]);
  });

  it('refutes no rate limit where it is not known what was used', () => {
    const quiet: Service = { isTooMuch: ({ bytes }) => bytes > 1_000 };
    expect(judged(quiet, true).finding('rate_limit')?.verdict).toBe('not_enough_data');
    expect(judged({ ...quiet, untold: true }).finding('rate_limit')?.verdict).toBe('not_enough_data');
  });
});
