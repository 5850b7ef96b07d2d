import { expect, test } from 'vitest';
import { toolResponseAttributes } from '../../src/telemetry/tool-response-summary.ts';
import { toolResponseAttributes as expected } from './expected.ts';
import { functionResponse, toolCall, toolResponse } from './facts.ts';

test('a message with one response is described by it', () => {
  const response = toolResponse({ responses: [functionResponse({ call: toolCall(), latencyMs: 500 })] });
  expect(toolResponseAttributes(response)).toEqual(expected);
});

test('a message with several responses is described by what stands out', () => {
  const { id: _id, name: _name, ...anonymous } = functionResponse();
  const response = toolResponse({
    responses: [
      functionResponse({
        latencyMs: 300,
        encoding: 'base64',
        inputWhilePending: { frames: 3, audioFrames: 3 },
      }),
      functionResponse({
        id: 'call-2',
        name: 'book',
        responseBytes: 80,
        encoding: 'utf8',
        shape: 'string',
        depth: 0,
        longestString: 80,
        controlCharacters: true,
        isError: true,
        idMatch: 'unknown',
        nameMatch: 'unknown',
        scheduling: 'WHEN_IDLE',
        willContinue: true,
        latencyMs: 900,
        inputWhilePending: { frames: 7, audioFrames: 6 },
      }),
      { ...anonymous, idMatch: 'missing', nameMatch: 'missing' },
    ],
  });
  expect(toolResponseAttributes(response)).toEqual({
    'gemini.live.tool_response.index': 1,
    'gemini.live.tool_response.tools': ['look_up', 'book', ''],
    'gemini.live.tool_response.call_ids': ['call-1', 'call-2', ''],
    'gemini.live.tool_response.count': 3,
    'gemini.live.tool_response.wire_size': 200,
    'gemini.live.tool_response.response_size': 320,
    'gemini.live.tool_response.encoding': 'base64',
    'gemini.live.tool_response.shape': 'string',
    'gemini.live.tool_response.depth': 2,
    'gemini.live.tool_response.longest_string': 80,
    'gemini.live.tool_response.control_characters': true,
    'gemini.live.tool_response.id_match': 'unknown',
    'gemini.live.tool_response.name_match': 'unknown',
    'gemini.live.tool_response.is_error': true,
    'gemini.live.tool_response.scheduling': 'WHEN_IDLE',
    'gemini.live.tool_response.will_continue': true,
    'gemini.live.tool_response.pending_before': 1,
    'gemini.live.tool_response.pending_after': 0,
    'gemini.live.tool_response.input_frames_while_pending': 7,
    'gemini.live.tool_response.call_latency': 0.9,
  });
});

test('a message without responses has neither encoding nor match', () => {
  expect(toolResponseAttributes(toolResponse({ responses: [] }))).toEqual({
    'gemini.live.tool_response.index': 1,
    'gemini.live.tool_response.tools': [],
    'gemini.live.tool_response.call_ids': [],
    'gemini.live.tool_response.count': 0,
    'gemini.live.tool_response.wire_size': 200,
    'gemini.live.tool_response.response_size': 0,
    'gemini.live.tool_response.control_characters': false,
    'gemini.live.tool_response.is_error': false,
    'gemini.live.tool_response.pending_before': 1,
    'gemini.live.tool_response.pending_after': 0,
  });
});
