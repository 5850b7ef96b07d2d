import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributes } from '../../../src/conventions/attributes.ts';
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
const masks = (text: string): boolean => values.some((pattern) => pattern.test(text));

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

  it.each(secretNames)('masks the value of %s in JSON, in its texts, and as an attribute', (name) => {
    const json = JSON.stringify({ [name]: 'a"b\\c SECRET', other: 1 });
    for (const text of [json, JSON.stringify({ text: json })]) {
      const left = values.reduce((rest, pattern) => rest.replace(new RegExp(pattern, 'gis'), '****'), text);
      expect(left).not.toContain('SECRET');
      expect(left).toContain('other');
    }
    expect(keys.some((pattern) => pattern.test(`http.request.header.${name}`))).toBe(true);
  });

  it('leaves every attribute of the package alone', () => {
    const masked = Object.keys(attributes).filter((name) => keys.some((pattern) => pattern.test(name)));
    expect(masked).toEqual([]);
  });
});
