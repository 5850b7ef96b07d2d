import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginTalk } from '../../src/session/state.ts';
import { wholeSession } from './arbitraries.ts';
import { run, runs, start } from './property.ts';

describe('a session in which nothing was said yet', () => {
  it('does what one does that has all parts of its own from the start', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const own = start();
        beginTalk(own);
        const waiting = start();
        expect(run(events, waiting)).toEqual(run(events, own));
        expect(waiting.lifetime).toEqual(own.lifetime);
        expect(waiting.turns).toEqual(own.turns);
      }),
      runs,
    );
  });
});
