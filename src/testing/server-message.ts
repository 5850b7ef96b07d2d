import type { Json, JsonObject } from './json.ts';
import type { Api } from './script.ts';

/** Server messages as the recorded services write them, field by field. */

export function modelTurn(api: Api, part: JsonObject): JsonObject {
  return { serverContent: { modelTurn: { ...(api === 'vertex' ? { role: 'model' } : {}), parts: [part] } } };
}

export function audioPart(api: Api, base64: string): JsonObject {
  return { inlineData: { mimeType: api === 'vertex' ? 'audio/pcm' : 'audio/pcm;rate=24000', data: base64 } };
}

export function serverContent(content: JsonObject): JsonObject {
  return { serverContent: content };
}

/** A duration as protobuf writes it in JSON: `50s`, `0.500s`. */
export function duration(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${(ms / 1_000).toFixed(3)}s`;
}

/** Adds the fields of one message to another, one level into `serverContent`. */
export function combine(first: JsonObject, second: JsonObject): JsonObject {
  const content: Json = {
    ...(first.serverContent as JsonObject),
    ...(second.serverContent as JsonObject),
  };
  return { ...first, ...second, serverContent: content };
}

/** The bytes of a frame: pretty-printed with a newline at the end, as the services write them, or compact. */
export function encode(message: JsonObject, json: 'pretty' | 'compact'): Buffer {
  return Buffer.from(
    json === 'pretty' ? `${JSON.stringify(message, undefined, 2)}\n` : JSON.stringify(message),
  );
}
