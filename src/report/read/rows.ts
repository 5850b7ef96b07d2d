/**
 * What a row holds of a span's attributes. The scanner fills rows from bytes; a test fills them from what `JSON.parse`
 * finds, and they are the same. Pure.
 */
import { halfOctave, inputStep, mostPending, octave } from '../../analysis/risk/bins.ts';
import {
  callColumn,
  closureColumn,
  column,
  connectColumn,
  kind,
  responseColumn,
  sessionColumn,
  turnColumn,
} from '../../analysis/risk/record.ts';
import type { CountedAttribute } from './counted-names.ts';
import { tellExperiment } from './sessions/experiments.ts';

/** A span's attributes; `undefined` is one that is not there, or of another type. */
export interface Fields {
  text(name: CountedAttribute): string | undefined;
  number(name: CountedAttribute): number | undefined;
  boolean(name: CountedAttribute): boolean | undefined;
  texts(name: CountedAttribute): readonly string[] | undefined;
  /** The number of its text; 0 where there is none. */
  index(name: CountedAttribute): number;
  /** The number of any text. */
  indexOf(text: string): number;
}

const none = -1;

/** @param at where the row begins, with its kind and its times in place */
export function fillRow(rows: Float64Array, at: number, fields: Fields): void {
  const which = rows[at + column.kind];
  if (which === kind.connect) connectRow(rows, at, fields);
  if (which === kind.session) rows[at + sessionColumn.experiment] = fields.indexOf(tellExperiment(fields));
  if (which === kind.session || which === kind.connect) return;
  rows[at + column.model] = fields.index('gen_ai.request.model');
  rows[at + column.sdk] = fields.index('gemini.live.sdk.version');
  if (which === kind.turn) turnRow(rows, at, fields);
  else if (which === kind.toolCall) callRow(rows, at, fields);
  else if (which === kind.toolResponse) responseRow(rows, at, fields);
  else closureRow(rows, at, fields);
}

function connectRow(rows: Float64Array, at: number, fields: Fields): void {
  rows[at + connectColumn.openBefore] = fields.number('gemini.live.connect.sessions_open') ?? none;
  rows[at + connectColumn.connectsBefore] = fields.number('gemini.live.connect.connects_last_minute') ?? none;
}

function turnRow(rows: Float64Array, at: number, fields: Fields): void {
  rows[at + turnColumn.trigger] = fields.index('gemini.live.turn.trigger');
  rows[at + turnColumn.firstAudio] = fields.number('gemini.live.turn.first_audio.duration') ?? none;
  rows[at + turnColumn.index] = fields.number('gemini.live.turn.index') ?? none;
  rows[at + turnColumn.inputTokens] = fields.number('gen_ai.usage.input_tokens') ?? none;
  rows[at + turnColumn.outputTokens] = fields.number('gen_ai.usage.output_tokens') ?? none;
  rows[at + turnColumn.outcome] = fields.index('gemini.live.turn.outcome');
  rows[at + turnColumn.completeReason] = fields.index('gemini.live.turn.complete_reason');
}

function callRow(rows: Float64Array, at: number, fields: Fields): void {
  const ended = (rows[at + column.endedAt] as number) - (rows[at + column.startedAt] as number);
  const closed =
    fields.text('gemini.live.tool_call.outcome') === 'closure' && fields.text('error.type') !== undefined;
  rows[at + callColumn.tool] = fields.index('gen_ai.tool.name');
  rows[at + callColumn.duration] = octave(ended);
  rows[at + callColumn.pending] = pendingStep(fields.number('gemini.live.tool_call.pending_at_receipt'));
  rows[at + callColumn.input] = input(fields.number('gemini.live.tool_call.input_frames_while_pending'));
  rows[at + callColumn.nonBlocking] = Number(fields.boolean('gemini.live.tool_call.non_blocking') === true);
  rows[at + callColumn.closed] = Number(closed);
  rows[at + callColumn.index] = fields.number('gemini.live.tool_call.index') ?? none;
}

