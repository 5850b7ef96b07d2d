import { expect, test } from 'vitest';
import { attributes } from '../../src/conventions/attributes.ts';
import type { SessionRecorder } from '../../src/telemetry/session-recorder.ts';
import {
  at,
  clientClosed,
  endedTurn,
  expectedClosure,
  functionResponse,
  toolCall,
  toolResponse,
  turn,
} from './facts.ts';
import { createHarness } from './harness.ts';

const secrets = ['what the user said', 'what the model said', '{"secret":"argument"}', '{"secret":"result"}'];
const [inputText, outputText, argument, result] = secrets as [string, string, string, string];

/** A session whose facts carry content. */
function talk(recorder: SessionRecorder): void {
  const call = toolCall({ arguments: argument });
  recorder.record({ type: 'turn_started', turn: turn() });
  const transcription = { characters: 18, finished: true, text: inputText };
  recorder.record({ type: 'transcribed', at: at(1_100), side: 'input', transcription });
  recorder.record({ type: 'tool_call_received', call });
  const answered = { ...call, endedAt: at(2_000), outcome: 'answered' as const };
  recorder.record({ type: 'tool_call_ended', call: answered });
  const responses = [functionResponse({ call, response: result })];
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ responses }) });
  recorder.record({ type: 'turn_ended', turn: endedTurn({ inputText, outputText }) });
  recorder.close(expectedClosure(), clientClosed);
}

test('without content capture no content leaves, even where the facts carry it', () => {
  const harness = createHarness();
  talk(harness.start());
  const written = JSON.stringify([
    harness.spans().map(({ name, attributes: set, events, status }) => [name, set, events, status]),
    harness.logs().map(({ attributes: set, body }) => [set, body]),
  ]);
  for (const secret of secrets) expect(written).not.toContain(JSON.stringify(secret).slice(1, -1));
  const names = harness.spans().flatMap((span) => Object.keys(span.attributes));
  expect(names.filter((name) => attributes[name as keyof typeof attributes].content)).toEqual([]);
});

test('with content capture the turn carries messages as the semantic conventions write them', () => {
  const harness = createHarness();
  talk(harness.start({}, true));
  const { 'gen_ai.input.messages': input, 'gen_ai.output.messages': output } = harness.span(
    'realtime_inference gemini-live-test',
  ).attributes;
  expect(JSON.parse(String(input))).toEqual([
    { role: 'user', parts: [{ type: 'text', content: inputText }] },
  ]);
  expect(JSON.parse(String(output))).toEqual([
    { role: 'assistant', parts: [{ type: 'text', content: outputText }], finish_reason: 'stop' },
  ]);
});
