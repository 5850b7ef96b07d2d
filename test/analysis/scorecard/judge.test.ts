import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, type ScorecardInput } from '../../../src/analysis/scorecard/evidence.ts';
import { scorecard } from '../../../src/analysis/scorecard/judge.ts';
import { type JudgedHypothesis, judged } from '../../../src/analysis/scorecard/scorecard.ts';
import { ages, call, closedByApplication, ending, input, type Parts, response, storms } from './tables.ts';

function finding(hypothesis: JudgedHypothesis, of: ScorecardInput) {
  const found = scorecard(of).findings.find((one) => one.hypothesis === hypothesis);
  if (!found) throw new Error('Every hypothesis has a finding.');
  return found;
}

/** 8 KB and more, in half octaves. */
const large = 26;

describe('the answer', () => {
  it('judges each of them, in their order', () => {
    expect(scorecard(input({})).findings.map(({ hypothesis }) => hypothesis)).toEqual(judged);
  });

  it('is that there is nothing to explain where nothing ended unexpectedly', () => {
    const card = scorecard(input({ endings: [closedByApplication(300)] }));
    expect(card.answer).toBe('None of 300 sessions ended unexpectedly: there is nothing to explain.');
    expect(card.supported).toEqual([]);
    expect(new Set(card.findings.map(({ verdict }) => verdict))).toEqual(new Set(['not_enough_data']));
    expect(card.findings.every(({ moreSessions }) => moreSessions === undefined)).toBe(true);
  });

  it('names none where ends go with nothing', () => {
    const card = scorecard(
      input({
        toolResponses: [response({}, 5_000, 25), response({ size: large }, 1_000, 5)],
        toolCalls: [call({}, 5_000, 5), call({ input: 1 }, 1_000, 1)],
        endings: [closedByApplication(2_800), ending({}, 200)],
      }),
    );
    expect(card.supported).toEqual([]);
    expect(card.answer).toMatch(
      /^The data supports no hypothesis for 200 unexpected ends of 3,000 sessions\./,
    );
  });
});

describe('a text that names the context window, and not what filled it', () => {
  const above = {
    code: 1007,
    cause: 'tool-response-context-overflow-1007',
    confidence: 'high',
    preceding: 'tool_response',
  } as const;
  const told = (context: number, size: number) =>
    input({
      toolResponses: [response({}, 900, 0)],
      endings: [
        closedByApplication(200),
        ending({ ...above, hypothesis: 'context' }, context),
        ending({ ...above, hypothesis: 'payload_size' }, size),
      ],
    });

  it('refutes neither, whichever the diagnoses say', () => {
    expect(finding('context', told(0, 40)).verdict).toBe('not_enough_data');
    expect(finding('payload_size', told(40, 0)).verdict).toBe('not_enough_data');
  });

  it('supports what the diagnoses say, and what they say of the other may be of it as well', () => {
    const { verdict, accountsFor } = finding('context', told(30, 10));
    expect(verdict).toBe('supported');
    expect(accountsFor?.value).toBeCloseTo(0.75);
    expect(accountsFor?.high).toBe(1);
  });
});

