import type { FunctionCall } from '@google/genai';
import type { JsonObject } from '../../src/testing/json.ts';
import type { ToolHandling } from './scenario.ts';

/** One entry of `functionResponses`, of the size, depth and encoding wanted. */
export function responseOf(call: FunctionCall, handling: ToolHandling): JsonObject {
  const { bytes = 60, depth = 1, encoding = 'ascii', id, scheduling } = handling;
  const result = text(bytes, encoding);
  let response: JsonObject = { status: 'ok', result };
  for (let level = 1; level < depth; level++) response = { data: response };
  return {
    ...(id === undefined && call.id !== undefined && { id: call.id }),
    ...(id === 'unknown' && { id: 'call-that-nobody-made' }),
    name: call.name ?? 'lookup',
    response,
    ...(scheduling !== undefined && { scheduling }),
  };
}

function text(bytes: number, encoding: 'ascii' | 'utf8' | 'base64'): string {
  switch (encoding) {
    case 'ascii':
      return 'Table for two at seven. '.repeat(Math.ceil(bytes / 24)).slice(0, bytes);
    case 'utf8':
      return 'Größe 二名様 ñandú '.repeat(Math.ceil(bytes / 26)).slice(0, bytes);
    case 'base64': {
      // Incompressible, as the bytes of a picture are.
      const picture = Buffer.from(
        Array.from({ length: Math.ceil(bytes * 0.75) }, (_, at) => (at * 7919) % 251),
      );
      return picture.toString('base64');
    }
    default:
      return encoding satisfies never;
  }
}
