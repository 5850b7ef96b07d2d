import { expect, test } from 'vitest';
import { playExperiment } from '../../eval/experiment/play.ts';

const quiet = (): number => 0;

test('the eval of experiments plays a whole one in virtual time, and the verdict is that of what is planted', async () => {
  const world = { planted: { payload_size: 0.9 }, background: quiet };
  expect((await playExperiment('payload_size', world, 1)).verdict).toBe('worse');
  expect((await playExperiment('encoding', world, 1)).verdict).toBe('no_difference');
});

test('a session that lasts, or comes in a burst, ends of what is planted there', async () => {
  for (const factor of ['connection', 'rate_limit', 'tool_call_id', 'internal_error'] as const) {
    expect((await playExperiment(factor, { planted: { [factor]: 0.9 }, background: quiet }, 2)).verdict).toBe(
      'worse',
    );
  }
});
