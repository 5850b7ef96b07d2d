import { expect, it } from 'vitest';
import type { LiveAttributes } from '../../../../src/conventions/attributes.ts';
import type { LiveSession } from '../../../../src/report/read/sessions/model.ts';
import { closeFrame } from '../../../../src/report/render/text/ends.ts';

const told = (attributes: LiveAttributes) => closeFrame({ closure: { attributes } } as LiveSession);

it('tells of the error where the service gave no text', () => {
  const lost = {
    'gemini.live.closure.code': 1006,
    'gemini.live.closure.initiator': 'network',
    'gemini.live.closure.error_name': 'ECONNREFUSED',
  } as const;
  const message = 'connect ECONNREFUSED 127.0.0.1:443';
  expect(
    [
      lost,
      { ...lost, 'gemini.live.closure.error_message': message },
      { ...lost, 'gemini.live.closure.error_message': message, 'gemini.live.closure.reason': 'Gone.' },
    ].map(told),
  ).toEqual(['1006 by network (ECONNREFUSED)', `1006 by network (${message})`, '1006 "Gone." by network']);
});
