import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Action, Behaviour, Reaction, Script } from '../../src/testing/index.ts';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import type { Application } from './client.ts';
import { application, outlines, userTurn } from './client.ts';

const running: LiveServerSimulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

const last: Action = { do: 'message', message: { goAway: { timeLeft: '1s' } } };
const scriptOf = (reactions: readonly Reaction[], behaviour: Behaviour = {}): Script => ({
  name: 'test',
  description: '',
  behaviour,
  reactions,
});

/** Runs a script to its last message with an application that took one turn. */
async function play(script: Script): Promise<{ app: Application; simulator: LiveServerSimulator }> {
  const simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
  running.push(simulator);
  const app = application(simulator.url);
  (await app.connected).sendClientContent(userTurn);
  await app.seen((message) => message.goAway);
  return { app, simulator };
}

const onTurn = (...actions: readonly Action[]): readonly Reaction[] => [
  { on: { event: 'user_turn' }, do: [...actions, last] },
];

const messagesOf = async (...actions: readonly Action[]) => {
  const { app } = await play(scriptOf(onTurn(...actions)));
  return app.messages.slice(1, -1).map((message) => ({ ...message }));
};

describe('actions', () => {
  it('send the messages they are named after', async () => {
    expect(
      await messagesOf(
        { do: 'text', text: 'Hi' },
        { do: 'code', code: 'print(1)' },
        { do: 'voice_activity', type: 'start' },
        { do: 'input_transcription', text: 'Hello' },
        { do: 'empty_frame' },
        { do: 'generation_complete' },
      ),
    ).toEqual([
      { serverContent: { modelTurn: { parts: [{ text: 'Hi' }] } } },
      {
        serverContent: {
          modelTurn: { parts: [{ executableCode: { language: 'PYTHON', code: 'print(1)' } }] },
        },
      },
      { voiceActivity: { voiceActivityType: 'ACTIVITY_START' } },
      { serverContent: { inputTranscription: { text: 'Hello' } } },
      {},
      { serverContent: { generationComplete: true } },
    ]);
  });

  it('announce the end with the time left as a protobuf duration', async () => {
    const { app } = await play(
      scriptOf([{ on: { event: 'user_turn' }, do: [{ do: 'go_away', timeLeftMs: 1_500 }] }]),
    );
    expect({ ...app.messages.at(-1) }).toEqual({ goAway: { timeLeft: '1.500s' } });
  });

  it('complete a turn with a reason, and with usage in a message of its own', async () => {
    const messages = await messagesOf({
      do: 'turn_complete',
      reason: 'MALFORMED_FUNCTION_CALL',
      usage: 'separate',
      generationComplete: false,
    });
    expect(messages).toEqual([
      { serverContent: { turnComplete: true, turnCompleteReason: 'MALFORMED_FUNCTION_CALL' } },
      { usageMetadata: expect.objectContaining({ responseTokenCount: 0 }) },
    ]);
  });

  it('repeat and choose', async () => {
    expect(
      await messagesOf({
        do: 'repeat',
        times: 2,
        actions: [
          { do: 'chance', probability: 1, actions: [{ do: 'text', text: 'a' }] },
          { do: 'chance', probability: 0, actions: [], otherwise: [{ do: 'text', text: 'b' }] },
        ],
      }),
    ).toEqual(['a', 'b', 'a', 'b'].map((text) => ({ serverContent: { modelTurn: { parts: [{ text }] } } })));
  });

  it('do not wait for the answer of a call where the script says so', async () => {
    const { app, simulator } = await play(
      scriptOf(onTurn({ do: 'tool_call', calls: [{ name: 'f', args: { a: 1 } }], wait: false })),
    );
    expect(outlines(app.messages)).toEqual(['setupComplete', 'toolCall', 'goAway']);
    expect(simulator.sessions[0]?.pendingToolCalls).toBe(1);
  });
});

describe('reactions', () => {
  it('run at most as often as they may, then the next that matches does', async () => {
    const say = (text: string, times?: number): Reaction => ({
      on: { event: 'user_turn' },
      do: [{ do: 'text', text }, { do: 'turn_complete' }],
      ...(times === undefined ? {} : { times }),
    });
    const script = scriptOf([
      say('first', 1),
      { on: { event: 'user_turn', nth: 3 }, do: [last] },
      say('then'),
    ]);
    const simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
    running.push(simulator);
    const app = application(simulator.url);
    const session = await app.connected;
    for (let turn = 1; turn <= 3; turn++) {
      session.sendRealtimeInput({ text: 'Hello' });
      await app.seen(
        (message) =>
          message.goAway ?? app.messages.filter((one) => one.serverContent?.turnComplete).length === turn,
      );
    }
    await app.seen((message) => message.goAway);
    expect(app.messages.flatMap((message) => message.text ?? [])).toEqual(['first', 'then']);
  });

  it('that cannot be interrupted let the next turn wait', async () => {
    const script = scriptOf([
      {
        on: { event: 'user_turn', nth: 1 },
        do: [
          { do: 'text', text: 'a' },
          { do: 'wait', ms: 5_000 },
          { do: 'text', text: 'b' },
          { do: 'turn_complete' },
        ],
        interruptible: false,
      },
      { on: { event: 'user_turn' }, do: [{ do: 'text', text: 'c' }, last] },
    ]);
    const simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
    running.push(simulator);
    const app = application(simulator.url);
    const session = await app.connected;
    session.sendClientContent(userTurn);
    await app.seen((message) => message.text);
    session.sendClientContent(userTurn);
    await app.seen((message) => message.goAway);
    expect(app.messages.flatMap((message) => message.text ?? [])).toEqual(['a', 'b', 'c']);
    expect(outlines(app.messages)).not.toContain('interrupted');
  });

  it('to an interruption run beside the next turn', async () => {
    const script = scriptOf([
      { on: { event: 'user_turn', nth: 1 }, do: [{ do: 'speak', ms: 600_000 }] },
      { on: { event: 'interrupted' }, do: [last] },
    ]);
    const simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
    running.push(simulator);
    const app = application(simulator.url);
    const session = await app.connected;
    session.sendClientContent(userTurn);
    await app.seen((message) => message.serverContent?.modelTurn);
    session.sendRealtimeInput({ text: 'Stop' });
    await app.seen((message) => message.goAway);
    expect(outlines(app.messages).slice(-3)).toEqual(['interrupted', 'turnComplete+usageMetadata', 'goAway']);
  });
});

describe('noise', () => {
  it('puts an empty frame after each message, several fields into one and usage beside output', async () => {
    const noise = { emptyFrames: 1, severalFields: true, usageWithOutput: true };
    const script = scriptOf(onTurn({ do: 'speak', ms: 200, text: 'Hello' }), { noise });
    const simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
    running.push(simulator);
    const app = application(simulator.url, { config: { outputAudioTranscription: {} } });
    (await app.connected).sendClientContent(userTurn);
    await app.seen((message) => message.goAway);
    await app.seen(() => app.messages.length === 6);
    expect(outlines(app.messages)).toEqual([
      'setupComplete',
      'empty',
      'modelTurn+outputTranscription+usageMetadata',
      'empty',
      'goAway',
      'empty',
    ]);
  });
});

describe('docs/testing.md', () => {
  it('describes every script that there is', () => {
    const text = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8');
    const section = text.slice(text.indexOf('## Scripts'), text.indexOf('## Writing a script'));
    const names = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
    expect(names).toEqual(Object.keys(scripts));
  });
});
