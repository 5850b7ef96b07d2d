import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialKinds } from '../../src/conventions/vocabulary.ts';
import { credentialKind } from '../../src/protocol/credential-kind.ts';

const live =
  'wss://generativelanguage.googleapis.com/ws/google.ai.generativelanguage.v1beta.GenerativeService';
const vertex =
  'wss://aiplatform.googleapis.com/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent';

describe('the kind of credential', () => {
  it.each([
    ['a key in the URL', `${live}.BidiGenerateContent?key=AIza`, {}, 'api_key'],
    ['a key in a header', vertex, { 'X-Goog-Api-Key': 'AIza' }, 'api_key'],
    [
      'a token as access_token',
      `${live}.BidiGenerateContentConstrained?access_token=auth_tokens/a`,
      {},
      'ephemeral_token',
    ],
    ['a token, encoded', `${live}?access_token=auth_tokens%2Fa`, {}, 'ephemeral_token'],
    ['a token passed as key', `${live}.BidiGenerateContent?key=auth_tokens/a`, {}, 'ephemeral_token'],
    ['a token in the scheme of its own', live, { Authorization: 'Token auth_tokens/a' }, 'ephemeral_token'],
    ['a token as bearer', live, { authorization: 'Bearer auth_tokens/a' }, 'ephemeral_token'],
    ['a token in the header of keys', live, { 'x-goog-api-key': 'auth_tokens/a' }, 'ephemeral_token'],
    ['OAuth in a header', vertex, { authorization: 'Bearer ya29.a' }, 'oauth'],
    ['OAuth in the URL', `${live}?access_token=ya29.a`, {}, 'oauth'],
    ['an empty key', `${live}?key=`, {}, 'none'],
    ['a key that was not set', `${live}?key=undefined`, {}, 'none'],
    ['an empty header', vertex, { authorization: '' }, 'none'],
    ['nothing', vertex, undefined, 'none'],
    ['no URL', undefined, null, 'none'],
  ])('is told of %s', (_, url, headers, kind) => {
    expect(credentialKind(url, headers)).toBe(kind);
  });

  it('is one of a few words, whatever URL and headers are', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (url, headers) => {
        expect(credentialKinds).toContain(credentialKind(url, headers));
      }),
    );
  });
});
