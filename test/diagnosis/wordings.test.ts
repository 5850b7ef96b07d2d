import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { catalogue } from '../../src/diagnosis/catalogue/catalogue.ts';
import { wordingCauses } from '../../src/diagnosis/catalogue/wordings.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { diagnoseClosure } from '../../src/diagnosis/diagnose-line.ts';
import { fit } from '../../src/diagnosis/fit.ts';
import { closureOf } from './closures.ts';

/** Texts of other Google APIs and of other services: none is known from the Live API. */
const texts: readonly (readonly [code: number, reason: string, cause: string])[] = [
  [1008, 'Your API key was reported as leaked. Please use another API key.', 'text-names-credentials'],
  [1008, 'Request had insufficient authentication scopes.', 'text-names-credentials'],
  [1008, 'Auth token has been used too many times', 'text-names-credentials'],
  [1011, 'UNAUTHENTICATED: Could not refresh access token', 'text-names-credentials'],
  [1007, 'The ephemeral token is expired.', 'text-names-credentials'],
  [1008, 'The caller does not have permission', 'text-names-permission'],
  [1008, 'Permission denied on resource project foo.', 'text-names-permission'],
  [1008, 'Billing account for project 12 is not active.', 'text-names-permission'],
  [1008, 'This API is not available in your country.', 'text-names-permission'],
  [1008, 'Consumer has been suspended.', 'text-names-permission'],
  [1011, 'Too many concurrent sessions for this project', 'text-names-quota'],
  [1008, 'Rate limit reached for requests per minute', 'text-names-quota'],
  [1011, 'RATE_LIMIT_EXCEEDED', 'text-names-quota'],
  [1011, 'Request was throttled', 'text-names-quota'],
  [1011, 'The model is overloaded. Please try again later.', 'text-names-overload'],
  [1011, 'Service temporarily unavailable', 'text-names-overload'],
  [1011, 'No capacity available for this model right now', 'text-names-overload'],
  [
    1007,
    'The input token count (140000) exceeds the maximum number of tokens allowed (131072).',
    'text-names-context',
  ],
  [1007, 'Context length exceeded', 'text-names-context'],
  [1008, 'Session handle is no longer valid', 'text-names-handle'],
  [1008, 'Cannot resume session: it was not found', 'text-names-handle'],
  [1008, 'Maximum session duration exceeded', 'text-names-lifetime'],
  [1008, 'Session closed due to inactivity', 'text-names-lifetime'],
  [1007, 'Request contains text fields that are too large.', 'text-names-size'],
  [1008, 'Message size 1200000 exceeds the limit of 1048576 bytes', 'text-names-size'],
  [1007, 'Request payload is too big', 'text-names-size'],
  [
    1007,
    'Please ensure that function response turn comes immediately after a function call turn.',
    'text-names-tool-response',
  ],
  [
    1007,
    'The number of function response parts must equal the number of function call parts',
    'text-names-tool-response',
  ],
  [1008, 'No tool call with id abc is pending', 'text-names-tool-response'],
  [1007, 'Tool use with function calling is unsupported by the model', 'text-names-model'],
  [1008, 'Thinking is not enabled for this model', 'text-names-model'],
  [1008, 'This model is no longer available', 'text-names-model'],
  [1007, 'Unable to decode base64 data', 'text-names-encoding'],
  [1007, 'Audio sample rate must be 16000', 'text-names-encoding'],
  [1007, 'String field contains invalid UTF-8', 'text-names-encoding'],
  [1007, 'temperature must be between 0 and 2', 'text-names-setting'],
  [1007, 'Missing required field: turns', 'text-names-setting'],
  [1011, 'Backend request timed out', 'text-names-service-fault'],
  [1011, 'An unexpected error occurred', 'text-names-service-fault'],
  [1011, 'Internal server error', 'text-names-service-fault'],
];

test.each(texts)('%i "%s" is what its words say', (code, reason, cause) => {
  const closure = diagnose(closureOf({ code, reason, initiator: 'server' }));
  expect(closure.cause).toBe(cause);
  expect(['medium', 'low']).toContain(closure.confidence);
  expect(closure.context.join(' ')).toContain('No cause is known with this reason text');
  expect(diagnoseClosure({ code, reason }).cause).toBe(cause);
});

describe('words', () => {
  it('leave a text alone that says nothing', () => {
    for (const reason of [
      '',
      'Goodbye',
      'xyzzy 42',
      'Session ended by operator Bob',
      'ok',
      'Attestation is missing.',
    ]) {
      expect(fit(1011, reason, catalogue).filter(({ match }) => match.text === 'worded')).toEqual([]);
    }
  });

  it('never compete with a text that is known', () => {
    const known = catalogue.flatMap((cause) =>
      cause.codes.flatMap((code) => cause.texts.map((text) => ({ code, text: text.replaceAll('<…>', 'x') }))),
    );
    const worded = known.filter(({ code, text }) =>
      fit(code, text, catalogue).some(({ match }) => match.text === 'worded'),
    );
    expect(known.length).toBeGreaterThan(100);
    expect(worded).toEqual([]);
  });

  it('name one cause at most, in time that grows with the text, whatever it holds', () => {
    const word = fc.constantFrom(...texts.flatMap(([, reason]) => reason.split(' ')), '\n', 'x'.repeat(50));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (words) => {
        const found = fit(1008, words.join(' '), catalogue);
        expect(found.filter(({ match }) => match.text === 'worded').length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are tried in an order in which each is reached', () => {
    expect(new Set(texts.map(([, , cause]) => cause))).toEqual(new Set(wordingCauses.map(({ id }) => id)));
  });

  it('do not answer where no text is given', () => {
    expect(fit(1008, undefined, catalogue).filter(({ cause }) => cause.wording !== undefined)).toEqual([]);
  });
});

test('1009 says that a message was too big, whatever the text', () => {
  const closure = diagnose(closureOf({ code: 1009, reason: '', initiator: 'server' }));
  expect(closure).toMatchObject({
    cause: 'message-too-big-1009',
    hypothesis: 'payload_size',
    confidence: 'low',
  });
});