describe('payload size', () => {
  const planted = input({
    toolResponses: [response({ size: large }, 80, 31), response({}, 412, 4)],
    endings: [closedByApplication(150), ending({ preceding: 'tool_response' }, 35)],
  });

  it('is supported where large responses end sessions and small ones do not', () => {
    const { verdict, effect, statement, accountsFor, caveats, comparisons } = finding(
      'payload_size',
      planted,
    );
    expect(verdict).toBe('supported');
    expect(effect?.measure).toBe('odds_ratio');
    expect(effect?.value).toBeGreaterThan(30);
    expect(effect?.low).toBeGreaterThan(10);
    expect(statement).toMatch(
      /^Tool responses of 8 KB and more were followed by an unexpected end within 2 s in 31 of 80 cases, smaller ones in 4 of 412: \d+ times the odds, 95 % interval \d+–\d+\./,
    );
    expect(accountsFor?.value).toBeCloseTo(31 / 35, 1);
    expect(comparisons[0]).toMatchObject({
      exposed: { units: 80, closures: 31 },
      unexposed: { units: 412, closures: 4 },
      unit: 'tool_response',
    });
    expect(statement).toMatch(/This is a correlation\.$/);
    expect(caveats[0]).toMatch(/experiment/);
  });

  it('comes with what it was estimated from', () => {
    const { strata } = finding('payload_size', planted).comparisons[0] ?? {};
    const sum = (exposed: number, at: number) =>
      strata?.rows.reduce((all, row) => all + (row[2] === exposed ? (row[at] ?? 0) : 0), 0);
    expect([sum(1, 0), sum(1, 1), sum(0, 0), sum(0, 1)]).toEqual([80, 31, 412, 4]);
    expect(strata?.columns[0]).toEqual({ name: 'intercept', precision: 0 });
    expect(finding('encoding', planted).comparisons.some((one) => one.strata !== undefined)).toBe(false);
  });

  it('comes with the dose', () => {
    const { dose } = finding('payload_size', planted);
    expect(dose).toMatchObject({ quantity: 'bytes', unit: 'By' });
    expect(dose?.bins).toMatchObject([
      { from: 1_024, to: 2_048, units: 412, closures: 4 },
      { from: 8_192, to: 16_384, units: 80, closures: 31 },
    ]);
    expect(dose?.trendP).toBeLessThan(1e-9);
  });

  it('is not supported where size goes with latency, and latency explains all of it', () => {
    const { verdict, comparisons } = finding(
      'payload_size',
      input({
        toolResponses: [
          response({ size: large, latency: 14 }, 300, 90),
          response({ latency: 14 }, 100, 30),
          response({ size: large }, 100, 1),
          response({}, 900, 9),
        ],
        endings: [closedByApplication(900), ending({ preceding: 'tool_response' }, 130)],
      }),
    );
    expect(verdict).not.toBe('supported');
    const [first] = comparisons;
    expect(first?.crude?.low).toBeGreaterThan(3);
    expect(first?.effect?.value).toBeLessThan(1.5);
    expect(first?.adjustedFor).toContain('latency');
  });

  it.each([16, 18, 20])('is told from small thresholds on (%i half octaves)', (size) => {
    const { verdict, threshold } = finding(
      'payload_size',
      input({
        toolResponses: [response({ size: size + 2 }, 200, 40), response({ size }, 400, 3)],
        endings: [closedByApplication(557), ending({ preceding: 'tool_response' }, 43)],
      }),
    );
    expect(verdict).toBe('supported');
    expect(threshold?.from).toBe(2 ** ((size + 2) / 2));
  });

  it('is told where large responses cut the connection, and the connection is not blamed for these', () => {
    const lost = {
      code: 1006,
      initiator: 'network',
      cause: 'abnormal-1006',
      hypothesis: 'connection',
    } as const;
    const of = (after: number): ScorecardInput => {
      const ended = ending(lost, 1).ending;
      return input({
        toolResponses: [
          { ...response({ size: 32 }, 80, after), ended },
          { ...response({}, 412, 3), ended },
        ],
        endings: [closedByApplication(900), ending(lost, after + 3 + 2)],
      });
    };
    const { verdict, statement, comparisons } = finding('payload_size', of(31));
    expect(verdict).toBe('supported');
    expect(statement).toMatch(
      /^Tool responses of 64 KB and more were followed by the loss of the connection within 2 s in 31 of 80 cases, smaller ones in 3 of 412: /,
    );
    expect(comparisons[0]?.ends).toBe('lost');
    expect(finding('connection', of(31)).verdict).not.toBe('supported');
    expect(finding('payload_size', of(1)).verdict).not.toBe('supported');
    expect(finding('connection', of(1))).toMatchObject({ verdict: 'supported', accountsFor: { value: 1 } });
  });

  it('is not told from a tool that alone answers large', () => {
    const { verdict } = finding(
      'payload_size',
      input({
        toolResponses: [response({ size: large, tool: 'report' }, 80, 31), response({}, 412, 4)],
        endings: [closedByApplication(150), ending({ preceding: 'tool_response' }, 35)],
      }),
    );
    expect(verdict).toBe('not_enough_data');
  });

  it('is refuted where no response was large', () => {
    const { verdict, statement } = finding(
      'payload_size',
      input({ toolResponses: [response({}, 500, 5)], endings: [closedByApplication(400), ending({}, 60)] }),
    );
    expect(verdict).toBe('refuted');
    expect(statement).toMatch(/There were no tool responses of 1.4 KB and more\.$/);
  });

  it('is not named for what its own diagnoses say alone', () => {
    const { verdict, attributed } = finding(
      'payload_size',
      input({
        toolResponses: [response({ size: large }, 500, 40), response({}, 500, 40)],
        endings: [
          closedByApplication(800),
          ending(
            {
              cause: 'tool-response-large-1011',
              hypothesis: 'payload_size',
              confidence: 'medium',
              preceding: 'tool_response',
            },
            40,
          ),
          ending({}, 40),
        ],
      }),
    );
    expect(verdict).not.toBe('supported');
    expect(attributed.closures).toBe(40);
  });
});

