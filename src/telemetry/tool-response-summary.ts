import type { SpanAttributes } from '../conventions/spans.ts';
import type { Encoding } from '../conventions/vocabulary.ts';
import { encodings } from '../conventions/vocabulary.ts';
import type { FunctionResponse, ToolResponse } from '../session/model.ts';
import { ifTrue, spanAttributes } from './attribute-values.ts';
import { toSeconds } from './time.ts';

/** What one `toolResponse` message says; where it answers several calls, what stands out most. */
export function toolResponseAttributes(response: ToolResponse): SpanAttributes<'send_tool_response'> {
  const { responses } = response;
  const some = (test: (one: FunctionResponse) => boolean) => responses.some(test);
  return spanAttributes('send_tool_response', {
    'gemini.live.tool_response.index': response.index,
    'gemini.live.tool_response.tools': toolNames(response),
    'gemini.live.tool_response.call_ids': responses.map((one) => one.id ?? ''),
    'gemini.live.tool_response.count': responses.length,
    'gemini.live.tool_response.wire_size': response.bytes,
    'gemini.live.tool_response.response_size': responses.reduce((sum, one) => sum + one.responseBytes, 0),
    'gemini.live.tool_response.encoding': encodingOf(response),
    'gemini.live.tool_response.shape': firstOtherThan(
      responses.map((one) => one.shape),
      'object',
    ),
    'gemini.live.tool_response.depth': largest(responses.map((one) => one.depth)),
    'gemini.live.tool_response.longest_string': largest(responses.map((one) => one.longestString)),
    'gemini.live.tool_response.control_characters': some((one) => one.controlCharacters),
    'gemini.live.tool_response.id_match': idMatchOf(response),
    'gemini.live.tool_response.name_match': firstOtherThan(
      responses.map((one) => one.nameMatch),
      'matched',
    ),
    'gemini.live.tool_response.is_error': some((one) => one.isError),
    'gemini.live.tool_response.scheduling': responses.find((one) => one.scheduling !== undefined)?.scheduling,
    'gemini.live.tool_response.will_continue': ifTrue(some((one) => one.willContinue === true)),
    'gemini.live.tool_response.pending_before': response.pendingBefore,
    'gemini.live.tool_response.pending_after': response.pendingAfter,
    'gemini.live.tool_response.input_frames_while_pending': inputFramesWhilePending(response),
    'gemini.live.tool_response.call_latency': latencyOf(response),
  });
}

/** Names of the functions answered, in order; that of the call where the response has none. */
export function toolNames({ responses }: ToolResponse): string[] {
  return responses.map((one) => one.name ?? one.call?.name ?? '');
}

/** The last of the list of encodings that occurs. */
export function encodingOf({ responses }: ToolResponse): Encoding | undefined {
  return encodings.findLast((encoding) => responses.some((one) => one.encoding === encoding));
}

export function idMatchOf({ responses }: ToolResponse): FunctionResponse['idMatch'] | undefined {
  return firstOtherThan(
    responses.map((one) => one.idMatch),
    'matched',
  );
}

/** `undefined` where it answers no call that was pending. */
export function inputFramesWhilePending({ responses }: ToolResponse): number | undefined {
  return largest(responses.map((one) => one.inputWhilePending?.frames));
}

/** Seconds since the oldest call that it answers. */
export function latencyOf({ responses }: ToolResponse): number | undefined {
  return toSeconds(largest(responses.map((one) => one.latencyMs)));
}

function firstOtherThan<Value>(values: readonly Value[], usual: Value): Value | undefined {
  return values.find((value) => value !== usual) ?? values[0];
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
