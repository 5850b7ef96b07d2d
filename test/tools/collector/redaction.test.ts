import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributes } from '../../../src/conventions/attributes.ts';
import { redactCredentials } from '../../../src/protocol/redact.ts';
import { blockedKeyPatterns, blockedValues, withRedaction } from '../../../tools/collector/redaction.ts';
import { secretNames, vendorPatterns } from '../../protocol/credential-corpus.ts';

const file = new URL('../../../collector/collector.yaml', import.meta.url);

/** RE2's leading flags as JavaScript's. Everything else that is used is read alike by both. */
function toRegExp(pattern: string): RegExp {
  const [, flags = '', source = ''] = /^(?:\(\?([is]+)\))?([\s\S]*)$/.exec(pattern) ?? [];
  return new RegExp(source.replaceAll('\\z', '$'), flags);
}
const values = blockedValues.map(toRegExp);
const keys = blockedKeyPatterns.map(toRegExp);
const masked = (text: string): string =>
  values.reduce((rest, pattern) => rest.replace(new RegExp(pattern, 'gis'), '****'), text);
const masks = (text: string): boolean => values.some((pattern) => pattern.test(text));

/** A credential of each kind, as a close reason, a URL, a header or a message may hold it, and what may not be left of it. */
const secret = 'k1-9_Zx8yWv7uT6sR5qP4oN3mL2';
const texts: readonly string[] = [
  `AIza${secret}`,
  `AQ.${secret}`,
  `ya29.${secret}`,
  `refused 1//0${secret}`,
  `eyJ${secret}.${secret}.${secret}`,
  `wss://host/path?access_token=auth_tokens%2F${secret}`,
  `wss://host/path?key=${secret}&alt=json`,
  `?api_key=${secret}`,
  `client_secret=${secret}`,
  `password=${secret}`,
  `handle=${secret}`,
  `x-goog-api-key: ${secret}`,
  `Authorization: Bearer ${secret}`,
  `https://${secret}@host/`,
  `{"access_token":"${secret}"}`,
  `{"refresh_token": "${secret}"}`,
  `{"private_key":"${secret}"}`,
  `{\\"x-goog-api-key\\":\\"${secret}\\"}`,
  `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`,
  `-----BEGIN RSA PRIVATE KEY-----\\n${secret}`,
];

describe("the Collector's redaction", () => {
  it('is what the code makes: npm run collector', () => {
    const configuration = readFileSync(file, 'utf8');
    expect(withRedaction(configuration)).toBe(configuration);
  });

  it('knows the credentials that the package knows', () => {
    for (const pattern of Object.values(vendorPatterns)) {
      fc.assert(
        fc.property(fc.stringMatching(new RegExp(`^(?:${pattern.source})$`)), (secret) => {
          expect(masks(`failed with ${secret}.`)).toBe(true);
        }),
        { numRuns: 20 },
      );
    }
  });

  it.each(texts)('masks what live-otel leaves out by itself: %j', (text) => {
    expect(redactCredentials(text)).not.toContain(secret);
    expect(masked(text)).not.toContain(secret);
  });

  it.each(secretNames)('masks the value of %s in JSON, in its texts, and as an attribute', (name) => {
    const json = JSON.stringify({ [name]: 'a"b\\c SECRET', other: 1 });
    for (const text of [json, JSON.stringify({ text: json })]) {
      const left = masked(text);
      expect(left).not.toContain('SECRET');
      expect(left).toContain('other');
    }
    expect(keys.some((pattern) => pattern.test(`http.request.header.${name}`))).toBe(true);
  });

  it('leaves every attribute of the package alone', () => {
    const taken = Object.keys(attributes).filter((name) => keys.some((pattern) => pattern.test(name)));
    expect(taken).toEqual([]);
  });
});
