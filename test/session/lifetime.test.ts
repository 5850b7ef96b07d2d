import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/session/events.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  clientContent,
  closed,
  closureOf,
  epoch,
  inputTranscription,
  interrupted,
  only,
  opened,
  received,
  scenario,
  sent,
  setup,
  setupComplete,
  setupSummary,
  text,
} from './build.ts';

const goAway = (timeLeftMs?: number) =>
  received('go_away', { goAway: timeLeftMs === undefined ? {} : { timeLeftMs } });
const handle = (resumable: boolean, handleHash?: string) =>
  received('resumption_update', {
    resumption: { resumable, ...(handleHash !== undefined && { handleHash }) },
  });

describe('the setup', () => {
  it('is told when it is sent and when it is complete', () => {
    const session = scenario();
    expect(session.at(100, opened, setup())).toEqual([
      { type: 'setup_sent', at: epoch + 100, setup: setupSummary, bytes: 100 },
    ]);
    expect(session.at(300, received('setup_complete', { setupComplete: { sessionId: 's-1' } }))).toEqual([
      { type: 'setup_completed', at: epoch + 300, sessionId: 's-1' },
    ]);
    expect(session.at(400, setupComplete())).toEqual([]);
  });
});

describe('the phase at the end', () => {
  it.each<[string, SessionEvent[]]>([
    ['handshake', []],
    ['setup', [opened]],
    ['setup', [setup()]],
    ['active', [opened, setup(), setupComplete()]],
    ['after_go_away', [opened, setup(), setupComplete(), goAway(50_000)]],
  ])('is %s after %o', (phase, events) => {
    const session = scenario();
    session.at(100, ...events);
    expect(closureOf(session.at(200, closed(1006))).phase).toBe(phase);
  });
});

describe('goAway', () => {
  it('is told with the time left', () => {
    const session = activeScenario();
    expect(session.at(540_000, goAway(50_000))).toEqual([
      { type: 'go_away', at: epoch + 540_000, timeLeftMs: 50_000 },
    ]);
  });

  it.each([
    [49_999, false],
    [50_000, true],
  ])('with 50 s left, %d ms before the end: deadline passed %s', (agoMs, deadlinePassed) => {
    const session = activeScenario();
    session.at(540_000, goAway(50_000));
    const closure = closureOf(session.at(540_000 + agoMs, closed(1008)));
    expect(closure.goAway).toEqual({ agoMs, timeLeftMs: 50_000, deadlinePassed });
    expect(closure).toMatchObject({ initiator: 'server', expected: false });
  });

  it('without a time left has no deadline to pass', () => {
    const session = activeScenario();
    session.at(1_000, goAway(5_000), goAway());
    expect(closureOf(session.at(90_000, closed(1008))).goAway).toEqual({
      agoMs: 89_000,
      deadlinePassed: false,
    });
  });
});

describe('resumption', () => {
  it('is told with each update, and keeps the last handle that can be resumed from', () => {
    const session = activeScenario({}, { resumption: true });
    session.at(10_000, handle(true, 'h1'));
    const facts = session.at(20_000, handle(false));
    expect(facts).toEqual([
      { type: 'resumption_updated', at: epoch + 20_000, resumption: { resumable: false } },
    ]);
    expect(closureOf(session.at(30_000, closed(1011))).resumption).toEqual({
      resumed: false,
      requested: true,
      handleAvailable: true,
      handleAgeMs: 20_000,
    });
  });

  it('has no handle where none came', () => {
    const session = activeScenario();
    expect(closureOf(session.at(1_000, handle(true), closed(1011))).resumption).toEqual({
      resumed: false,
      requested: false,
      handleAvailable: false,
    });
  });

  it('keeps the handle it was resumed from until a newer one comes', () => {
    const session = activeScenario(
      { resumedHandleAt: epoch - 30_000 },
      { resumption: true, handleHash: 'h0' },
    );
    expect(closureOf(session.at(1_000, closed(1011))).resumption).toEqual({
      resumed: true,
      requested: true,
      handleAvailable: true,
      handleAgeMs: 31_000,
    });
  });

  it('does not count on a handle that the service has not accepted', () => {
    const session = scenario({ resumedHandleAt: epoch - 30_000 });
    session.at(100, opened, setup({ resumption: true, handleHash: 'h0' }));
    expect(closureOf(session.at(300, closed(1008))).resumption).toEqual({
      resumed: true,
      requested: true,
      handleAvailable: false,
      handleAgeMs: 30_300,
    });
  });

  it('makes the conversation older than the connection', () => {
    const session = activeScenario({ conversationStartedAt: epoch - 600_000 });
    expect(closureOf(session.at(5_000, closed(1011)))).toMatchObject({
      connectionAgeMs: 5_000,
      activeMs: 4_800,
      conversationAgeMs: 605_000,
    });
  });
});

describe('the last sign of the user', () => {
  it.each([
    ['input transcription', inputTranscription('Hello')],
    ['an interruption', interrupted()],
    ['an activity mark', sent('activity_start')],
    ['client content', clientContent({ turnComplete: false })],
    ['text', text()],
    ['voice activity', received('voice_activity', { voiceActivity: 'start' })],
  ])('is %s', (_, event) => {
    const session = activeScenario();
    session.at(1_000, event);
    session.at(4_000, audioIn());
    expect(closureOf(session.at(5_000, closed(1008))).msSinceUserActivity).toBe(4_000);
  });

  it('is neither audio nor output', () => {
    const session = activeScenario();
    session.at(1_000, audioIn(), sent('video'), audioOut());
    expect(closureOf(session.at(5_000, closed(1008)))).not.toHaveProperty('msSinceUserActivity');
  });
});

describe('an in-band error', () => {
  it('is told as it came', () => {
    const session = activeScenario();
    const facts = session.at(
      1_000,
      received('error', { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }),
    );
    expect(only(facts, 'server_error')).toEqual([
      { type: 'server_error', at: epoch + 1_000, code: 429, status: 'RESOURCE_EXHAUSTED' },
    ]);
  });
});
