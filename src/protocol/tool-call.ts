import { byteLength } from './bytes.ts';
import { field, type JsonObject, objectField, objectsField, textField } from './fields.ts';
import type { ClassifyOptions, ToolCallSummary } from './frame.ts';
import { redactCredentials } from './redact.ts';

/** The calls of a `toolCall`. */
export const summarizeToolCall = (
  toolCall: JsonObject,
  options: ClassifyOptions,
): readonly ToolCallSummary[] =>
  objectsField(toolCall, 'functionCalls').map((call) => summarizeCall(call, options));

/**
 * The calls in the parts of a `modelTurn`. Some services put calls there, or there as well; `@google/genai` hands the
 * message on as it is, and an application that only looks at `toolCall` never runs them.
 */
export const summarizeCallsInParts = (
  parts: readonly JsonObject[],
  options: ClassifyOptions,
): readonly ToolCallSummary[] =>
  parts.flatMap((part) => {
    const call = objectField(part, 'functionCall');
    return call === undefined ? [] : [{ ...summarizeCall(call, options), inParts: true as const }];
  });

/**
 * Arguments are measured as compact JSON: how a service indents its frames says nothing of them. Calls without arguments
 * have 0 bytes of them.
 */
function summarizeCall(call: JsonObject, { captureContent }: ClassifyOptions): ToolCallSummary {
  const id = textField(call, 'id');
  const args = field(call, 'args');
  const json = args === undefined ? '' : JSON.stringify(args);
  return {
    ...(id !== undefined && { id }),
    name: textField(call, 'name') ?? '',
    argumentsBytes: byteLength(json),
    ...(captureContent && json !== '' && { arguments: redactCredentials(json) }),
  };
}