describe('the other hypotheses', () => {
  const ended = [closedByApplication(900), ending({}, 60)];

  it.each<[JudgedHypothesis, Parts]>([
    ['encoding', { toolResponses: [response({ encoding: 'base64' }, 100, 30), response({}, 900, 9)] }],
    ['encoding', { toolResponses: [response({ controlCharacters: true }, 60, 20), response({}, 900, 9)] }],
    ['encoding', { toolResponses: [response({ shape: 'array' }, 60, 20), response({}, 900, 9)] }],
    [
      'tool_call_id',
      {
        toolResponses: [response({ idMatch: 'unknown', nameMatch: 'unknown' }, 40, 20), response({}, 900, 9)],
      },
    ],
    ['tool_call_id', { toolResponses: [response({ nameMatch: 'different' }, 40, 20), response({}, 900, 9)] }],
    ['concurrency', { toolResponses: [response({ input: 2 }, 100, 30), response({}, 900, 9)] }],
    ['concurrency', { toolResponses: [response({ pending: 3 }, 100, 30), response({}, 900, 9)] }],
    ['concurrency', { toolCalls: [call({ input: 1 }, 300, 30), call({}, 600, 2)] }],
  ])('%s is supported by its own exposure, and none of the others', (hypothesis, parts) => {
    expect(scorecard(input({ endings: ended, ...parts })).supported).toEqual([hypothesis]);
  });

  it('counts time and not calls, so that long calls are no race', () => {
    // Twenty times as long with input, and twenty times as many ends.
    const { comparisons, verdict } = finding(
      'concurrency',
      input({
        toolCalls: [call({ input: 2, duration: 15 }, 500, 40), call({ duration: 11 }, 2_000, 10)],
        endings: ended,
      }),
    );
    expect(verdict).not.toBe('supported');
    expect(comparisons[0]?.unit).toBe('tool_call');
    expect(comparisons[0]?.p).toBeGreaterThan(0.05);
  });

  it('rules out neither load nor sessions at once where they were not recorded', () => {
    const sessions = input({ endings: [closedByApplication(2_000), ending({}, 100)] });
    const { frame } = sessions;
    expect(finding('concurrency', sessions).verdict).toBe('not_enough_data');
    const recorded = frame.sessions.map((one) => ({ ...one, openBefore: 1, connectsBefore: 1 }));
    const known = { ...sessions, frame: { ...frame, sessions: recorded } };
    expect(finding('concurrency', known).verdict).toBe('refuted');
  });

  it('says so where there is nothing to compare with', () => {
    const { caveats, verdict } = finding(
      'concurrency',
      input({ toolCalls: [call({ input: 1 }, 300, 30)], endings: ended }),
    );
    expect(verdict).toBe('not_enough_data');
    expect(caveats).toContain(
      'There were only tool calls with realtime input while they were pending: nothing to compare them with.',
    );
  });

  it('rate_limit is supported by the texts of the service', () => {
    const { verdict, effect, statement } = finding(
      'rate_limit',
      input({
        endings: [
          closedByApplication(200),
          ending(
            { code: 1011, cause: 'quota-exceeded-1011', hypothesis: 'rate_limit', confidence: 'high' },
            18,
          ),
          ending({}, 6),
        ],
      }),
    );
    expect(verdict).toBe('supported');
    expect(effect).toMatchObject({ measure: 'share', value: 0.75 });
    expect(statement).toMatch(/^Of 24 unexpected ends 18 were put down to it by the text of the service/);
  });

  describe('rate_limit, without any text', () => {
    const generic = {
      cause: 'internal-generic-1011',
      hypothesis: 'internal_error',
      confidence: 'medium',
    } as const;
    const endings = [
      closedByApplication(900),
      ending({}, 20),
      closedByApplication(60, { connects: 5 }),
      ending(generic, 30, { connects: 5 }),
      ending({}, 10, { connects: 5 }),
    ];

    it.each([
      ['only a part of the sessions was recorded', { outside: 40 }],
      ['spans stand for others', { sampled: true }],
    ])('is left open where %s, by the connects of all processes', (_, part) => {
      const { verdict, caveats } = finding('rate_limit', input({ endings, ...storms(20, 2), ...part }));
      expect(verdict).toBe('not_enough_data');
      expect(caveats).toContainEqual(expect.stringMatching(/^Not all sessions were recorded/));
    });

    it('is not where both came in one outage', () => {
      const card = scorecard(input({ endings, ...storms(1, 40) }));
      expect(card.supported).toEqual(['internal_error']);
      const { verdict, caveats } = finding('rate_limit', input({ endings, ...storms(1, 40) }));
      expect(verdict).toBe('not_enough_data');
      expect(caveats[0]).toMatch(
        /^40 of the unexpected ends came between 2026-01-05 01:00 UTC and 2026-01-05 01:01 UTC/,
      );
    });
  });

  it('internal_error is supported by ends that come while nothing that is compared is at work', () => {
    const out = { hypothesis: 'internal_error', confidence: 'medium' } as const;
    const card = scorecard(
      input({
        // Too few large responses to say anything of them.
        toolResponses: [response({ size: large, at: -600_000 }, 4, 1), response({ at: -600_000 }, 40, 2)],
        endings: [closedByApplication(120), ending({}, 3), ending(out, 14)],
      }),
    );
    const found = card.findings.find(({ hypothesis }) => hypothesis === 'internal_error');
    expect(found?.verdict).toBe('supported');
    expect(found?.statement).toMatch(
      /^Of 17 unexpected ends 14 came while no tool call was open and none had been answered for 10 s, which is \d+ % of the time; /,
    );
  });

  it('of ends out of nothing those are left out that may go with the sessions open', () => {
    const out = { hypothesis: 'internal_error', confidence: 'medium' } as const;
    const quietEnds = (crowded: number) => {
      const given = input({ endings: [closedByApplication(110), ending(out, 20)] });
      // They end soon after they were opened. A fifth of all, and of these as many more, was opened among many.
      const sessions = given.frame.sessions.map((session, index) => ({
        ...session,
        endedAt: ((index * 37) % 130) * 45_000,
        age: session.ending.expected ? 120 : 12 + ((index * 7) % 40),
        openBefore: index % 5 === 0 || (!session.ending.expected && index % 10 < crowded) ? 9 : 2,
      }));
      return evidenceOf({ ...given, frame: { ...given.frame, sessions } }).quiet.ends;
    };
    expect(quietEnds(0)).toBe(10);
    expect(quietEnds(7)).toBe(0);
  });

  it('context is not supported by what was inferred of the ends of one outage', () => {
    const poisoned = {
      hypothesis: 'context',
      cause: 'resume-poisoned-context-1011',
      confidence: 'medium',
    } as const;
    const given = input({ endings: [closedByApplication(2_000), ending(poisoned, 40)], ...storms(1, 40) });
    const at = (from: number, apart: number): ScorecardInput => ({
      ...given,
      frame: {
        ...given.frame,
        sessions: given.frame.sessions.map((session, index) =>
          session.ending.expected ? session : { ...session, endedAt: from + index * apart },
        ),
      },
    });
    const outage = Date.UTC(2026, 0, 5, 1);
    expect(finding('context', at(outage, 10)).verdict).toBe('not_enough_data');
    expect(finding('context', at(outage, 10)).statement).toContain('39 more of one outage');
    expect(finding('context', at(0, 100_000)).verdict).toBe('supported');
  });

  it('connection is supported by ends without a close frame', () => {
    const dropped = {
      code: 1006,
      initiator: 'network',
      cause: 'abnormal-1006',
      hypothesis: 'connection',
      confidence: 'medium',
    } as const;
    expect(
      scorecard(input({ endings: [closedByApplication(300), ending(dropped, 12), ending({}, 8)] })).supported,
    ).toEqual(['connection']);
  });

  it('connection is supported by ends without a close frame at an odd age, lifetime by those at ten minutes', () => {
    const endings = [closedByApplication(3_900), ending({}, 100)];
    expect(scorecard(input({ endings, ages: ages(126, 40, 'connection') })).supported).toEqual([
      'connection',
    ]);
    expect(scorecard(input({ endings, ages: ages(599, 40) })).supported).toEqual(['lifetime']);
    expect(scorecard(input({ endings, ages: ages(300, 0) })).supported).toEqual([]);
  });

  it('what the service ends at an odd age is its lifetime, and no fault of it', () => {
    const endings = [closedByApplication(3_900), ending({}, 100)];
    const own = scorecard(input({ endings, ages: ages(434, 90, 'internal_error') }));
    expect(own.supported).toEqual(['lifetime']);
    expect(own.findings.find(({ hypothesis }) => hypothesis === 'lifetime')?.statement).toContain(
      'at an age of',
    );
  });

  it('internal_error is supported where nothing else explains the ends put down to it', () => {
    const generic = {
      code: 1011,
      cause: 'internal-generic-1011',
      hypothesis: 'internal_error',
      confidence: 'medium',
    } as const;
    const endings = [closedByApplication(900), ending(generic, 60), ending({}, 20)];
    expect(scorecard(input({ endings })).supported).toEqual(['internal_error']);
    // The same ends all follow responses with wrong ids.
    const toolResponses = [response({ idMatch: 'unknown' }, 90, 58), response({}, 3_000, 2)];
    expect(scorecard(input({ endings, toolResponses })).supported).toEqual(['tool_call_id']);
  });

  it.each<[JudgedHypothesis, Parameters<typeof ending>[0]]>([
    ['lifetime', { cause: 'goaway-not-honoured-1008', hypothesis: 'lifetime', confidence: 'high' }],
    ['setup', { cause: 'voice-unknown-1007', hypothesis: 'setup', confidence: 'high', phase: 'setup' }],
    [
      'credentials',
      { cause: 'api-key-invalid-1007', hypothesis: 'credentials', confidence: 'high', phase: 'setup' },
    ],
    ['context', { cause: 'context-exhausted-1007', hypothesis: 'context', confidence: 'medium' }],
    [
      'process',
      { cause: 'process-exited', hypothesis: 'process', confidence: 'high', initiator: 'process', code: 0 },
    ],
  ])('%s is supported by what the ends themselves show', (hypothesis, facts) => {
    expect(
      scorecard(input({ endings: [closedByApplication(200), ending(facts, 20), ending({}, 20)] })).supported,
    ).toEqual([hypothesis]);
  });

  it('two at once are both named, the weightier first', () => {
    const card = scorecard(
      input({
        toolResponses: [response({ size: large }, 200, 30), response({}, 2_000, 4)],
        endings: [
          closedByApplication(900),
          ending({ preceding: 'tool_response' }, 34),
          ending(
            { code: 1011, cause: 'quota-exceeded-1011', hypothesis: 'rate_limit', confidence: 'high' },
            80,
          ),
        ],
      }),
    );
    expect(card.supported).toEqual(['rate_limit', 'payload_size']);
    expect(card.answer).toMatch(
      /^Of 114 unexpected ends of 1,014 sessions, the data puts down about 70 % to rate limit and about 2\d % to payload size\./,
    );
  });
});

