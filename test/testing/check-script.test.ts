import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Script } from '../../src/testing/index.ts';
import { checkScript, scripts } from '../../src/testing/index.ts';

const withReaction = (reaction: object): object => ({ name: 's', description: 'd', reactions: [reaction] });

describe('checkScript', () => {
  it.each(Object.entries<Script>(scripts))('accepts %s, also after a way through JSON', (name, script) => {
    const copy: unknown = JSON.parse(JSON.stringify(script));
    expect(checkScript(copy)).toEqual(script);
    expect(script.name).toBe(name);
  });

  it.each<[string, unknown, string]>([
    ['no object', 7, 'script is not valid: an object is allowed.'],
    [
      'the name of a script',
      'tool-single',
      `script is the text "tool-single": a script is an object, such as scripts['tool-single'].`,
    ],
    ['no name', { description: '', reactions: [] }, 'script.name is not valid: a string is allowed.'],
    [
      'an unknown field',
      { name: '', description: '', reactions: [], steps: [] },
      'script.steps is not known: name, description, api, behaviour, reactions are.',
    ],
    [
      'an unknown trigger',
      withReaction({ on: { event: 'lunch' }, do: [] }),
      'script.reactions[0].on.event is not valid: one of setup, ready, user_turn, client_content, audio, video, tool_response, call_unanswered, input_while_call_pending, interrupted, elapsed, idle, line_silent is allowed.',
    ],
    [
      'a negative time',
      withReaction({ on: { event: 'elapsed', ms: -1 }, do: [] }),
      'script.reactions[0].on.ms is not valid: a number of 0 or more is allowed.',
    ],
    [
      'a code that no close frame can carry',
      withReaction({ on: { event: 'ready' }, do: [{ do: 'close', code: 1006, reason: '' }] }),
      'script.reactions[0].do[0].code is not valid: 1000 to 1014 without 1004 to 1006, or 3000 to 4999 is allowed.',
    ],
    [
      'a mistake within nested actions',
      withReaction({
        on: { event: 'ready' },
        do: [{ do: 'repeat', times: 2, actions: [{ do: 'wait', ms: [3, 2] }] }],
      }),
      'script.reactions[0].do[0].actions[0].ms is not valid: milliseconds or [least, most] is allowed.',
    ],
    [
      'a probability above 1',
      withReaction({ on: { event: 'ready' }, do: [], probability: 2 }),
      'script.reactions[0].probability is not valid: a number from 0 to 1 is allowed.',
    ],
  ])('rejects %s with its path', (_, value, message) => {
    expect(() => checkScript(value)).toThrow(new TypeError(message));
  });

  it('accepts or throws a TypeError, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => checkScript(value)).toThrow(TypeError);
      }),
    );
  });
});
