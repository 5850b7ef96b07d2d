import { describe, expect, it } from 'vitest';
import type { FramedSession } from '../../../src/analysis/risk/frame.ts';
import { scorecard } from '../../../src/analysis/scorecard/judge.ts';
import { blank, closedByApplication, ending, input } from './tables.ts';

const lost = ending({}, 1).ending;
const left = closedByApplication(1).ending;

interface Service {
  /** In each process: whoever comes beyond that takes the place of the oldest. */
  readonly places?: number;
  /** Sessions that the service ends for nothing, an hour. */
  readonly faults?: number;
  /** Whose session ends for nothing connects again at once. */
  readonly insists?: boolean;
  /** Every five minutes, for so many seconds, the service throws out whoever is there, each within seconds. */
  readonly pulses?: number;
  /** Whoever connects again does so while the old session is still open, and that ends. */
  readonly resumes?: boolean;
}

/** An hour of three processes, of eight sessions each. */
function play({ places = 99, faults = 0, insists = false, pulses = 0, resumes = false }: Service) {
  let state = 11;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const wait = (mean: number): number => -mean * Math.log(1 - next());
  const pod = (): string => `pod-${Math.floor(next() * 3)}`;
  interface Guest {
    readonly process: string;
    readonly cluster: number;
    readonly at: number;
    readonly openBefore: number;
    endsAt: number;
    lost: boolean;
  }
  const arrivals: { at: number; cluster: number; process: string }[] = [];
  for (let at = 0; at < 3_600; at += wait(6)) arrivals.push({ at, cluster: arrivals.length, process: pod() });
  const guests: Guest[] = [];
  while (arrivals.length > 0) {
    arrivals.sort((a, b) => b.at - a.at);
    const { at, cluster, process } = arrivals.pop() ?? { at: 0, cluster: 0, process: '' };
    const present = guests.filter((one) => one.process === process && one.endsAt > at);
    const leaves = at + wait(150);
    const fault = faults > 0 ? at + wait(3_600 / faults) : Number.POSITIVE_INFINITY;
    const pulse = pulses > 0 ? Math.ceil(at / 300) * 300 + wait(pulses) : Number.POSITIVE_INFINITY;
    const thrownOut = Math.min(fault, pulse);
    const guest: Guest = {
      process,
      cluster,
      at,
      openBefore: present.length + 1,
      endsAt: Math.min(leaves, thrownOut),
      lost: thrownOut < leaves,
    };
    const oldest = present[0];
    if (oldest && present.length >= places && next() < 0.8)
      Object.assign(oldest, { endsAt: at + 0.2 + next(), lost: true });
    guests.push(guest);
    if (guest.lost && insists) arrivals.push({ at: guest.endsAt + 0.5 + next(), cluster, process });
    const again = at + 70 + wait(60);
    if (resumes && again < guest.endsAt) {
      Object.assign(guest, { endsAt: again + 0.5, lost: true });
      arrivals.push({ at: again, cluster, process });
    }
  }
  return guests.map(
    ({ process, cluster, at, openBefore, endsAt, lost: isLost }): FramedSession => ({
      ...blank,
      process,
      cluster,
      openBefore,
      endedAt: endsAt * 1_000,
      age: endsAt - at,
      ending: isLost ? lost : left,
    }),
  );
}

function judged(service: Service) {
  const sessions = play(service);
  const ends = sessions.filter((one) => one.ending === lost).length;
  const given = input({ endings: [closedByApplication(sessions.length - ends), ending({}, ends)] });
  return { ends, ...scorecard({ ...given, frame: { ...given.frame, sessions } }) };
}

describe('sessions that end as others are opened beside them', () => {
  it('tell how many places there are, though those who come fare well', () => {
    const { supported, findings } = judged({ places: 9, faults: 1 });
    const found = findings.find(({ hypothesis }) => hypothesis === 'concurrency');
    expect(supported).toContain('concurrency');
    expect(found?.threshold).toMatchObject({ quantity: 'sessions', from: 10 });
    expect(found?.comparisons[0]?.exposed.label).toContain(
      'after another session was opened while 10 or more',
    );
  });

  it.each([
    ['a full house, of which some end for nothing', { faults: 8 }],
    ['those who connect again at once', { faults: 8, insists: true }],
    ['short outages, after which all connect again', { pulses: 6, insists: true }],
    ['those who resume before the old session is gone', { resumes: true }],
  ])('are no limit with %s', (_, service) => {
    const { ends, supported } = judged(service);
    expect(ends).toBeGreaterThan(40);
    expect(supported).not.toContain('concurrency');
  });
});
