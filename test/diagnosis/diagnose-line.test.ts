import { describe, expect, it } from 'vitest';
import { type ClosureLine, diagnoseClosure } from '../../src/diagnosis/diagnose-line.ts';

describe('what a log line says of an end', () => {
  it.each<[string, ClosureLine, string, string]>([
    [
      'a text of its own',
      { code: 1007, reason: 'API key not valid. Please pass a valid API key.' },
      'api-key-invalid-1007',
      'no',
    ],
    [
      'the text alone',
      { reason: 'API key expired. Please renew the API key.' },
      'api-key-expired-1007',
      'no',
    ],
    [
      'an end without a close frame',
      { code: 1006, reason: '', initiator: 'network' },
      'abnormal-1006',
      'now',
    ],
    ['an end by the application', { code: 1000, initiator: 'client' }, 'client-closed-normal', 'no'],
    ['an end of the process', { initiator: 'process' }, 'process-exited', 'no'],
  ])('%s', (_what, line, cause, when) => {
    expect(diagnoseClosure(line)).toMatchObject({ cause, retry: { when } });
  });

  it('is weighed with what preceded the end', () => {
    const line = { code: 1011, reason: 'Internal error occurred.' } as const;
    const alone = diagnoseClosure(line);
    const after = diagnoseClosure({
      ...line,
      phase: 'active',
      preceding: 'tool_response',
      precedingAgoMs: 300,
    });
    expect(after.cause).toBe('tool-response-1011-internal');
    expect(alone.cause).not.toBe(after.cause);
    expect(after.evidence).toEqual([
      'The session ended with 1011 "Internal error occurred.".',
      'A tool response was sent 300 ms before the end.',
    ]);
    expect(after.context).toEqual(['The setup had been completed.']);
  });

  it('is as sure as the text is, where all causes that have it are of one hypothesis', () => {
    const reason = 'You exceeded your current quota, please check your plan and billing details.';
    expect(diagnoseClosure({ code: 1011, reason })).toMatchObject({
      cause: 'quota-exceeded-1011',
      hypothesis: 'rate_limit',
      confidence: 'high',
      rivals: expect.arrayContaining([expect.objectContaining({ cause: 'search-without-quota-1011' })]),
    });
  });

  it('is not established where nothing is known of it', () => {
    expect(diagnoseClosure({ code: 3123 })).toMatchObject({
      cause: 'unknown',
      hypothesis: 'not_established',
    });
  });
});
