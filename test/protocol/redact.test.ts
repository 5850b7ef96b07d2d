import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactCredentials } from '../../src/protocol/redact.ts';

const urlSafe = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const token = (minimum: number, maximum: number) =>
  fc.string({ unit: fc.constantFrom(...urlSafe), minLength: minimum, maxLength: maximum });
const base64Line = fc.string({
  unit: fc.constantFrom(...urlSafe.slice(0, 62), '+', '/'),
  minLength: 8,
  maxLength: 64,
});

/** A text with a credential in it, and the part that may not be left. */
interface Secret {
  readonly text: string;
  readonly secret: string;
}
const prefixed = (prefix: string, minimum = 8, maximum = 60) =>
  token(minimum, maximum).map((secret): Secret => ({ text: prefix + secret, secret }));
const pem = (newline: string) =>
  fc
    .tuple(
      fc.constantFrom('', 'RSA ', 'EC ', 'ENCRYPTED '),
      fc.array(base64Line, { minLength: 1, maxLength: 5 }),
    )
    .map(([type, lines]): Secret => {
      const body = lines.join(newline);
      const text = [`-----BEGIN ${type}PRIVATE KEY-----`, body, `-----END ${type}PRIVATE KEY-----`].join(
        newline,
      );
      return { text, secret: body };
    });

const secrets = fc.oneof(
  prefixed('AIza', 35, 35),
  prefixed('AIza', 12, 35),
  prefixed('AQ.', 20, 60),
  prefixed('ya29.'),
  prefixed('1//0'),
  prefixed('auth_tokens/'),
  prefixed('Bearer '),
  prefixed('bearer '),
  prefixed('?key='),
  prefixed('&access_token='),
  prefixed('?handle='),
  prefixed('x-goog-api-key: '),
  prefixed('"access_token":"'),
  prefixed('\\"api_key\\": \\"'),
  fc
    .tuple(token(8, 40), token(8, 40), token(8, 40))
    .map((parts): Secret => ({ text: `eyJ${parts.join('.')}`, secret: parts.join('.') })),
  pem('\n'),
  pem('\r\n'),
  pem('\\n'),
);
const separators = fc.constantFrom(' ', '"', "'", '(', ', ', '\n', '?', '=', ': ');
const words = fc.array(fc.constantFrom('the', 'service', 'closed', '1011', 'Grüße', '{"a":', '}', ','), {
  maxLength: 6,
});

describe('redactCredentials', () => {
  it('leaves no credential in any text around it', () => {
    fc.assert(
      fc.property(
        words,
        separators,
        secrets,
        fc.constantFrom(' ', '"', '\n', '&', ''),
        words,
        (before, gap, { text, secret }, end, after) => {
          const whole = `${before.join(' ')}${gap}${text}${end}${end === '' ? '' : after.join(' ')}`;
          expect(redactCredentials(whole)).not.toContain(secret);
        },
      ),
      {
        numRuns: 1_000,
        examples: [[[], ' ', { text: 'x-goog-api-key: structor', secret: 'structor' }, ' ', ['the']]],
      },
    );
  });

  it('leaves nothing of a credential that was cut', () => {
    fc.assert(
      fc.property(secrets, fc.nat(), ({ text, secret }, cut) => {
        const kept = secret.slice(0, 4 + (cut % secret.length));
        const from = text.indexOf(secret);
        expect(redactCredentials(`closed: ${text.slice(0, from)}${kept}`)).not.toContain(kept);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves its own result as it is', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            words.map(String),
            secrets.map(({ text }) => text),
          ),
          { maxLength: 5 },
        ),
        (pieces) => {
          const once = redactCredentials(pieces.join(' '));
          expect(redactCredentials(once)).toBe(once);
        },
      ),
    );
  });

  it.each([
    'Internal error encountered.',
    'Request contains an invalid argument.',
    "Method doesn't allow unregistered callers (callers without established identity).",
    'models/gemini-2.0-flash-exp is not found for API version v1beta, or is not supported for bidiGenerateContent. Call',
    'Publisher Model `projects/p/locations/us-central1/publishers/google/models/m` was not found',
    'API key not valid. Please pass a valid API key.',
    'monkey=banana, FAQ.md, turkey, keyboard',
    '{"location":"Redmond, WA","key":"value"}',
    'https://example.com/a/b?city=Zürich&q=x%20y',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  ])('leaves %j as it is', (text) => {
    expect(redactCredentials(text)).toBe(text);
  });

  it.each([
    ['wss://host/ws?key=abc&alt=json', 'wss://host/ws?key=[redacted]&alt=json'],
    ['wss://host/ws?alt=json&access_token=auth_tokens/abc', 'wss://host/ws?alt=json&access_token=[redacted]'],
    ['https://user:secret@host/x', 'https://[redacted]@host/x'],
    [
      '{"private_key":"-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\\n","b":1}',
      '{"private_key":"[redacted]\\n","b":1}',
    ],
    ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY----- and more', '[redacted] and more'],
    ['Authorization: Bearer abc.def, retry', 'Authorization: Bearer [redacted], retry'],
  ])('makes of %j only what is needed', (text, expected) => {
    expect(redactCredentials(text)).toBe(expected);
  });

  it('takes time in proportion to the text, even to one made against it', () => {
    const hostile = [
      '-----BEGIN PRIVATE KEY-----'.repeat(20_000),
      `"${'\\'.repeat(400_000)}`,
      'a-'.repeat(200_000),
      '://a'.repeat(100_000),
      `Bearer${' '.repeat(400_000)}`,
      'A'.repeat(400_000),
    ];
    const started = performance.now();
    for (const text of hostile) redactCredentials(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
