/** The attributes that the report counts, found by their names as bytes: those of today, and those that they had. */
import type { AttributeName } from '../../conventions/attributes.ts';
import { renamedAttributes } from '../../conventions/renames.ts';
import { isText } from './json-cursor.ts';

const names = [
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.realtime_session.id',
  'gen_ai.conversation.id',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'server.address',
  'gen_ai.tool.name',
  'error.type',
  'gemini.live.sdk.version',
  'gemini.live.experiment.id',
  'gemini.live.experiment.factor',
  'gemini.live.experiment.arm',
  'gemini.live.experiment.condition',
  'gemini.live.experiment.session',
  'gemini.live.experiment.differs_from',
  'gemini.live.experiment.outcome',
  'gemini.live.session.resumed',
  'gemini.live.session.turns',
  'gemini.live.session.tool_calls',
  'gemini.live.session.tool_responses',
  'gemini.live.setup.functions',
  'gemini.live.setup.tool_kinds',
  'gemini.live.turn.index',
  'gemini.live.turn.trigger',
  'gemini.live.turn.outcome',
  'gemini.live.turn.complete_reason',
  'gemini.live.turn.first_audio.duration',
  'gemini.live.tool_call.index',
  'gemini.live.tool_call.outcome',
  'gemini.live.tool_call.non_blocking',
  'gemini.live.tool_call.pending_at_receipt',
  'gemini.live.tool_call.input_frames_while_pending',
  'gemini.live.tool_response.index',
  'gemini.live.tool_response.tools',
  'gemini.live.tool_response.wire_size',
  'gemini.live.tool_response.encoding',
  'gemini.live.tool_response.shape',
  'gemini.live.tool_response.control_characters',
  'gemini.live.tool_response.id_match',
  'gemini.live.tool_response.name_match',
  'gemini.live.tool_response.pending_before',
  'gemini.live.tool_response.input_frames_while_pending',
  'gemini.live.tool_response.call_latency',
  'gemini.live.tool_response.outcome',
  'gemini.live.closure.code',
  'gemini.live.closure.reason',
  'gemini.live.closure.initiator',
  'gemini.live.closure.expected',
  'gemini.live.closure.phase',
  'gemini.live.closure.cause',
  'gemini.live.closure.hypothesis',
  'gemini.live.closure.confidence',
  'gemini.live.closure.preceding_event',
  'gemini.live.closure.connection_age',
  'gemini.live.closure.tool_response_ago',
  'gemini.live.closure.stall',
  'gemini.live.closure.stall_duration',
  'gemini.live.closure.context_tokens',
  'gemini.live.closure.tool_calls_pending',
  'gemini.live.connect.sessions_open',
  'gemini.live.connect.connects_last_minute',
  'gemini.live.closure.sessions_open',
  'gemini.live.closure.connects_last_minute',
] as const satisfies readonly AttributeName[];
/** Not of ours: the name of a log record in the encoding of older exporters, and what a resource says. */
const others = [
  'event.name',
  'service.name',
  'service.version',
  'service.instance.id',
  'process.runtime.version',
  'os.type',
] as const;
export type CountedAttribute = (typeof names)[number] | (typeof others)[number];

export const countedNames: readonly CountedAttribute[] = [...names, ...others];
/** Where it stands in {@link countedNames}. */
export const indexOf = Object.fromEntries(countedNames.map((name, index) => [name, index])) as Record<
  CountedAttribute,
  number
>;

/** Open addressing over a hash that is made while the key is read. */
const slotMask = 511;
const slots = new Int16Array(slotMask + 1).fill(-1);
const keys: { readonly text: string; readonly index: number }[] = [
  ...countedNames.map((text, index) => ({ text, index })),
  ...[...renamedAttributes]
    .map(([text, name]) => ({ text, index: (countedNames as readonly string[]).indexOf(name) }))
    .filter(({ index }) => index >= 0),
];
for (const [key, { text }] of keys.entries()) {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = hashStep(hash, text.charCodeAt(at));
  let slot = hash & slotMask;
  while (slots[slot] !== -1) slot = (slot + 1) & slotMask;
  slots[slot] = key;
}

/** The hash of a name with one byte more. */
export function hashStep(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

/** Index of the name in these bytes, whose hash is known; -1 where it is not counted. */
export function findCounted(bytes: Uint8Array, from: number, to: number, hash: number): number {
  for (let slot = hash & slotMask; ; slot = (slot + 1) & slotMask) {
    const key = keys[slots[slot] as number];
    if (key === undefined) return -1;
    if (isText(bytes, from, to, key.text)) return key.index;
  }
}
