import { describe, expect, it } from 'vitest';
import { toJsonLine } from '../../../src/report/read/protobuf.ts';
import { connect, session } from '../sample.ts';
import { protobufRequest } from './protobuf-request.ts';

describe('a request in protobuf', () => {
  it('gives the values of attributes whole', () => {
    const attributes: object = {
      negative: -5,
      large: 2 ** 60,
      'large and negative': -(2 ** 60),
      share: 1.5,
      yes: true,
      text: 'ä€😀, and longer than a dozen',
      list: ['one', 2, false],
    };

    const line = JSON.parse(toJsonLine(protobufRequest([{ ...session, attributes }])));

    expect(line.resourceSpans[0].scopeSpans[0].spans[0].attributes).toEqual([
      { key: 'negative', value: { intValue: '-5' } },
      { key: 'large', value: { intValue: '1152921504606846976' } },
      { key: 'large and negative', value: { intValue: '-1152921504606846976' } },
      { key: 'share', value: { doubleValue: 1.5 } },
      { key: 'yes', value: { boolValue: true } },
      { key: 'text', value: { stringValue: 'ä€😀, and longer than a dozen' } },
      {
        key: 'list',
        value: { arrayValue: { values: [{ stringValue: 'one' }, { intValue: '2' }, { boolValue: false }] } },
      },
    ]);
  });

  it('is none where it breaks off', () => {
    const bytes = protobufRequest([session, connect]);

    for (let length = 1; length < bytes.length; length++)
      expect(() => toJsonLine(bytes.subarray(0, length))).toThrow();
  });
});
