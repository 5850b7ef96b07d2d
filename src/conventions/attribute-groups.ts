/** Attributes that several spans share. Groups may not overlap within one span. */
import { type AttributeName, attributes, type Written } from './attributes.ts';

/** On every span: which session it belongs to. */
export const identity = [
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.realtime_session.id',
  'gen_ai.conversation.id',
  'gemini.live.sdk.version',
] as const satisfies readonly AttributeName[];

/** The other side of the connection. */
export const peer = ['server.address', 'server.port'] as const satisfies readonly AttributeName[];

/** What an experiment did to the session. */
export const experiment = namesUnder('gemini.live.experiment.');

/** How the session was configured. */
export const setup = [
  'gen_ai.output.type',
  'gen_ai.request.temperature',
  'gen_ai.request.top_p',
  'gen_ai.request.top_k',
  'gen_ai.request.max_tokens',
  ...namesUnder('gemini.live.setup.'),
] as const satisfies readonly AttributeName[];

/** What the session came to. */
export const sessionTotals = namesUnder(
  'gemini.live.session.',
  'gemini.live.session.resumed',
  'gemini.live.session.handle_hash',
);

/** What a music session was told to play, and what came of it. */
export const music = namesUnder('gemini.live.music.');

export const usage = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.reasoning.output_tokens',
  'gen_ai.usage.audio.input_tokens',
  'gen_ai.usage.audio.output_tokens',
  'gen_ai.usage.text.input_tokens',
  'gen_ai.usage.text.output_tokens',
  'gen_ai.usage.image.input_tokens',
  'gen_ai.usage.image.output_tokens',
] as const satisfies readonly AttributeName[];

export const turn = namesUnder('gemini.live.turn.');

export const toolCall = [
  'gen_ai.tool.name',
  'gen_ai.tool.call.id',
  'gen_ai.tool.type',
  // The other is a label of metrics alone.
  ...namesUnder('gemini.live.tool_call.', 'gemini.live.tool_call.input_while_pending'),
] as const satisfies readonly AttributeName[];

export const toolResponse = namesUnder(
  'gemini.live.tool_response.',
  // A label of metrics alone.
  'gemini.live.tool_response.input_while_pending',
);

export const closure = namesUnder('gemini.live.closure.');

/** The attributes of a group. */
export type Group<Names extends readonly AttributeName[]> = Written<Names[number]>;

/** The attributes whose names begin so, in the order of the table, but for some. */
function namesUnder<const Prefix extends string, const Left extends AttributeName = never>(
  prefix: Prefix,
  ...left: readonly Left[]
) {
  type Name = Exclude<Extract<AttributeName, `${Prefix}${string}`>, Left>;
  const names = Object.keys(attributes) as AttributeName[];
  return names.filter(
    (name): name is Name => name.startsWith(prefix) && !(left as readonly AttributeName[]).includes(name),
  ) as readonly Name[];
}
