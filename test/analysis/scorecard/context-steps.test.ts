import { describe, expect, it } from 'vitest';
import type { FramedSession, FramedTurn } from '../../../src/analysis/risk/frame.ts';
import { associate } from '../../../src/analysis/scorecard/associate.ts';
import { context } from '../../../src/analysis/scorecard/context.ts';
import { contextSteps } from '../../../src/analysis/scorecard/context-steps.ts';
import { blank, closedByApplication, ending, response } from './tables.ts';

const open = ending({}, 1).ending;
const closed = closedByApplication(1).ending;
const turn = (index: number, endedAt: number, tokens: number): FramedTurn => ({
  index,
  weight: 1,
  at: endedAt - 1_000,
  endedAt,
  inputTokens: tokens,
  outputTokens: 0,
});
const session = (facts: Partial<FramedSession>): FramedSession => ({
  ...blank,
  endedAt: 60_000,
  age: 60,
  ...facts,
});
const frameOf = (sessions: readonly FramedSession[]) => ({
  sessions,
  outside: [],
  missingResponses: 0,
  thinned: false,
});

describe('steps of a session', () => {
  it('go from one usage to the next, with the tokens told at their beginning', () => {
    const turns = [turn(1, 20_000, 9_000), turn(2, 40_000, 20_000)];
    const steps = contextSteps(frameOf([session({ turns, ending: open })]), undefined);
    expect(steps.map(({ factors }) => factors.tokens)).toEqual([20, 26, 28]);
    expect(steps.map(({ ends }) => ends)).toEqual([0, 0, 1]);
  });

  it('begin where the session of the same conversation before had come to, if it is resumed', () => {
    const before = session({ cluster: 7, tokens: 20_000, ending: open });
    const resumed = { ...blank.factors, resumed: true };
    const after = session({ cluster: 7, factors: resumed, endedAt: 90_000, age: 20, ending: open });
    const stranger = session({ cluster: 8, factors: resumed, endedAt: 90_000, age: 20, ending: open });
    const tokens = (one: FramedSession): number | undefined =>
      contextSteps(frameOf([after, stranger, before]), undefined).find(
        ({ cluster }) => cluster === one.cluster,
      )?.factors.tokens;
    expect(tokens(after)).toBe(28);
    expect(tokens(stranger)).toBe(-1);
  });

  it('tell what was sent in them apart', () => {
    const { part } = response({ at: 50_000, size: 27, encoding: 'base64', input: 1 }, 1, 0);
    const [first, second] = contextSteps(
      frameOf([session({ turns: [turn(1, 20_000, 9_000)], responses: [part] })]),
      undefined,
    );
    expect(first?.factors).toMatchObject({ largest: -1, responses: 0, encoding: '' });
    expect(second?.factors).toMatchObject({ largest: 13, responses: 1, encoding: 'base64' });
  });
});

it('a step knows what was sent shortly before it, which may end the session only then', () => {
  const sent = (at: number) => response({ at, size: 27 }, 1, 0).part;
  const largest = (at: number): number | undefined =>
    contextSteps(
      frameOf([session({ turns: [turn(1, 55_000, 9_000)], responses: [sent(at)] })]),
      undefined,
    ).at(-1)?.factors.largest;
  expect(largest(48_000)).toBe(13);
  expect(largest(20_000)).toBe(-1);
});

describe('ends at a full context', () => {
  /** From 0 to 1, the same in every run. */
  const drawn = (index: number): number => {
    const mixed = Math.imul(index ^ (index >>> 15), 2_246_822_519);
    return ((Math.imul(mixed ^ (mixed >>> 13), 3_266_489_917) ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  /** Half of the sessions talk twice as much as the others, and reach a large context. */
  const sessions = (fatal: (tokens: number, large: boolean, index: number) => boolean): FramedSession[] =>
    Array.from({ length: 400 }, (_, index) => {
      const turns: FramedTurn[] = [];
      const responses: FramedSession['responses'][number][] = [];
      let tokens = 0;
      for (let at = 1; at <= 10; at += 1) {
        const large = drawn(index * 10 + at) < (index % 2 === 0 ? 0.2 : 0.6);
        if (large) responses.push(response({ index: at, at: at * 10_000, size: 27 }, 1, 0).part);
        if (fatal(tokens, large, index * 10 + at)) {
          const endedAt = at * 10_000 + 500;
          return session({
            cluster: index + 1,
            turns,
            responses,
            endedAt,
            age: endedAt / 1_000,
            ending: open,
            tokens,
          });
        }
        tokens += large ? 4_000 : 500;
        turns.push(turn(at, at * 10_000 + 2_000, tokens));
      }
      return session({
        cluster: index + 1,
        turns,
        responses,
        endedAt: 110_000,
        age: 110,
        ending: closed,
        tokens,
      });
    });

  it('are seen where the context ends them', () => {
    const [found] = associate(
      contextSteps(
        frameOf(sessions((tokens, _, index) => tokens > 12_000 && drawn(9_000 + index) < 0.3)),
        undefined,
      ),
      context,
      400,
    );
    expect([11_585, 16_384]).toContain(found?.threshold?.from);
    expect(found?.result?.p).toBeLessThan(1e-6);
    expect(found?.result?.sizeable).toBe(true);
    expect(found?.result?.contradicted).toBeUndefined();
  });

  it('are not seen where large responses end them, of which those with a large context have more', () => {
    const [found] = associate(
      contextSteps(frameOf(sessions((_, large, index) => large && drawn(9_000 + index) < 0.25)), undefined),
      context,
      400,
    );
    expect(found?.result?.p).toBeGreaterThan(0.05);
  });

  it('are not of the context where those who talk much end at any time of theirs', () => {
    // One in five talks much, and at each turn of theirs one in four ends, whatever the context.
    const all = Array.from({ length: 400 }, (_, index) => {
      const talks = index % 5 === 0;
      const last = Math.min(12, talks ? 1 + Math.floor(Math.log(1 - drawn(index)) / Math.log(0.75)) : 12);
      const turns = Array.from({ length: last }, (__, at) =>
        turn(at + 1, (at + 1) * 10_000, (at + 1) * (talks ? 6_000 : 300)),
      );
      const endedAt = last * 10_000 + 4_000;
      const facts = { turns, endedAt, age: endedAt / 1_000, tokens: turns.at(-1)?.inputTokens ?? -1 };
      return session({ ...facts, cluster: index + 1, ending: last < 12 ? open : closed });
    });
    const [found] = associate(contextSteps(frameOf(all), undefined), context, 400);
    expect(found?.result?.p).toBeLessThan(1e-3);
    expect(found?.result?.contradicted).toBe('within');
  });
});
