import { describe, expect, it } from 'vitest';
import { cast } from '../../../src/cli/demo/acts.ts';
import { checkScript } from '../../../src/testing/index.ts';
import { endless, programmes } from '../../../tools/stack/demo-acts.ts';

describe('the demo of the stack', () => {
  const acts = programmes.flatMap((programme) => programme.map(({ act }) => act));

  it('has valid scripts', () => {
    const played = acts.flatMap(({ scenes }) => scenes.map(({ script, calls }) => cast(script, calls)));
    expect(played.map(checkScript)).toEqual(played);
  });

  it('deploys and rolls back within the hour', () => {
    const releases = programmes.find((programme) => programme.length > 1) ?? [];
    expect(releases.map(({ act }) => act.version)).toEqual(['1.4.0', '1.5.0', '1.4.0']);
    expect(releases.reduce((sum, { minutes = 0 }) => sum + minutes, 0)).toBe(60);
  });

  it('paces calls by the clock on the wall, whatever the pace of the act', () => {
    const [act] = acts;
    if (act === undefined) throw new Error('There are no acts.');
    expect(endless({ ...act, timeScale: 60 }, 2, 25).agent).toMatchObject({ parallel: 2, every: 1_500 });
  });
});