describe('short data', () => {
  const short = input({
    toolResponses: [response({ size: large }, 20, 5), response({}, 80, 1)],
    endings: [closedByApplication(20), ending({ preceding: 'tool_response' }, 6)],
  });

  it('gives no verdict, and how many more sessions it takes', () => {
    const { verdict, moreSessions } = finding('payload_size', short);
    expect(verdict).toBe('not_enough_data');
    expect(moreSessions).toMatchObject({ kind: 'sessions', chance: expect.closeTo(0.8, 1) });
  });

  it('promises nothing where it may as well be chance', () => {
    const doubtful = input({
      toolResponses: [response({ size: large }, 16, 4), response({}, 80, 1)],
      endings: [closedByApplication(20), ending({ preceding: 'tool_response' }, 5)],
    });
    expect(finding('payload_size', doubtful)).toMatchObject({ verdict: 'not_enough_data' });
    expect(finding('payload_size', doubtful).moreSessions).toBeUndefined();
  });

  it('promises nothing where what was seen is no more than chance makes', () => {
    const even = input({
      toolResponses: [response({ size: large }, 6, 1), response({}, 40, 4)],
      endings: [closedByApplication(20), ending({ preceding: 'tool_response' }, 5)],
    });
    expect(finding('payload_size', even).moreSessions).toMatchObject({ kind: 'impractical' });
  });

  it('says that more sessions do not help where the ends themselves say nothing', () => {
    const of = input({ endings: [closedByApplication(900), ending({}, 60)] });
    const { verdict, moreSessions, caveats } = finding('internal_error', of);
    expect(verdict).toBe('not_enough_data');
    expect(moreSessions).toBeUndefined();
    expect(caveats[0]).toMatch(/^60 of the ends by the service have no established cause/);
  });

  it('says so where nothing at risk met an end', () => {
    const of = input({
      toolResponses: [response({ size: large }, 60, 0), response({}, 400, 0)],
      endings: [closedByApplication(900), ending({}, 60)],
    });
    const { verdict, statement } = finding('payload_size', of);
    expect(verdict).toBe('refuted');
    expect(statement).toBe(
      'It accounts for at most 6.0 % of the unexpected ends. No tool response was followed by an unexpected end within 30 s.',
    );
  });
});

