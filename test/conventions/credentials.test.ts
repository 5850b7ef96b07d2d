import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { redactCredentials } from '../../src/protocol/redact.ts';

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

const file = new URL('../../collector/collector.yaml', import.meta.url);
// `$$` is a dollar sign in the Collector's configuration; the flags at the front are Go's.
const blocked = (parse(readFileSync(file, 'utf8')).processors.redaction.blocked_values as readonly string[])
  .map((pattern) => pattern.replaceAll('$$', '$').replaceAll('\\z', '$'))
  .map((pattern) => {
    const [, flags = '', rest = pattern] = /^\(\?([is]+)\)(.*)$/s.exec(pattern) ?? [];
    return new RegExp(rest, `g${flags}`);
  });

describe('the Collector masks what live-otel leaves out by itself', () => {
  test.each(texts)('%j', (text) => {
    expect(redactCredentials(text)).not.toContain(secret);
    const masked = blocked.reduce((result, pattern) => result.replace(pattern, '****'), text);
    expect(masked).not.toContain(secret);
  });
});
