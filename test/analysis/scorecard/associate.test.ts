import { describe, expect, it } from 'vitest';
import type { FramedResponse, FramedSession } from '../../../src/analysis/risk/frame.ts';
import { scorecard } from '../../../src/analysis/scorecard/judge.ts';
import { blank, closedByApplication, ending, input, response } from './tables.ts';

const open = ending({}, 1).ending;
const closed = closedByApplication(1).ending;
/** 8 KB and more, in half octaves. */
const large = 26;

/** So many sessions with so many responses a minute apart; each ends so many seconds after the last, or is closed. */
function sessions(
  count: number,
  part: Partial<FramedResponse>,
  {
    ago,
    responses = 1,
    age = 300,
  }: { readonly ago?: number; readonly responses?: number; readonly age?: number },
): readonly FramedSession[] {
  return Array.from({ length: count }, (): FramedSession => {
    const after = ago ?? 40;
    return {
      ...blank,
      age,
      endedAt: 0,
      ending: ago === undefined ? closed : open,
      responseAgo: after,
      responses: Array.from({ length: responses }, (_, at) => ({
        ...response(part, 1, 0).part,
        index: at + 1,
        at: -1_000 * (after + 60 * (responses - 1 - at)),
      })),
      responsesSent: responses,
    };
  });
}

function judge(...groups: readonly (readonly FramedSession[])[]) {
  const all = groups.flat().map((one, index): FramedSession => {
    const endedAt = index * 1_000_000;
    const responses = one.responses.map((each) => ({ ...each, at: each.at + endedAt }));
    return { ...one, cluster: index, endedAt, responses };
  });
  const ends = all.filter((one) => !one.ending.expected).length;
  const { tables } = input({ endings: [closedByApplication(all.length - ends), ending({}, ends)] });
  return scorecard({
    tables,
    frame: { sessions: all, outside: [], missingResponses: 0, thinned: false },
    sampled: false,
  });
}

describe('what goes with a stronger exposure of another hypothesis', () => {
  const ended = { ago: 0.5 };
  const others = [
    sessions(250, {}, {}),
    sessions(60, { input: 1 }, {}),
    sessions(20, { size: large }, {}),
    sessions(6, { size: large, input: 1 }, {}),
  ];

  it('is not supported where it shows only among those that were exposed to that one', () => {
    const card = judge(
      ...others,
      sessions(6, { size: large }, ended),
      sessions(24, { size: large, input: 1 }, ended),
      sessions(2, {}, ended),
    );
    expect(card.supported).toEqual(['payload_size']);
    const { caveats } = card.findings.find(({ hypothesis }) => hypothesis === 'concurrency') ?? {};
    expect(caveats).toContainEqual(expect.stringMatching(/^It shows only among those that were exposed to/));
  });

  it('is where neither shows without the other', () => {
    const pictures = { encoding: 'base64' };
    const card = judge(
      sessions(250, {}, {}),
      sessions(80, pictures, {}),
      sessions(80, { size: large }, {}),
      sessions(40, { size: large, ...pictures }, {}),
      sessions(40, { size: large, ...pictures }, ended),
      sessions(1, {}, ended),
    );
    expect(new Set(card.supported)).toEqual(new Set(['payload_size', 'encoding']));
  });

  it('is where it shows without that one as well', () => {
    const card = judge(
      ...others,
      sessions(22, { size: large }, ended),
      sessions(10, { size: large, input: 1 }, ended),
      sessions(15, { input: 1 }, ended),
      sessions(2, {}, ended),
    );
    expect(card.supported).toEqual(['payload_size', 'concurrency']);
  });
});

describe('an exposure of users whose sessions end at any time', () => {
  /** At all times, where `late` is given, else right after a response. */
  const frail = (late: boolean): readonly (readonly FramedSession[])[] =>
    Array.from({ length: 16 }, (_, index) =>
      sessions(1, { input: 1 }, { ago: late ? 1 + ((index * 11) % 58) : 1, responses: 5, age: 300 }),
    );
  const calm = sessions(300, {}, { responses: 5 });
  const same = sessions(20, { input: 1 }, { responses: 5 });

  it('is not supported where they end no sooner after it than at other times', () => {
    expect(judge(calm, same, ...frail(true)).supported).not.toContain('concurrency');
  });

  it('is where they end right after it', () => {
    expect(judge(calm, same, ...frail(false)).supported).toContain('concurrency');
  });
});

describe('what a connection has been sent', () => {
  it('is put down to the context where it ends sessions from a sum on, whatever the size of the last', () => {
    const small = { size: 26 };
    const card = judge(
      ...[1, 2, 3].map((responses) => sessions(60, small, { responses })),
      sessions(40, small, { responses: 12 }),
      sessions(40, small, { responses: 12, ago: 0.5 }),
      sessions(2, small, { ago: 0.5 }),
    );
    expect(card.supported).toEqual(['context']);
    const { threshold, statement } = card.findings.find(({ hypothesis }) => hypothesis === 'context') ?? {};
    expect(threshold).toMatchObject({ quantity: 'bytes', unit: 'By' });
    expect(statement).toMatch(/^Tool responses with which a connection had been sent \d+ KB of them or more/);
  });
});