it('is no surer of sessions that each stand for seven', () => {
  const seen = input({
    toolResponses: [response({ size: large }, 80, 6), response({}, 412, 4)],
    endings: [closedByApplication(150), ending({ preceding: 'tool_response' }, 10)],
  });
  const sessions = seen.frame.sessions.map((session) => ({ ...session, weight: 7 }));
  const weighted = { ...seen, frame: { ...seen.frame, sessions } };
  const [one, seven] = [seen, weighted].map((of) => finding('payload_size', of));
  expect(one?.comparisons[0]?.p).toBeGreaterThan(0);
  expect(seven?.comparisons[0]?.p).toBeCloseTo(one?.comparisons[0]?.p ?? 0, 9);
  expect(seven?.accountsFor?.low).toBeCloseTo(one?.accountsFor?.low ?? -1, 9);
  expect(seven?.accountsFor?.high).toBeCloseTo(one?.accountsFor?.high ?? -1, 9);
});

it('says that sampled spans stand for others', () => {
  const of = { endings: [closedByApplication(20), ending({}, 5)] };
  expect(finding('connection', input({ ...of, sampled: true })).caveats.at(-1)).toMatch(
    /^Spans stand for others/,
  );
  expect(finding('connection', input(of)).caveats).toEqual([]);
});

