import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Backlog } from '../../src/instrumentation/backlog.ts';

// What follows closely does so by a clock that stands still: a busy machine may take its time between two lines.
beforeEach(() => {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now());
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the backlog', () => {
  it('does what comes alone at once, and puts off what follows closely, in order', async () => {
    const backlog = new Backlog();
    const done: number[] = [];
    backlog.add(() => done.push(0), true);
    expect(done).toEqual([0]);
    await new Promise<void>((resolve) => {
      for (let index = 1; index < 100; index++) backlog.add(() => done.push(index), true);
      backlog.add(resolve, true);
      expect(done).toEqual([0]);
      vi.restoreAllMocks();
    });
    expect(done).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('does what may not wait at once, after what waits', () => {
    const backlog = new Backlog();
    const done: string[] = [];
    for (const name of ['first', 'second']) backlog.add(() => done.push(name), true);
    backlog.add(() => done.push('third'), false);
    expect(done).toEqual(['first', 'second', 'third']);
  });

  it('puts off what is deferred, also where nothing else waits', async () => {
    const backlog = new Backlog();
    const done: string[] = [];
    await new Promise<void>((resolve) => {
      backlog.defer(() => done.push('deferred'));
      backlog.add(() => done.push('first'), true);
      backlog.add(resolve, true);
      expect(done).toEqual([]);
      vi.restoreAllMocks();
    });
    expect(done).toEqual(['deferred', 'first']);
  });

  it('does all that waits where it is drained, also when one fails', () => {
    const backlog = new Backlog();
    const done: string[] = [];
    const fail = () => {
      throw new Error('of ours');
    };
    for (const work of [() => done.push('first'), fail, () => done.push('last')]) backlog.add(work, true);
    backlog.drain();
    expect(done).toEqual(['first', 'last']);
    backlog.drain();
    expect(done).toEqual(['first', 'last']);
  });
});
