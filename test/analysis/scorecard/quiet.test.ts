import { describe, expect, it } from 'vitest';
import type { Frame, FramedSession } from '../../../src/analysis/risk/frame.ts';
import { scorecard } from '../../../src/analysis/scorecard/judge.ts';
import { quietOf } from '../../../src/analysis/scorecard/quiet.ts';
import { blank, closedByApplication, ending, input, response } from './tables.ts';

const fault = ending({ hypothesis: 'internal_error', confidence: 'low' }, 1).ending;
const closed = closedByApplication(1).ending;
const minute = 60_000;

/** A response every 25 s, ten in each of a hundred sessions; every third ends so many seconds after the last. */
function busy(agoOf: (index: number) => number, opened = 230): Frame {
  return {
    sessions: Array.from({ length: 100 }, (_, index): FramedSession => {
      const endedAt = (index + 1) * 10 * minute;
      const isFault = index % 3 === 0;
      const ago = isFault ? agoOf(index / 3) : 12;
      return {
        ...blank,
        cluster: index,
        age: ago + opened,
        endedAt,
        ending: isFault ? fault : closed,
        responseAgo: ago,
        responses: Array.from({ length: 10 }, (_, at) => ({
          ...response({}, 1, 0).part,
          index: at + 1,
          at: endedAt - 1_000 * (ago + 25 * (9 - at)),
        })),
        responsesSent: 10,
      };
    }),
    outside: [],
    missingResponses: 0,
    thinned: false,
  };
}

const setting = { outage: undefined, explained: () => false, isOdd: () => false, byLoad: 0, reach: 0 };

function supportedOf(frame: Frame): readonly string[] {
  const ends = frame.sessions.filter((session) => !session.ending.expected).length + frame.outside.length;
  const { tables } = input({ endings: [closedByApplication(66), { ...ending({}, ends), ending: fault }] });
  return scorecard({ tables, frame, sampled: false }).supported;
}

describe('quiet time', () => {
  it('begins ten seconds after a response where ends come evenly', () => {
    const frame = busy((index) => (index * 0.73) % 25);
    const { after, part, ends, beyond } = quietOf(frame, setting);
    expect(after).toBe(10);
    expect(part).toBeCloseTo(0.6, 1);
    expect(ends / 34).toBeCloseTo(0.6, 1);
    expect(beyond.value).toBe(0);
    expect(supportedOf(frame)).toEqual(['internal_error']);
  });

  it('begins later where a comparison reaches further, or more ends come until then than after it', () => {
    expect(
      quietOf(
        busy((index) => (index * 0.73) % 25),
        { ...setting, reach: 30 },
      ).after,
    ).toBe(30);
    const long = busy(() => 12, 300);
    const sessions = long.sessions.map((session) => ({ ...session, responses: session.responses.slice(-1) }));
    expect(quietOf({ ...long, sessions }, setting)).toMatchObject({ after: 30, ends: 0 });
  });

  it('shows nothing of ends that all come soon after responses, whatever their diagnoses say', () => {
    const frame = busy((index) => 0.1 + ((index * 0.31) % 1.5));
    const { ends, beyond } = quietOf(frame, setting);
    expect(ends).toBe(0);
    expect(beyond.value).toBe(34);
    expect(supportedOf(frame)).toEqual([]);
  });

  it('counts ends of sessions of which nothing else was recorded, by what they tell', () => {
    const frame = busy(() => 0.5, 300);
    const few = frame.sessions.filter((_, index) => index % 3 !== 0 || index < 9);
    const alone = (facts: Partial<FramedSession>): readonly FramedSession[] =>
      Array.from({ length: 30 }, (_, index) => ({
        ...blank,
        cluster: 1_000 + index,
        ending: fault,
        ...facts,
      }));
    const quiet = { responseAgo: 40, responsesSent: 3 };
    const endsWith = (facts: Partial<FramedSession>): number =>
      quietOf({ ...frame, sessions: few, outside: alone(facts) }, setting).ends;
    expect(endsWith(quiet)).toBe(30);
    expect(endsWith({ responseAgo: -1, responsesSent: 0 })).toBe(30);
    expect(endsWith({ ...quiet, responseAgo: 4 })).toBe(0);
    expect(endsWith({ ...quiet, pending: 1 })).toBe(0);
    expect(endsWith({ ...quiet, pending: -1 })).toBe(0);
    expect(endsWith({ ...quiet, age: 8 })).toBe(0);
    expect(supportedOf({ ...frame, sessions: few, outside: alone(quiet) })).toEqual(['internal_error']);
  });
});
