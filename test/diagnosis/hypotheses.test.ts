/** For each hypothesis a session that supports it, in which something of another was planted. */
import { expect, test } from 'vitest';
import type { Hypothesis } from '../../src/conventions/vocabulary.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { noOthers } from '../../src/diagnosis/others.ts';
import type { Closure } from '../../src/session/model.ts';
import { answered, closureOf, end, pending } from './closures.ts';

const crowded = { process: { sessionsOpen: 60, connectsLastMinute: 40 } };
const race = pending({ inputWhilePending: { frames: 37, audioFrames: 37, lastAt: end - 20 } });

const cases: readonly (readonly [Hypothesis, string, Closure])[] = [
  [
    'payload_size',
    'characters outside of ASCII in the response',
    closureOf({
      code: 1007,
      reason:
        'the provided content is above the context window size 32000.; Error raised from operator assemble_generate_request',
      ...answered({ bytes: 300_000 }, { encoding: 'escaped' }),
    }),
  ],
  [
    'context',
    'a tool response that takes little of the window',
    closureOf({
      code: 1007,
      reason:
        'the provided content is above the context window size 32000.; Error raised from operator assemble_generate_request',
      ...answered({ bytes: 11_000 }),
      lastSentNotable: { kind: 'tool_response', bytes: 11_000, agoMs: 300 },
    }),
  ],
  [
    'encoding',
    'a large response and many sessions',
    closureOf({
      code: 1007,
      reason: "Invalid value at 'tool_response.function_responses[0].scheduling'",
      ...answered({ bytes: 20_000 }, { scheduling: 'NOW' }),
      ...crowded,
    }),
  ],
  [
    'tool_call_id',
    'a large response',
    closureOf({
      code: 1008,
      reason: 'Requested entity was not found.',
      ...answered({ bytes: 20_000 }, { idMatch: 'earlier_connection' }),
      resumption: { resumed: true, requested: true },
    }),
  ],
  [
    'concurrency',
    'a blocked event loop',
    closureOf({
      code: 1008,
      reason: 'Operation is not implemented, or supported, or enabled.',
      ...race,
      transport: { eventLoopDelayMs: 3_000 },
    }),
  ],
  [
    'internal_error',
    'a tool response that came long before',
    closureOf({ ...answered({ sentAt: end - 40_000 }) }),
  ],
  [
    'rate_limit',
    'a tool response just before',
    closureOf({ reason: 'Resource has been exhausted (e.g. check quota).', ...answered({ bytes: 20_000 }) }),
  ],
  [
    'connection',
    'a tool response just before',
    closureOf({ code: 1006, reason: '', initiator: 'network', wasClean: false, ...answered() }),
  ],
];

test.each(cases)('%s is found in spite of %s', (hypothesis, _planted, closure) => {
  expect(diagnose(closure, noOthers).hypothesis).toBe(hypothesis);
});
