import type { MetricLabels } from '../conventions/metrics.ts';
import type { ToolCallOutcome, ToolResponseOutcome } from '../conventions/vocabulary.ts';
import type { ToolCall, ToolResponse } from '../session/model.ts';
import { sessionLabels, toolLabel } from './metric-labels.ts';
import type { SessionScope } from './session-scope.ts';
import { secondsBetween } from './time.ts';
import {
  encodingOf,
  idMatchOf,
  inputFramesWhilePending,
  latencyOf,
  toolNames,
} from './tool-response-summary.ts';

export interface ToolCallEnd {
  readonly outcome: ToolCallOutcome;
  readonly endedAt: number;
  readonly errorLabel: string | undefined;
}

/** Counts and measures a tool call that is over. */
export function recordToolCall(scope: SessionScope, call: ToolCall, end: ToolCallEnd): void {
  const { instruments } = scope.backend;
  const labels = {
    ...sessionLabels(scope),
    'gen_ai.tool.name': toolLabel(scope, call.name),
    'gemini.live.tool_call.outcome': end.outcome,
    'error.type': end.errorLabel,
  };
  instruments['gemini.live.tool_calls'](1, {
    ...labels,
    'gemini.live.tool_call.input_while_pending': call.inputWhilePending.frames > 0,
  });
  instruments['gen_ai.execute_tool.duration'](secondsBetween(call.receivedAt, end.endedAt) ?? 0, {
    ...labels,
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.type': 'function',
  });
}

/** Counts and measures a tool response of which it is known whether a closure followed. */
export function recordToolResponse(
  scope: SessionScope,
  response: ToolResponse,
  outcome: ToolResponseOutcome,
): void {
  const { instruments } = scope.backend;
  const labels = responseLabels(scope, response, outcome);
  const inputFrames = inputFramesWhilePending(response);
  instruments['gemini.live.tool_responses'](1, {
    ...labels,
    'gemini.live.tool_response.encoding': encodingOf(response),
    'gemini.live.tool_response.id_match': idMatchOf(response),
    'gemini.live.tool_response.input_while_pending': inputFrames === undefined ? undefined : inputFrames > 0,
  });
  instruments['gemini.live.tool_response.size'](response.bytes, labels);
  const latency = latencyOf(response);
  if (latency !== undefined) instruments['gemini.live.tool_response.latency'](latency, labels);
}

/** Measures how long a tool response waited for its acknowledgement. */
export function recordAcknowledgement(
  scope: SessionScope,
  response: ToolResponse,
  outcome: ToolResponseOutcome,
): void {
  const duration = secondsBetween(response.sentAt, response.acknowledgedAt);
  if (duration === undefined) return;
  scope.backend.instruments['gemini.live.ack.duration'](duration, responseLabels(scope, response, outcome));
}

function responseLabels(
  scope: SessionScope,
  response: ToolResponse,
  outcome: ToolResponseOutcome,
): MetricLabels<'gemini.live.tool_response.size'> {
  const tools = new Set(toolNames(response).map((name) => toolLabel(scope, name)));
  const [tool] = tools;
  return {
    ...sessionLabels(scope),
    'gen_ai.tool.name': tools.size > 1 ? '_several' : (tool ?? '_other'),
    'gemini.live.tool_response.outcome': outcome,
  };
}
