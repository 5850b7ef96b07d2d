import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactCredentials } from '../../src/protocol/redact.ts';
import { harmlessTexts, secretNames, vendorPatterns } from './credential-corpus.ts';

/** Around a credential, as logs, results of tools and close reasons have it. */
const surroundings: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `Authentication with ${secret} failed.`,
  (secret) => `"${secret}"`,
  (secret) => `{"result":"${secret}","n":1}`,
  (secret) => `https://host/v1?value=${secret}&alt=json`,
  (secret) => `curl -H "X-Thing: ${secret}" https://host`,
  (secret) => JSON.stringify(JSON.stringify({ nested: { of: [secret] } })),
];

describe('credentials with a shape of their own', () => {
  it.each(Object.entries(vendorPatterns))('%s', (_, pattern) => {
    fc.assert(
      fc.property(
        fc.stringMatching(new RegExp(`^(?:${pattern.source})$`)),
        fc.constantFrom(...surroundings),
        (secret, around) => {
          const left = redactCredentials(around(secret));
          // The last half is what nobody can guess.
          expect(left).not.toContain(secret.slice(-Math.ceil(secret.length / 2)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

const value = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', "'", '\n', 'a', 'B', '7', 'é', ',', '}'),
    minLength: 1,
    maxLength: 20,
  }),
);
const level = (text: string, depth: number): string =>
  depth === 0 ? text : level(JSON.stringify({ inner: text, after: 'kept' }), depth - 1);
const unwrap = (text: string, depth: number): unknown => {
  const parsed: unknown = JSON.parse(text);
  if (depth === 0) return parsed;
  const { inner, after } = parsed as { inner: string; after: string };
  expect(after).toBe('kept');
  return unwrap(inner, depth - 1);
};

describe('the value behind the name of a credential', () => {
  it('goes whole out of JSON, and out of JSON in the texts of JSON; the rest stays as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...secretNames), value, value, fc.nat(4), (name, secret, other, depth) => {
        fc.pre(redactCredentials(JSON.stringify({ other })) === JSON.stringify({ other }));
        const text = level(JSON.stringify({ before: 1, [name]: secret, other }), depth);
        expect(unwrap(redactCredentials(text), depth)).toEqual({ before: 1, [name]: '[redacted]', other });
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['"password":"ab\\"cdSECRET"', '"password":"[redacted]"'],
    ["{'passwd': 'SECRET it\\'s', 'a': 1}", "{'passwd': '[redacted]', 'a': 1}"],
    ['token: SECRET123', 'token: [redacted]'],
    ['session_token=SECRET; path=/', 'session_token=[redacted]; path=/'],
    ['refresh_token=SECRET&grant_type=refresh', 'refresh_token=[redacted]&grant_type=refresh'],
    ['x-api-key: SECRET123\r\nHost: a', 'x-api-key: [redacted]\r\nHost: a'],
    ['Authorization: Basic U0VDUkVUOlNFQ1JFVA==', 'Authorization: Basic [redacted]'],
    ['sent Basic U0VDUkVUOlNFQ1JFVA== and failed', 'sent Basic [redacted] and failed'],
    ['Cookie: sid=SECRET; other=SECRET2\r\nAccept: */*', 'Cookie: [redacted]\r\nAccept: */*'],
    ['{"tokens":3,"token":["SECRET1","SECRET2"],"n":1}', '{"tokens":3,"token":[redacted],"n":1}'],
    ['{"handle":"SECRET","newHandle":"SECRET"}', '{"handle":"[redacted]","newHandle":"[redacted]"}'],
    ['password => SECRET', 'password => [redacted]'],
    ['"secret":"cut off SECR', '"secret":"[redacted]'],
  ])('%j', (text, expected) => {
    expect(redactCredentials(text)).toBe(expected);
  });
});

it.each(harmlessTexts)('leaves %j as it is', (text) => {
  expect(redactCredentials(text)).toBe(text);
});
