import { field, type JsonObject, objectsField, textField } from './fields.ts';
import type { ClassifyOptions, ToolCallSummary } from './frame.ts';
import { redactCredentials } from './redact.ts';

/**
 * The calls of a `toolCall`. Arguments are measured as compact JSON: how a service indents its frames says nothing of
 * them. Calls without arguments have 0 bytes of them.
 */
export const summarizeToolCall = (
  toolCall: JsonObject,
  { captureContent }: ClassifyOptions,
): readonly ToolCallSummary[] =>
  objectsField(toolCall, 'functionCalls').map((call) => {
    const id = textField(call, 'id');
    const args = field(call, 'args');
    const json = args === undefined ? '' : JSON.stringify(args);
    return {
      ...(id !== undefined && { id }),
      name: textField(call, 'name') ?? '',
      argumentsBytes: Buffer.byteLength(json),
      ...(captureContent && json !== '' && { arguments: redactCredentials(json) }),
    };
  });
