import { describe, expect, it } from 'vitest';
import { closeFrames, scripts } from '../../../src/testing/index.ts';
import { outlines, userTurn } from '../client.ts';
import { audio, issueHandle, resuming, simulate } from './stage.ts';

describe('stale-handle', () => {
  it.each([
    ['stale-handle', closeFrames.handleNotFound],
    ['stale-handle-expired', closeFrames.handleExpired],
    ['stale-handle-foreign', closeFrames.handleOfOtherProject],
    ['stale-handle-unknown', closeFrames.entityNotFound],
    ['stale-handle-invalid', closeFrames.handleInvalid],
  ] as const)('%s refuses a handle of its own and a made-up one with its text', async (name, close) => {
    const simulator = await simulate(scripts[name]);
    for (const handle of [await issueHandle(simulator), 'made-up']) {
      const app = resuming(simulator, handle);
      await expect(app.connected).rejects.toThrow();
      expect(await app.closed).toEqual(close);
      expect(app.messages).toEqual([]);
    }
  });
});

it('poisoned-handle resumes, then ends after the first audio, every time', async () => {
  const simulator = await simulate(scripts['poisoned-handle']);
  const handle = await issueHandle(simulator);
  for (const index of [1, 2]) {
    const app = resuming(simulator, handle);
    (await app.connected).sendRealtimeInput(audio());
    expect(await app.closed).toEqual(closeFrames.internalErrorEncountered);
    expect(outlines(app.messages)[0]).toBe('setupComplete');
    expect(simulator.sessions[index]?.resumedFrom).toBe(0);
  }
});

it('resume-open refuses a handle while its connection is open, and takes it afterwards', async () => {
  const simulator = await simulate(scripts['resume-open']);
  const handle = await issueHandle(simulator, true);
  const early = resuming(simulator, handle);
  await expect(early.connected).rejects.toThrow();
  expect(await early.closed).toEqual(closeFrames.internalErrorEncountered);
  const later = await issueHandle(simulator);
  await resuming(simulator, later).connected;
  expect(simulator.sessions.at(-1)).toMatchObject({ resumedFrom: 2, end: undefined });
});

it('reseed-storm ends each resumed session that sends content, and no other', async () => {
  const simulator = await simulate(scripts['reseed-storm']);
  const first = resuming(simulator);
  (await first.connected).sendClientContent(userTurn);
  await first.seen((message) => message.serverContent?.turnComplete);
  const update = first.messages.findLast((message) => message.sessionResumptionUpdate?.newHandle);
  (await first.connected).close();
  await first.closed;
  const ends: unknown[] = [];
  for (let round = 0; round < 3; round++) {
    const app = resuming(simulator, update?.sessionResumptionUpdate?.newHandle);
    (await app.connected).sendClientContent(userTurn);
    ends.push(await app.closed);
  }
  expect(ends).toEqual(Array(3).fill(closeFrames.invalidArgument));
});
