/** How an application proves who it is. */
import type { CredentialKind } from '../conventions/vocabulary.ts';

/** Names of ephemeral tokens begin like this, wherever they are put. */
const tokenPrefix = 'auth_tokens/';
const tokenPattern = /[?&](?:access_token|key)=auth_tokens(?:\/|%2F)/i;
const accessTokenPattern = /[?&]access_token=[^&#]/i;
const keyPattern = /[?&]key=(?!(?:undefined|null)?(?:&|#|$))/i;

/**
 * The kind of credential a connection is opened with, from the shape of the URL's query and of the headers alone. The
 * value is looked at where it lies and kept nowhere. `headers` is a plain object, names in any case.
 */
export function credentialKind(url: unknown, headers: unknown): CredentialKind {
  const address = typeof url === 'string' ? url : '';
  if (tokenPattern.test(address)) return 'ephemeral_token';
  const authorization = headerOf(headers, 'authorization');
  if (authorization !== undefined) {
    return /^token\s/i.test(authorization) || authorization.includes(tokenPrefix)
      ? 'ephemeral_token'
      : 'oauth';
  }
  if (accessTokenPattern.test(address)) return 'oauth';
  const key = headerOf(headers, 'x-goog-api-key');
  if (key !== undefined) return key.startsWith(tokenPrefix) ? 'ephemeral_token' : 'api_key';
  return keyPattern.test(address) ? 'api_key' : 'none';
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() === name && typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