describe('whatever the tables', () => {
  const responses = fc.array(
    fc
      .record({
        size: fc.integer({ min: -1, max: 40 }),
        latency: fc.integer({ min: -1, max: 17 }),
        tool: fc.constantFrom('a', 'b', ''),
        hour: fc.integer({ min: 0, max: 23 }),
        encoding: fc.constantFrom('ascii', 'utf8', 'base64', ''),
        idMatch: fc.constantFrom('matched', 'unknown', ''),
        input: fc.constantFrom(0, 1, 2),
        units: fc.integer({ min: 1, max: 100 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ units, share, ...factors }) => response(factors, units, Math.round(units * share))),
    { maxLength: 15 },
  );
  const endings = fc.array(
    fc
      .record({
        sessions: fc.integer({ min: 1, max: 60 }),
        hypothesis: fc.constantFrom(...judged, 'not_established' as const),
        expected: fc.boolean(),
        connects: fc.integer({ min: -1, max: 7 }),
      })
      .map(({ sessions, connects, ...facts }) => ending(facts, sessions, { connects })),
    { maxLength: 15 },
  );

  it('a ratio without bounds is a number as well', () => {
    const facts = { encoding: 'ascii', latency: 0 };
    const { accountsFor, effect } = finding(
      'concurrency',
      input({
        toolResponses: [
          response({ ...facts, tool: '', size: 0, input: 1 }, 2, 1),
          response({ ...facts, tool: 'a', size: 0, input: 1 }, 1, 0),
          response({ ...facts, tool: 'a', size: 2 }, 1, 0),
          response({ ...facts, tool: '', size: 2, input: 1 }, 1, 0),
        ],
        endings: [ending({ hypothesis: 'payload_size' }, 1)],
      }),
    );
    expect(effect).toMatchObject({ low: 0 });
    expect(accountsFor?.value).toBeGreaterThanOrEqual(0);
    expect(accountsFor?.high).toBeGreaterThanOrEqual(accountsFor?.value ?? Number.NaN);
  });

  it('every number is one, shares lie in their intervals, and order changes nothing', () => {
    fc.assert(
      fc.property(responses, endings, (toolResponses, ends) => {
        const given = input({ toolResponses, endings: ends });
        const card = scorecard(given);
        for (const { accountsFor, comparisons, verdict, moreSessions } of card.findings) {
          if (accountsFor) {
            expect(accountsFor.low).toBeGreaterThanOrEqual(0);
            expect(accountsFor.low).toBeLessThanOrEqual(accountsFor.value);
            expect(accountsFor.value).toBeLessThanOrEqual(accountsFor.high);
            expect(accountsFor.high).toBeLessThanOrEqual(1);
          }
          for (const { p = 1, adjustedP = 1, effect } of comparisons) {
            expect(p).toBeGreaterThanOrEqual(0);
            expect(adjustedP).toBeGreaterThanOrEqual(p);
            expect(adjustedP).toBeLessThanOrEqual(1);
            if (effect) {
              expect(effect.low).toBeLessThanOrEqual(effect.value);
              expect(effect.high ?? effect.value).toBeGreaterThanOrEqual(effect.value);
            }
          }
          if (verdict !== 'not_enough_data') expect(moreSessions).toBeUndefined();
          else if (moreSessions?.kind === 'sessions')
            expect(Number.isFinite(moreSessions.sessions)).toBe(true);
        }
        const reversed = scorecard({
          ...given,
          tables: { ...given.tables, endings: ends.toReversed() },
          frame: { ...given.frame, sessions: given.frame.sessions.toReversed() },
        });
        expect(reversed.findings.map(({ verdict }) => verdict)).toEqual(
          card.findings.map(({ verdict }) => verdict),
        );
      }),
      { numRuns: 60 },
    );
  });
});
