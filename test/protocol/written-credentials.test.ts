import { describe, expect, it } from 'vitest';
import { redactCredentials } from '../../src/protocol/redact.ts';
import { ordinary } from './ordinary-texts.ts';
import { named, vendorKeys } from './written-credentials.ts';

/** What is known to pass: a change of these lists is a change of what is promised. */
const missed: readonly string[] = [
  'JSON number PIN',
  'JSON list of tokens',
  'PuTTY',
  'table row',
  'JSON with a comment',
  'docker config',
];
/** Ordinary texts of which something is cut: behind the name of a credential in JSON, and user names of URLs. */
const cut: readonly string[] = [
  '{"handle":"@ada_lovelace","followers":1204}',
  '{"token":"ETH","price_usd":3120.5}',
  '{"authorization":"pending"}',
  '{"cookie":"chocolate chip","price":2.5}',
  'https://user@example.com/inbox',
  'const password = await prompt("Password:");',
  'The file starts with -----BEGIN PRIVATE KEY----- and must stay on the server.',
  'Unexpected token: punc (})',
];

describe.each(Object.entries({ vendorKeys, named }))('%s', (_, cases) => {
  const known = (name: string) => missed.includes(name);
  it.each(Object.entries(cases).filter(([name]) => !known(name)))('masks %s', (_name, [text, ...secrets]) => {
    const left = redactCredentials(text);
    // The last half is what nobody can guess.
    for (const secret of secrets) expect(left).not.toContain(secret.slice(-Math.ceil(secret.length / 2)));
    expect(redactCredentials(left)).toBe(left);
  });
});

it('misses no more than is known', () => {
  for (const name of missed) {
    const [text, ...secrets] = named[name] ?? ['', ''];
    expect(secrets.filter((secret) => redactCredentials(text).includes(secret))).toEqual(secrets);
  }
});

it('leaves ordinary texts as they are, but for those that are known', () => {
  expect(ordinary.filter((text) => redactCredentials(text) !== text)).toEqual(
    ordinary.filter((text) => cut.includes(text)),
  );
});

it('takes time in proportion to the length of a text, whatever stands there', () => {
  const parts = [
    '%22',
    'password ',
    '--',
    '<password',
    '\\u0070',
    'curl -u ',
    'a b ',
    '"name":"',
    'login ',
    'a-',
    "PASSWORD '",
    'eyJ.',
    '=',
    'Private-Lines: 1\n',
    'key=1,',
  ];
  for (const part of parts) {
    const time = (length: number): number => {
      const text = part.repeat(length / part.length);
      const startedAt = process.cpuUsage();
      redactCredentials(text);
      const { user, system } = process.cpuUsage(startedAt);
      return user + system;
    };
    time(20_000);
    // Eight times as long, at most some thirty times as much: a square would be sixty-four.
    expect([part, time(160_000) < 32 * Math.max(time(20_000), 3_000)]).toEqual([part, true]);
  }
});
