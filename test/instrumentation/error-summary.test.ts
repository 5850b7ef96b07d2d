import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/instrumentation/error-summary.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' });

describe('the summary of an error', () => {
  it.each([
    ['its code', refused, 'ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9'],
    ['its name', new RangeError('Too far.'), 'RangeError', 'Too far.'],
    ['what an event carries', { type: 'error', error: refused }, 'ECONNREFUSED', refused.message],
    [
      'the code of a cause',
      new TypeError('fetch failed', { cause: refused }),
      'ECONNREFUSED',
      'fetch failed: connect ECONNREFUSED 127.0.0.1:9',
    ],
    [
      'the code of what caused that',
      new Error('No token.', { cause: new TypeError('fetch failed', { cause: refused }) }),
      'ECONNREFUSED',
      'No token: fetch failed: connect ECONNREFUSED 127.0.0.1:9',
    ],
    [
      'its own name where no cause has a code',
      new TypeError('a', { cause: new Error('b') }),
      'TypeError',
      'a',
    ],
    [
      'each address of a host',
      new Error('No connection.', {
        cause: Object.assign(new AggregateError([refused, new Error('connect ECONNREFUSED ::1:9')], ''), {
          code: 'ECONNREFUSED',
        }),
      }),
      'ECONNREFUSED',
      'No connection: connect ECONNREFUSED 127.0.0.1:9; connect ECONNREFUSED ::1:9',
    ],
    ['what is no error', 'gone', 'Error', 'gone'],
  ])('says %s', (_, error, name, message) => {
    expect(summarise(error)).toEqual({ name, message });
  });

  it('ends where errors cause each other', () => {
    const ring = new Error('a');
    ring.cause = new Error('b', { cause: ring });
    expect(summarise(ring)).toEqual({ name: 'Error', message: 'a' });
  });

  it('has no credential of a cause', () => {
    const cause = Object.assign(new Error('GET /?key=AIzaSyA1234567890abcdefghijklmnopqrstuvw'), {
      code: 'ECONNRESET',
    });
    expect(summarise(new TypeError('fetch failed', { cause })).message).not.toContain('AIzaSy');
  });
});