function responseRow(rows: Float64Array, at: number, fields: Fields): void {
  const bytes = fields.number('gemini.live.tool_response.wire_size');
  const latency = fields.number('gemini.live.tool_response.call_latency');
  rows[at + responseColumn.tool] = fields.indexOf(oneTool(fields.texts('gemini.live.tool_response.tools')));
  rows[at + responseColumn.size] = bytes === undefined ? none : halfOctave(bytes);
  rows[at + responseColumn.latency] = latency === undefined ? none : octave(latency * 1000);
  rows[at + responseColumn.encoding] = fields.index('gemini.live.tool_response.encoding');
  rows[at + responseColumn.shape] = fields.index('gemini.live.tool_response.shape');
  rows[at + responseColumn.controlCharacters] = Number(
    fields.boolean('gemini.live.tool_response.control_characters') === true,
  );
  rows[at + responseColumn.idMatch] = fields.index('gemini.live.tool_response.id_match');
  rows[at + responseColumn.nameMatch] = fields.index('gemini.live.tool_response.name_match');
  rows[at + responseColumn.pending] = pendingStep(fields.number('gemini.live.tool_response.pending_before'));
  rows[at + responseColumn.input] = input(
    fields.number('gemini.live.tool_response.input_frames_while_pending'),
  );
  rows[at + responseColumn.index] = fields.number('gemini.live.tool_response.index') ?? none;
  rows[at + responseColumn.closed] = Number(fields.text('gemini.live.tool_response.outcome') === 'closure');
}

function closureRow(rows: Float64Array, at: number, fields: Fields): void {
  const inOctaves = (value: number | undefined) => (value === undefined ? none : octave(value));
  const some = (name: CountedAttribute) => (fields.texts(name)?.length ?? 0) > 0;
  rows[at + closureColumn.provider] = fields.index('gen_ai.provider.name');
  rows[at + closureColumn.resumed] = Number(fields.boolean('gemini.live.session.resumed') === true);
  rows[at + closureColumn.hasTools] = Number(
    some('gemini.live.setup.functions') || some('gemini.live.setup.tool_kinds'),
  );
  rows[at + closureColumn.openSessions] = inOctaves(fields.number('gemini.live.closure.sessions_open'));
  rows[at + closureColumn.connects] = inOctaves(fields.number('gemini.live.closure.connects_last_minute'));
  rows[at + closureColumn.expected] = Number(fields.boolean('gemini.live.closure.expected') === true);
  rows[at + closureColumn.code] = fields.number('gemini.live.closure.code') ?? 0;
  rows[at + closureColumn.initiator] = fields.index('gemini.live.closure.initiator');
  rows[at + closureColumn.phase] = fields.index('gemini.live.closure.phase');
  rows[at + closureColumn.cause] = fields.index('gemini.live.closure.cause');
  rows[at + closureColumn.hypothesis] = fields.index('gemini.live.closure.hypothesis');
  rows[at + closureColumn.confidence] = fields.index('gemini.live.closure.confidence');
  rows[at + closureColumn.preceding] = fields.index('gemini.live.closure.preceding_event');
  rows[at + closureColumn.reason] = fields.index('gemini.live.closure.reason');
  rows[at + closureColumn.age] = fields.number('gemini.live.closure.connection_age') ?? none;
  rows[at + closureColumn.toolCalls] = fields.number('gemini.live.session.tool_calls') ?? 0;
  rows[at + closureColumn.turns] = fields.number('gemini.live.session.turns') ?? 0;
  rows[at + closureColumn.responses] = fields.number('gemini.live.session.tool_responses') ?? none;
  rows[at + closureColumn.responseAgo] = fields.number('gemini.live.closure.tool_response_ago') ?? none;
  rows[at + closureColumn.stalled] = fields.number('gemini.live.closure.stall_duration') ?? none;
  rows[at + closureColumn.stall] = fields.index('gemini.live.closure.stall');
  rows[at + closureColumn.tokens] = fields.number('gemini.live.closure.context_tokens') ?? none;
  rows[at + closureColumn.pending] = fields.number('gemini.live.closure.tool_calls_pending') ?? none;
  rows[at + closureColumn.address] = fields.index('server.address');
}

function pendingStep(pending: number | undefined): number {
  return pending === undefined ? none : Math.min(Math.max(pending, 0), mostPending);
}

function input(frames: number | undefined): number {
  return frames === undefined ? none : inputStep(frames);
}

function oneTool(names: readonly string[] | undefined): string {
  if (names === undefined || names.length === 0) return '';
  return new Set(names).size > 1 ? '_several' : (names[0] ?? '');
}
