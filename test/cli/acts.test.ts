import { describe, expect, it } from 'vitest';
import { acts, cast } from '../../src/cli/demo/acts.ts';
import { checkScript, scripts } from '../../src/testing/index.ts';

function callsOf(script: ReturnType<typeof cast>) {
  return script.reactions.flatMap((reaction) =>
    reaction.do.flatMap((action) => (action.do === 'tool_call' ? [action.calls] : [])),
  );
}

describe('cast', () => {
  const [first, second] = [{ name: 'a' }, { name: 'b' }];

  it('gives each call of a message one of the scene, around', () => {
    expect(callsOf(cast(scripts['tool-parallel'], [first, second]))).toEqual([[first, second, first]]);
  });

  it('gives the second message of a turn the second call', () => {
    expect(callsOf(cast(scripts['tool-nested'], [first, second]))).toEqual([[first], [second]]);
  });

  it('leaves a script alone without calls', () => {
    expect(cast(scripts['tool-single'])).toBe(scripts['tool-single']);
  });

  it('makes valid scripts of every scene', () => {
    const cast_ = acts.flatMap(({ scenes }) => scenes.map(({ script, calls }) => cast(script, calls)));
    expect(cast_.map(checkScript)).toEqual(cast_);
  });
});
