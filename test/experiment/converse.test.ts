import { GoogleGenAI } from '@google/genai';
import { GoogleGenAI as GoogleGenAI1 } from 'genai-1';
import { describe, expect, it } from 'vitest';
import type { LiveClient } from '../../src/experiment/client.ts';
import { converse, type Outcome } from '../../src/experiment/converse.ts';
import { designOf } from '../../src/experiment/design.ts';
import { scaledTime } from '../../src/experiment/time.ts';
import { type Treatment, usual } from '../../src/experiment/treatment.ts';
import {
  cancelRace,
  closeFrames,
  LiveServerSimulator,
  oversizeResponse,
  proxyReap,
  race,
  type Script,
  scripts,
  toolCancelled,
  toolSingle,
} from '../../src/testing/index.ts';

const timeScale = 100;

interface Played {
  readonly outcome: Outcome;
  readonly simulator: LiveServerSimulator;
}

async function play(
  script: Script,
  treatment: Partial<Treatment> = {},
  Sdk: typeof GoogleGenAI = GoogleGenAI,
): Promise<Played> {
  await using simulator = await LiveServerSimulator.start({ script, timeScale });
  const client = new Sdk({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } });
  const live = client.live as unknown as LiveClient;
  const outcome = await converse({
    live,
    others: live,
    treatment: { ...usual, ...treatment },
    time: scaledTime(timeScale),
    signal: new AbortController().signal,
  });
  // A session whose setup nobody answers cannot be closed: the SDK has not given it out.
  if (outcome.kind !== 'silent') await Promise.all(simulator.sessions.map(({ closed }) => closed));
  return { outcome, simulator };
}

describe('a session of an experiment', () => {
  it.each([
    ['3', GoogleGenAI],
    ['1', GoogleGenAI1 as unknown as typeof GoogleGenAI],
  ] as const)('asks, answers the call and hears the answer, with @google/genai %s', async (_, Sdk) => {
    const { outcome, simulator } = await play(toolSingle(), {}, Sdk);
    expect(outcome).toMatchObject({ kind: 'completed' });
    expect(outcome.tokens.input).toBeGreaterThan(0);
    expect(simulator.sessions).toHaveLength(1);
    expect(simulator.sessions[0]?.toolResponses).toHaveLength(1);
  });

  it('ends where the response is too large, and only there', async () => {
    const script = oversizeResponse({ limitBytes: 8_000, close: closeFrames.internalError });
    expect((await play(script)).outcome.kind).toBe('completed');
    expect((await play(script, { responseBytes: 65_536 })).outcome).toMatchObject({
      kind: 'ended',
      phase: 'conversation',
      code: 1011,
    });
  });

  it('sends audio while the call is pending, where it shall', async () => {
    expect((await play(race())).outcome.kind).toBe('completed');
    expect((await play(race(), { microphone: true })).outcome.kind).toBe('ended');
  });

  it('leaves a cancelled call alone, or answers it, once the user has spoken over it', async () => {
    const { control, treated } = designOf('tool_call_id').arms;
    const alone = await play(toolCancelled(), control);
    expect(alone.outcome.kind).toBe('completed');
    expect(alone.simulator.sessions[0]?.toolResponses).toHaveLength(0);
    const script = cancelRace({ close: closeFrames.notImplemented });
    expect((await play(script, control)).outcome.kind).toBe('completed');
    expect((await play(script, treated)).outcome).toMatchObject({ kind: 'ended', code: 1008 });
  });

  it('gives a sign of life in a silence, or none', async () => {
    const { control, treated } = designOf('connection', { silence: 130 }).arms;
    expect((await play(proxyReap(), control)).outcome.kind).toBe('completed');
    expect((await play(proxyReap(), treated)).outcome.kind).toBe('ended');
  });

  it('is not alone where others shall be beside it, and makes connections before', async () => {
    const beside = await play(toolSingle(), { companions: 2 });
    expect(beside.outcome.kind).toBe('completed');
    expect(beside.simulator.sessions).toHaveLength(3);
    const before = await play(toolSingle(), { connectsBefore: 4, connectsWithinMs: 4_000 });
    expect(before.outcome.kind).toBe('completed');
    expect(before.simulator.sessions).toHaveLength(5);
  });

  it('tells a refused setup and a silent service from the rest', async () => {
    expect((await play(scripts['setup-rejected'])).outcome).toMatchObject({ kind: 'ended', phase: 'setup' });
    expect((await play(scripts['setup-mute'])).outcome).toMatchObject({ kind: 'silent', phase: 'setup' });
  });
});
