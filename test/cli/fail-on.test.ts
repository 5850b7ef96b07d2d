import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broken, parseRule } from '../../src/cli/report/fail-on.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { sampleReport } from '../report/report-sample.ts';

describe('parseRule', () => {
  it.each([
    ['unexpected>1%', { of: 'unexpected' }, 'share', false, 0.01],
    ['unexpected >= 5', { of: 'unexpected' }, 'count', true, 5],
    ['unexpected.low>2.5%', { of: 'unexpected' }, 'low', false, 0.025],
    ['rate_limit>0', { of: 'hypothesis', id: 'rate_limit' }, 'count', false, 0],
    [
      'tool-response-1011-internal>=3%',
      { of: 'cause', id: 'tool-response-1011-internal' },
      'share',
      true,
      0.03,
    ],
    ['unknown>10', { of: 'cause', id: 'unknown' }, 'count', false, 10],
    ['1011>0', { of: 'code', code: 1011 }, 'count', false, 0],
    ['stalls>0', { of: 'stalls' }, 'count', false, 0],
  ])('reads %s', (text, subject, bound, orEqual, limit) => {
    expect(parseRule(text)).toEqual({ text, subject, bound, orEqual, limit });
  });

  it.each([
    [
      'unexpected',
      "unexpected is no rule for --fail-on: write it as 'unexpected>1%', 'rate_limit>=5' or '1011.low>0.5%'.",
    ],
    [
      'unexpected<1%',
      "unexpected<1% is no rule for --fail-on: write it as 'unexpected>1%', 'rate_limit>=5' or '1011.low>0.5%'.",
    ],
    [
      'unexpected.low>3',
      'unexpected.low>3 compares the end of an interval, which is a share: end it with %.',
    ],
    [
      'luck>1',
      'luck in --fail-on is neither unexpected nor stalls, a hypothesis (payload_size, encoding, tool_call_id, concurrency, internal_error, rate_limit, connection, lifetime, setup, credentials, context, client, process), a cause of docs/closures.md or a close code.',
    ],
    ['stalls>1%', 'stalls>1%: stalls are counted, and a session may have several; leave % out.'],
    ['999>1', /^999 in --fail-on is neither/],
  ])('refuses %s', (text, message) => {
    expect(() => parseRule(text)).toThrow(message);
  });

  it('gives a rule or a sentence, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseRule(text);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('broken', () => {
  const verdict = (text: string) => broken(parseRule(text), sampleReport);

  it.each([
    ['unexpected>20%', "--fail-on 'unexpected>20%': 42 of 208 ended sessions, 20 % (15 % to 26 %)."],
    ['unexpected.low>15%', "--fail-on 'unexpected.low>15%': 42 of 208 ended sessions, 20 % (15 % to 26 %)."],
    ['unexpected>=42', "--fail-on 'unexpected>=42': 42 of 208 ended sessions, 20 % (15 % to 26 %)."],
    ['1006>10', "--fail-on '1006>10': 11 of 208 ended sessions, 5.3 % (3.0 % to 9.2 %)."],
    ['connection>5', "--fail-on 'connection>5': 6 of 208 ended sessions, 2.9 % (1.3 % to 6.1 %)."],
    [
      'tool-response-1011-internal>0',
      "--fail-on 'tool-response-1011-internal>0': 31 of 208 ended sessions, 15 % (11 % to 20 %).",
    ],
  ])('is %s', (text, sentence) => {
    expect(verdict(text)).toBe(sentence);
  });

  it.each(['unexpected>42', 'unexpected>21%', 'unexpected.low>16%', '1005>0', 'rate_limit>0', 'unknown>0'])(
    'is not %s',
    (text) => {
      expect(verdict(text)).toBeUndefined();
    },
  );

  it('is not broken surely by a single end, however few sessions there are', () => {
    const totals = { ...sampleReport.totals, closures: { expected: 3, unexpected: 1 } };
    expect(broken(parseRule('unexpected.low>1%'), { ...sampleReport, totals })).toBeUndefined();
    const twice = { ...sampleReport.totals, closures: { expected: 3, unexpected: 2 } };
    expect(broken(parseRule('unexpected.low>1%'), { ...sampleReport, totals: twice })).toBeDefined();
  });

  it('says nothing of a share where no session ended', () => {
    const totals = { ...sampleReport.totals, closures: { expected: 0, unexpected: 0 } };
    expect(broken(parseRule('unexpected>=0%'), { ...sampleReport, totals })).toBeUndefined();
  });
});

it('counts stalls', () => {
  const examples = [{ traceId: 'a'.repeat(32), spanId: '' }];
  const stall = { kind: 'turn_unanswered', cause: 'unknown', stalls: 2, recovered: 1, examples } as const;
  const report = { ...sampleReport, stalls: [stall] };
  expect(broken(parseRule('stalls>1'), report)).toBe("--fail-on 'stalls>1': 2 stalls.");
  expect(broken(parseRule('stalls>2'), report)).toBeUndefined();
});
