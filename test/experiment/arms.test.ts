import { GoogleGenAI } from '@google/genai';
import { describe, expect, it } from 'vitest';
import type { ExperimentArm, ExperimentFactor } from '../../src/conventions/vocabulary.ts';
import type { LiveClient } from '../../src/experiment/client.ts';
import { converse } from '../../src/experiment/converse.ts';
import { type DesignOptions, designOf } from '../../src/experiment/design.ts';
import { scaledTime } from '../../src/experiment/time.ts';
import { answer, type React, served } from './served.ts';

const timeScale = 100;

interface Received {
  /** Of each connection what came, in order. */
  readonly messages: readonly (readonly object[])[];
  readonly bytes: readonly (readonly number[])[];
}

/** Cancels the first call where the user speaks over it, and speaks then. */
function cancelling(): React {
  let asked = 0;
  return (message, bytes, say, end, connection) => {
    if (message.realtimeInput?.text) asked += 1;
    if (asked === 2 && message.realtimeInput?.text) {
      say({ toolCallCancellation: { ids: ['call-1'] } });
      say({ serverContent: { interrupted: true } });
      say({ serverContent: { turnComplete: true } });
      setTimeout(() => say({ serverContent: { turnComplete: true } }), 5_000 / timeScale);
    } else if (!message.toolResponse || asked < 2) answer(message, bytes, say, end, connection);
  };
}

async function received(
  factor: ExperimentFactor,
  arm: ExperimentArm,
  options: DesignOptions,
  reactions: () => React,
): Promise<Received> {
  const messages: object[][] = [];
  const sizes: number[][] = [];
  const connections = new Map<object, number>();
  const react = reactions();
  await using service = await served((message, bytes, say, end, connection) => {
    const index = connections.get(connection) ?? connections.size;
    connections.set(connection, index);
    messages[index] = [...(messages[index] ?? []), message];
    sizes[index] = [...(sizes[index] ?? []), bytes];
    react(message, bytes, say, end, connection);
  });
  const live = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: service.url } })
    .live as unknown as LiveClient;
  const outcome = await converse({
    live,
    others: live,
    treatment: designOf(factor, options).arms[arm],
    time: scaledTime(timeScale),
    signal: new AbortController().signal,
  });
  expect(outcome.kind).toBe('completed');
  return { messages, bytes: sizes };
}

async function bothArms(
  factor: ExperimentFactor,
  options: DesignOptions = {},
  reactions: () => React = () => answer,
): Promise<readonly [control: Received, treated: Received]> {
  return [
    await received(factor, 'control', options, reactions),
    await received(factor, 'treated', options, reactions),
  ];
}

/** Without what the factor changes. */
function without(pattern: RegExp, { messages }: Received): readonly (readonly string[])[] {
  return messages.map((all) => all.map((one) => JSON.stringify(one).replace(pattern, '…')));
}

const response = /"response":.*?(?=\}\]\}\}$)/;
const audio = (one: object): boolean => 'audio' in ((one as { realtimeInput?: object }).realtimeInput ?? {});

describe('what the service hears in the two arms differs in one thing:', () => {
  it('the size of the response', async () => {
    const [control, treated] = await bothArms('payload_size');
    expect(without(response, treated)).toEqual(without(response, control));
    expect(JSON.stringify(control.messages)).toMatch(/"response":\{"output":"The garden/);
    expect(
      [control.bytes[0]?.[2], treated.bytes[0]?.[2]].map((size = 0) => Math.round(size / 1_024)),
    ).toEqual([2, 64]);
  });

  it.each(['utf8', 'base64', 'text'] as const)('the encoding of the response: %s', async (encoding) => {
    const [control, treated] = await bothArms('encoding', { encoding });
    expect(without(response, treated)).toEqual(without(response, control));
    const [plain = 0, other = 0] = [control.bytes[0]?.[2], treated.bytes[0]?.[2]];
    expect(Math.abs(plain - other)).toBeLessThan(16);
    const text = JSON.stringify(treated.messages);
    expect(/[^\x20-\x7e]/.test(text)).toBe(encoding === 'utf8');
    expect(text.includes('"response":"')).toBe(encoding === 'text');
    expect(text.includes('iVBORw0KGgo')).toBe(encoding === 'base64');
  });

  it('a cancelled call that is answered, or not', async () => {
    const [control, treated] = await bothArms('tool_call_id', {}, cancelling);
    const [all = []] = treated.messages;
    const answers = all.filter((one) => 'toolResponse' in one);
    expect(answers).toHaveLength(1);
    expect([all.filter((one) => !('toolResponse' in one))]).toEqual(control.messages);
  });

  it('audio while the call is pending', async () => {
    const [control, treated] = await bothArms('concurrency');
    const [all = []] = treated.messages;
    expect([all.filter((one) => !audio(one))]).toEqual(control.messages);
    const kinds = all.map((one) => (audio(one) ? 'audio' : Object.keys(one)[0]));
    expect([...new Set(kinds)]).toEqual(['setup', 'realtimeInput', 'audio', 'toolResponse']);
    expect(kinds.lastIndexOf('audio')).toBeLessThan(kinds.indexOf('toolResponse'));
  });

  it('the number of sessions open', async () => {
    const [control, treated] = await bothArms('concurrency', { sessions: 3 });
    expect([control.messages.length, treated.messages.length]).toEqual([1, 3]);
    const [setup] = control.messages[0] ?? [];
    expect(treated.messages.filter((all) => all.length === 1)).toEqual([[setup], [setup]]);
    expect(treated.messages.filter((all) => all.length > 1)).toEqual(control.messages);
  });

  it('the model', async () => {
    const [control, treated] = await bothArms('internal_error', { model: 'gemini-a', other: 'gemini-b' });
    const model = /"model":"[^"]*"/;
    expect(without(model, treated)).toEqual(without(model, control));
    expect(JSON.stringify(control.messages)).toContain('"models/gemini-b"');
    expect(JSON.stringify(treated.messages)).toContain('"models/gemini-a"');
  });

  it('when connections are made', async () => {
    const [control, treated] = await bothArms('rate_limit', { burst: 3 });
    expect(treated.messages).toEqual(control.messages);
    expect(control.messages).toHaveLength(4);
  });

  it('messages in a silence', async () => {
    const [control, treated] = await bothArms('connection', { silence: 60 });
    expect(control.messages.map((all) => all.filter((one) => !audio(one)))).toEqual(treated.messages);
    expect(control.messages[0]?.filter(audio)).toHaveLength(3);
  });
});
