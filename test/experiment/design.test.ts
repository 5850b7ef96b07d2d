import { describe, expect, it } from 'vitest';
import { experimentFactors } from '../../src/conventions/vocabulary.ts';
import { DesignError, designOf } from '../../src/experiment/design.ts';
import { estimate } from '../../src/experiment/estimate.ts';
import { responseOf } from '../../src/experiment/payload.ts';
import { responseEncodings, usual } from '../../src/experiment/treatment.ts';

describe('the arms of an experiment', () => {
  it.each(experimentFactors)('differ in one thing: %s', (factor) => {
    const { arms, control, treated } = designOf(factor, { region: 'us-central1', other: 'other' });
    const keys = Object.keys(arms.control) as (keyof typeof arms.control)[];
    expect(keys.filter((key) => arms.control[key] !== arms.treated[key])).toHaveLength(1);
    expect(control).not.toBe(treated);
  });

  it('differ in the number of sessions, or the way, where that is asked for', () => {
    expect(designOf('concurrency', { sessions: 5 }).arms.treated.companions).toBe(4);
    expect(designOf('connection', { other: 'http://proxy:8080' }).treated).toBe(
      'connections through proxy:8080',
    );
  });

  it.each(['model', 'internal_error', 'region', 'sdk'] as const)('need the other one: %s', (factor) => {
    expect(() => designOf(factor)).toThrow(DesignError);
  });

  it('take longer where they wait or come one by one', () => {
    const minutes = (factor: 'payload_size' | 'connection' | 'rate_limit'): number =>
      estimate(designOf(factor), 100, 4, 1).minutes;
    expect(minutes('payload_size')).toBeLessThan(minutes('connection'));
    expect(minutes('connection')).toBeLessThan(minutes('rate_limit'));
  });
});

describe('the response', () => {
  it.each(responseEncodings)('has the size that was asked for on the wire: %s', (encoding) => {
    for (const responseBytes of [512, 2_048, 65_536]) {
      const response = responseOf({ ...usual, responseBytes, encoding });
      const message = {
        toolResponse: { functionResponses: [{ id: 'function-call-1234567', name: 'look_up', response }] },
      };
      expect(Math.abs(Buffer.byteLength(JSON.stringify(message)) - responseBytes)).toBeLessThan(64);
    }
  });
});
