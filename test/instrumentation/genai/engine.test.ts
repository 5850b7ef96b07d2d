import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../../../src/instrumentation/genai/engine.ts';

function rejected(reason: unknown): Promise<unknown> {
  const promise = Promise.reject(reason);
  promise.catch(() => {});
  return promise;
}
const withoutStack = new Error('The key is missing.');
delete withoutStack.stack;

describe('what a promise was rejected with', () => {
  it.each([
    ['an error', new Error('No.'), 'Error: No.'],
    ['an error of another class', new RangeError('Too long: 7'), 'RangeError: Too long: 7'],
    ['an error of several lines', new Error('No:\n- a\n  - b'), 'Error: No:\n- a\n  - b'],
    [
      'an error with a code',
      Object.assign(new Error('No file'), { code: 'ENOENT', path: '/x' }),
      'Error: No file',
    ],
    ['an error with a cause', new Error('Outer', { cause: new Error('Inner') }), 'Error: Outer'],
    ['an error without stack', withoutStack, 'Error: The key is missing.'],
    ['no error', { key: 'AIza-planted' }, 'Error: connect() was rejected.'],
    ['nothing', undefined, 'Error: connect() was rejected.'],
  ])('%s', (_what, reason, expected) => {
    expect(String(rejectionOf(rejected(reason)))).toBe(expected);
  });

  it('is nothing while it is pending, fulfilled, or no promise', () => {
    expect(rejectionOf(new Promise(() => {}))).toBeUndefined();
    expect(rejectionOf(Promise.resolve('<rejected> Error: no'))).toBeUndefined();
    expect(rejectionOf('no promise')).toBeUndefined();
  });

  it('leaves an unhandled rejection unhandled', async () => {
    const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve));
    const error = new Error("the application's own");
    rejectionOf(Promise.reject(error));
    expect(await unhandled).toBe(error);
  });
});
