import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifySent } from '../../src/protocol/classify-sent.ts';

const quiet = { captureContent: false };
const capturing = { captureContent: true };

/** The summary of a tool response whose `response` stands in the frame as this text. */
const measured = (response: string, options = quiet) =>
  classifySent(
    `{"toolResponse":{"functionResponses":[{"id":"c-1","name":"f","response":${response}}]}}`,
    options,
  ).toolResponses?.[0];
const plain = {
  id: 'c-1',
  name: 'f',
  encoding: 'ascii',
  shape: 'object',
  depth: 1,
  longestString: 0,
  controlCharacters: false,
  isError: false,
};
const random = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 167 + 13) % 251)).toString(
  'base64',
);

describe('the summary of a tool response', () => {
  it.each([
    ['{"mood":"happy"}', { ...plain, responseBytes: 16, longestString: 5 }],
    ['{ "mood" :\n"happy" }', { ...plain, responseBytes: 20, longestString: 5 }],
    ['{}', { ...plain, responseBytes: 2 }],
    ['{"a":[{"b":[1]}]}', { ...plain, responseBytes: 17, depth: 4 }],
    ['[1,2]', { ...plain, responseBytes: 5, shape: 'array' }],
    ['"text"', { ...plain, responseBytes: 6, shape: 'string', depth: 0, longestString: 4 }],
    ['12.50', { ...plain, responseBytes: 5, shape: 'number', depth: 0 }],
    ['true', { ...plain, responseBytes: 4, shape: 'boolean', depth: 0 }],
    ['null', { ...plain, responseBytes: 4, shape: 'null', depth: 0 }],
    ['{"a":"é"}', { ...plain, responseBytes: 10, encoding: 'utf8', longestString: 1 }],
    ['{"a":"\\u00e9"}', { ...plain, responseBytes: 14, encoding: 'escaped', longestString: 1 }],
    ['{"a":"C:\\\\users"}', { ...plain, responseBytes: 17, longestString: 8 }],
    ['{"a":"\\t\\n\\r"}', { ...plain, responseBytes: 14, longestString: 3 }],
    ['{"a":"\\b"}', { ...plain, responseBytes: 10, longestString: 1, controlCharacters: true }],
    ['{"a":"\\\\b"}', { ...plain, responseBytes: 11, longestString: 2 }],
    ['{"\\u0000":1}', { ...plain, responseBytes: 12, encoding: 'escaped', controlCharacters: true }],
    ['{"error":"x"}', { ...plain, responseBytes: 13, longestString: 1, isError: true }],
    ['{"error":null}', { ...plain, responseBytes: 14 }],
    ['{"a":{"error":1}}', { ...plain, responseBytes: 17, depth: 2 }],
  ])('measures %s', (response, expected) => {
    expect(measured(response)).toEqual(expected);
  });

  it.each([
    ['base64 of 800 characters', random, 'base64'],
    ['base64 in a data URL', `data:image/png;base64,${random}`, 'base64'],
    ['URL-safe base64', random.replaceAll('+', '-').replaceAll('/', '_'), 'base64'],
    ['base64 in lines', random.replace(/.{76}/g, '$&\\n'), 'base64'],
    ['255 characters of base64', random.slice(0, 255), 'ascii'],
    ['hexadecimal digits', 'abcdef0123456789'.repeat(40), 'ascii'],
    ['a run of one letter', 'x'.repeat(1_000), 'ascii'],
    ['a long text', 'The weather in Zurich is fine. '.repeat(40), 'ascii'],
    ['base64 with a text behind it', `${random} (see attachment)`, 'ascii'],
  ])('sees in %s its encoding', (_, text, encoding) => {
    expect(measured(`{"data":"${text}"}`)?.encoding).toBe(encoding);
  });

  it('says when there is no response, id or name', () => {
    const frame = classifySent('{"toolResponse":{"functionResponses":[{"id":"","name":5}]}}', quiet);
    expect(frame.toolResponses).toEqual([
      {
        responseBytes: 0,
        encoding: 'ascii',
        shape: 'missing',
        depth: 0,
        longestString: 0,
        controlCharacters: false,
        isError: false,
      },
    ]);
  });

  it.each([
    ['beside the response', { response: {}, scheduling: 'SILENT', willContinue: true }, 'SILENT'],
    ['inside the response', { response: { scheduling: 'WHEN_IDLE' }, will_continue: true }, 'WHEN_IDLE'],
    [
      'inside the response, when it is none',
      { response: { scheduling: 'tomorrow at 5' }, willContinue: true },
      undefined,
    ],
  ])('reads the scheduling %s', (_, entry, scheduling) => {
    const message = { toolResponse: { functionResponses: [{ id: 'a', name: 'f', ...entry }] } };
    const summary = classifySent(JSON.stringify(message), quiet).toolResponses?.[0];
    expect([summary?.scheduling, summary?.willContinue]).toEqual([scheduling, true]);
  });

  it('keeps the response as it stood only when content is captured, without credentials', () => {
    const response = '{ "url": "https://x/?key=abc", "n": 1.0 }';
    expect([measured(response)?.response, measured(response, capturing)?.response]).toEqual([
      undefined,
      '{ "url": "https://x/?key=[redacted]", "n": 1.0 }',
    ]);
  });

  it('takes the last of equal keys, as the parser does', () => {
    const frame =
      '{"toolResponse":{"functionResponses":[{"response":{"a":1},"id":"x","response":{"bb":"cc"}}]}}';
    const [summary] = classifySent(frame, quiet).toolResponses ?? [];
    expect([summary?.responseBytes, summary?.longestString]).toEqual([11, 2]);
  });

  it('measures each of several responses as it stands on the wire, whatever it holds', () => {
    const json = fc
      .tuple(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(0, 1, 2, '\t'))
      .map(([value, indent]) => JSON.stringify(value, undefined, indent));
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom('', ' ', '\n  '),
        (responses, snake, space) => {
          const entries = responses.map(
            (response) => `${space}{${space}"response"${space}:${space}${response}${space},"id":"a"}`,
          );
          const [outer, inner] = snake
            ? ['tool_response', 'function_responses']
            : ['toolResponse', 'functionResponses'];
          const frame = `{"${outer}"${space}:${space}{${space}"${inner}":[${entries.join(',')}${space}]${space}}${space}}`;
          const summaries = classifySent(frame, capturing).toolResponses ?? [];
          expect(summaries.map(({ responseBytes }) => responseBytes)).toEqual(
            responses.map((response) => new TextEncoder().encode(response).length),
          );
        },
      ),
    );
  });

  it('finds control characters exactly where the strings hold them', () => {
    const isControl = (code: number) => code < 0x20 && ![0x09, 0x0a, 0x0d].includes(code);
    const character = fc.oneof(fc.integer({ min: 0, max: 0x5f }), fc.constantFrom(0x5c, 0x62, 0x75, 0x30));
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (codes) => {
        const response = JSON.stringify({ a: String.fromCharCode(...codes) });
        expect(measured(response)?.controlCharacters).toBe(codes.some(isControl));
      }),
      { numRuns: 1_000 },
    );
  });
});
