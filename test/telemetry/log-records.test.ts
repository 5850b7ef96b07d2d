import { expect, test } from 'vitest';
import { identityAttributes, peerAttributes } from './expected.ts';
import { at, clientClosed, closure, diagnosis, expectedClosure } from './facts.ts';
import { createHarness, msAfterOrigin } from './harness.ts';

function see(harness: ReturnType<typeof createHarness>) {
  return harness.logs().map(({ eventName, severityNumber, hrTime, body, spanContext }) => ({
    eventName,
    severityNumber,
    at: msAfterOrigin(hrTime),
    body,
    span: harness.nameOf(spanContext),
  }));
}

test('a session has a record when it starts and one when it ends', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.close(closure(), diagnosis);
  expect(see(harness)).toEqual([
    {
      eventName: 'gen_ai.client.realtime_session.started',
      severityNumber: 9,
      at: 200,
      body: undefined,
      span: 'live_session gemini-live-test',
    },
    {
      eventName: 'gen_ai.client.realtime_session.ended',
      severityNumber: 17,
      at: 10_000,
      body: diagnosis.explanation,
      span: 'live_closure',
    },
  ]);
});

test('the first says who, the second all that the closure says', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.close(closure(), diagnosis);
  expect(harness.logs().map(({ attributes }) => attributes)).toEqual([
    { ...identityAttributes, ...peerAttributes, 'gemini.live.session.resumed': false },
    harness.span('live_closure').attributes,
  ]);
});

test('a session that was never set up has only the second', () => {
  const harness = createHarness();
  harness.start().close(closure({ phase: 'setup' }), diagnosis);
  expect(see(harness).map(({ eventName }) => eventName)).toEqual(['gen_ai.client.realtime_session.ended']);
});

test('an expected end is informational', () => {
  const harness = createHarness();
  harness.start().close(expectedClosure(), clientClosed);
  expect(see(harness).map(({ severityNumber }) => severityNumber)).toEqual([9]);
});

test('without a logger the spans are the same', () => {
  const harness = createHarness({ logs: false });
  const recorder = harness.start();
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.close(closure(), diagnosis);
  expect(harness.tree().map(({ name }) => name)).toEqual([
    'live_connect gemini-live-test',
    'live_closure',
    'live_session gemini-live-test',
  ]);
});
