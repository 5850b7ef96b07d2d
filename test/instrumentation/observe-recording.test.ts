import { expect, it } from 'vitest';
import { observeRecording } from '../../src/instrumentation/observe-recording.ts';
import type { SessionRecording } from '../../src/recording/format.ts';

const at = 92_100;

function recording(end: Pick<Extract<SessionRecording['events'][number], { event: 'closed' }>, 'others'>) {
  const told: SessionRecording = {
    head: { recording: 1, sessionId: 'one', startedAt: 1_000, api: 'gemini', content: false },
    events: [
      { at: 0, event: 'connecting', credential: 'api_key' },
      { at: 40, event: 'opened' },
      { at: 45, from: 'client', kind: 'setup', bytes: 12, data: ['{"setup":{}}'] },
      { at: 90, from: 'server', kind: 'setup_complete', bytes: 20, data: ['{"setupComplete":{}}'] },
      { at: 60_000, from: 'client', kind: 'text', bytes: 30, data: ['{"realtimeInput":{"text":"x"}}'] },
      {
        at: 61_000,
        from: 'server',
        kind: 'turn_complete',
        bytes: 40,
        data: ['{"serverContent":{"turnComplete":true}}'],
      },
      { at, event: 'closed', code: 1006, reason: '', wasClean: false, ...end },
    ],
  };
  return observeRecording(told)?.diagnosis.cause;
}

it('has the cause that was found beside the other sessions of the process, which the file tells of', () => {
  const before = {
    at: -1_000,
    code: 1006,
    reason: '',
    expected: false,
    connectionAgeMs: at - 500,
    conversationId: 'other',
  };
  const nothing = { handleOfUnknownOrigin: false, handleFailures: 0, earlierConnectionOpen: false };
  expect(recording({ others: { recent: [before], ...nothing } })).toBe('proxy-idle-reap-1006');
  expect(recording({ others: { recent: [], ...nothing } })).toBe('abnormal-1006');
  expect(recording({})).toBe('abnormal-1006');
});
