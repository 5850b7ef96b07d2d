import { describe, expect, it } from 'vitest';
import type { FramedSession } from '../../../src/analysis/risk/frame.ts';
import { scorecard } from '../../../src/analysis/scorecard/judge.ts';
import { blank, closedByApplication, ending, input } from './tables.ts';

const lost = ending({}, 1).ending;
const left = closedByApplication(1).ending;

interface Limit {
  readonly most: number;
  readonly of: 'process' | 'all' | 'kind';
}

interface Service {
  /** Beyond so many within a minute, of a process, of all or to a model in a region, three of four die. */
  readonly connects?: Limit;
  /** The same of sessions open. */
  readonly open?: Limit;
  /** Seconds: who is connected then is thrown out, and connects again at once. */
  readonly outage?: readonly [number, number];
  /** Two models in two regions; else one of each. */
  readonly kinds?: boolean;
  /** One of them is thrown out whenever it connects, and connects again at once. */
  readonly loops?: number;
}

/** A quarter of an hour of a service with three processes. */
function play({ connects, open, outage, kinds = false, loops = 0 }: Service): readonly FramedSession[] {
  let state = 7;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const made: (FramedSession & { readonly process: string; readonly from: number })[] = [];
  const arrivals: { at: number; loop: boolean }[] = [];
  for (let at = 0; at < 900; at += -5 * Math.log(1 - next())) arrivals.push({ at, loop: false });
  for (let loop = 0; loop < loops; loop += 1) arrivals.push({ at: 100 + 150 * loop, loop: true });
  while (arrivals.length > 0) {
    arrivals.sort((a, b) => b.at - a.at);
    const { at, loop } = arrivals.pop() ?? { at: 0, loop: false };
    const process = `pod-${Math.floor(next() * 3)}`;
    const ofProcess = made.filter((one) => one.process === process);
    const model = kinds && made.length % 3 === 0 ? 'gemini-other' : 'gemini-live';
    const region = kinds && made.length % 2 === 0 ? 'us-central1' : '';
    const load = (of: Limit['of']) => {
      const alike = made.filter((one) => one.factors.model === model && one.region === region);
      const some = { process: ofProcess, all: made, kind: alike }[of];
      return {
        connects: 1 + some.filter(({ from }) => from > at - 60).length,
        open: 1 + some.filter(({ endedAt }) => endedAt >= at * 1_000).length,
      };
    };
    const isTooMuch =
      (connects !== undefined && load(connects.of).connects > connects.most) ||
      (open !== undefined && load(open.of).open > open.most);
    const leaves = at + 20 - 80 * Math.log(1 - next());
    const thrownOut =
      loop || (isTooMuch && next() < 0.75)
        ? at + 1 + next()
        : outage && at < outage[1] && leaves > outage[0]
          ? Math.max(at, outage[0]) - 10 * Math.log(1 - next())
          : Number.POSITIVE_INFINITY;
    const isLost = thrownOut < leaves && (outage === undefined || loop || thrownOut < outage[1]);
    const endsAt = isLost ? thrownOut : leaves;
    if (isLost && (loop ? at < 900 : outage !== undefined)) arrivals.push({ at: endsAt + 1 + next(), loop });
    made.push({
      ...blank,
      process,
      region,
      factors: { ...blank.factors, model },
      from: at,
      cluster: made.length + 1,
      openBefore: load('process').open,
      connectsBefore: load('process').connects,
      endedAt: endsAt * 1_000,
      age: endsAt - at,
      ending: isLost ? lost : left,
    });
  }
  return made;
}

function judged(service: Service, sampled = false) {
  const sessions = play(service);
  const ends = sessions.filter((one) => one.ending === lost).length;
  const given = input({ endings: [closedByApplication(sessions.length - ends), ending({}, ends)], sampled });
  return scorecard({ ...given, frame: { ...given.frame, sessions } });
}
const thresholdOf = (card: ReturnType<typeof judged>, hypothesis: string) =>
  card.findings.find((one) => one.hypothesis === hypothesis)?.threshold;

describe('sessions that end soon after they were opened', () => {
  it.each([
    ['a process', { most: 5, of: 'process' } as const, { quantity: 'connects', from: 6 }],
    ['all processes', { most: 13, of: 'all' } as const, { quantity: 'connects', from: 14 }],
  ])(
    'within a quarter of an hour tell a limit of the connects of %s, and where it lies',
    (_, connects, limit) => {
      const card = judged({ connects });
      expect(card.supported).toEqual(['rate_limit']);
      expect(thresholdOf(card, 'rate_limit')).toMatchObject(limit);
    },
  );

  it.each([
    ['a process', { most: 7, of: 'process' } as const, { quantity: 'sessions', from: 8 }],
    ['all processes', { most: 19, of: 'all' } as const, { quantity: 'sessions', from: 20 }],
  ])('the same of the sessions open in %s', (_, open, limit) => {
    const card = judged({ open });
    expect(card.supported).toEqual(['concurrency']);
    expect(thresholdOf(card, 'concurrency')).toMatchObject(limit);
  });

  it('the same of the connects to a model in a region, and of the sessions with it', () => {
    const connects = judged({ kinds: true, connects: { most: 5, of: 'kind' } });
    expect(connects.supported).toEqual(['rate_limit']);
    expect(connects.findings.find(({ hypothesis }) => hypothesis === 'rate_limit')?.statement).toMatch(
      /^Sessions opened while all processes made 6 connects or more to their model and region within a minute ended /,
    );
    const open = judged({ kinds: true, open: { most: 8, of: 'kind' } });
    expect(open.supported).toEqual(['concurrency']);
    expect(open.findings.find(({ hypothesis }) => hypothesis === 'concurrency')?.statement).toMatch(
      /^Sessions opened while \d+ or more of their model and region were open in all processes ended /,
    );
  });

  it('say nothing of all processes where not all connects were recorded', () => {
    const { findings } = judged({ connects: { most: 13, of: 'all' } }, true);
    const labels = findings.flatMap(({ comparisons }) => comparisons.map(({ exposed }) => exposed.label));
    expect(labels).not.toContainEqual(expect.stringContaining('all processes'));
  });

  it.each([
    ['an outage, in which all connect again at once', { outage: [400, 500] } as const],
    ['a short one', { outage: [300, 340] } as const],
    ['users who connect again without end', { loops: 2 }],
  ])('are no limit in %s', (_, service) => {
    const { supported } = judged(service);
    expect(supported).not.toContain('rate_limit');
    expect(supported).not.toContain('concurrency');
  });
});
