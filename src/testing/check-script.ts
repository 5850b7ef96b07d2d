import { isObject } from './json.ts';
import type { Action, Script, Trigger } from './script.ts';

type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'object'
  | 'duration'
  | 'probability'
  | 'calls'
  | 'actions'
  | 'code';
/** Fields by name; those that end in `?` may be left out. */
type Fields = Readonly<Record<string, Shape>>;

const triggers: Readonly<Record<Trigger['event'], Fields>> = {
  setup: { 'earlierOpen?': 'boolean', 'withinMsOfFailure?': 'number' },
  ready: {},
  user_turn: { 'by?': 'string', 'nth?': 'number' },
  client_content: { 'afterAudio?': 'boolean' },
  audio: { 'nth?': 'number' },
  video: { 'nth?': 'number' },
  tool_response: { 'tool?': 'string', 'minBytes?': 'number', 'scheduling?': 'boolean' },
  call_unanswered: { ms: 'number', 'afterInput?': 'boolean' },
  input_while_call_pending: {},
  interrupted: {},
  elapsed: { ms: 'number' },
  idle: { ms: 'number' },
  line_silent: { ms: 'number' },
};

const actions: Readonly<Record<Action['do'], Fields>> = {
  wait: { ms: 'duration' },
  setup_complete: {},
  speak: { ms: 'number', 'text?': 'string', 'pace?': 'number' },
  text: { text: 'string' },
  code: { code: 'string' },
  tool_call: { calls: 'calls', 'wait?': 'boolean' },
  cancel_calls: {},
  interrupt: {},
  generation_complete: {},
  turn_complete: { 'reason?': 'string', 'usage?': 'string', 'generationComplete?': 'boolean' },
  usage: {},
  go_away: { timeLeftMs: 'number' },
  resumption_update: { 'resumable?': 'boolean' },
  voice_activity: { type: 'string' },
  input_transcription: { text: 'string' },
  empty_frame: {},
  message: { message: 'object' },
  close: { code: 'code', reason: 'string' },
  drop: {},
  mute: { 'pongs?': 'boolean' },
  chance: { probability: 'probability', actions: 'actions', 'otherwise?': 'actions' },
  repeat: { times: 'number', actions: 'actions' },
};

const reactionFields: Fields = {
  on: 'object',
  do: 'actions',
  'probability?': 'probability',
  'times?': 'number',
  'alongside?': 'boolean',
  'resumed?': 'boolean',
  'interruptible?': 'boolean',
};

const scriptFields: Fields = {
  name: 'string',
  description: 'string',
  'api?': 'string',
  'behaviour?': 'object',
  reactions: 'object',
};

/**
 * A script that was read from JSON or written without types.
 *
 * @throws {TypeError} with the path of the first field that is not allowed
 */
export function checkScript(value: unknown): Script {
  if (typeof value === 'string') {
    throw new TypeError(
      `script is the text ${JSON.stringify(value)}: a script is an object, such as scripts['tool-single'].`,
    );
  }
  checkFields(value, scriptFields, 'script');
  const { reactions } = value as { reactions: unknown };
  if (!Array.isArray(reactions)) throw wrong('script.reactions', 'a list of reactions');
  for (const [index, reaction] of reactions.entries()) {
    const path = `script.reactions[${index}]`;
    checkFields(reaction, reactionFields, path);
    checkVariant((reaction as { on: unknown }).on, 'event', triggers, `${path}.on`);
  }
  return value as Script;
}

function checkVariant(
  value: unknown,
  tag: string,
  table: Readonly<Record<string, Fields>>,
  path: string,
): void {
  const name = isObject(value) ? value[tag] : undefined;
  const fields = typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;
  if (!fields) throw wrong(`${path}.${tag}`, `one of ${Object.keys(table).join(', ')}`);
  checkFields(value, { [tag]: 'string', ...fields }, path);
}

function checkFields(value: unknown, fields: Fields, path: string): void {
  if (typeof value !== 'object' || value === null) throw wrong(path, 'an object');
  const entries = new Map(Object.entries(value));
  for (const [key, shape] of Object.entries(fields)) {
    const name = key.replace('?', '');
    const field: unknown = entries.get(name);
    entries.delete(name);
    if (field === undefined && key.endsWith('?')) continue;
    checkShape(field, shape, `${path}.${name}`);
  }
  const [unknown] = entries.keys();
  if (unknown !== undefined) {
    const known = Object.keys(fields).map((key) => key.replace('?', ''));
    throw new TypeError(`${path}.${unknown} is not known: ${known.join(', ')} are.`);
  }
}

function checkShape(value: unknown, shape: Shape, path: string): void {
  switch (shape) {
    case 'string':
    case 'boolean':
      if (typeof value !== shape) throw wrong(path, `a ${shape}`);
      return;
    case 'number':
      if (!isAmount(value)) throw wrong(path, 'a number of 0 or more');
      return;
    case 'object':
      if (typeof value !== 'object' || value === null) throw wrong(path, 'an object');
      return;
    case 'duration':
      if (!isAmount(value) && !isRange(value)) throw wrong(path, 'milliseconds or [least, most]');
      return;
    case 'probability':
      if (!isAmount(value) || value > 1) throw wrong(path, 'a number from 0 to 1');
      return;
    case 'code':
      if (!isCloseCode(value)) throw wrong(path, '1000 to 1014 without 1004 to 1006, or 3000 to 4999');
      return;
    case 'calls':
      if (!Array.isArray(value) || !value.every(isObject)) throw wrong(path, 'a list of tool calls');
      return;
    case 'actions':
      if (!Array.isArray(value)) throw wrong(path, 'a list of actions');
      for (const [index, action] of value.entries()) checkVariant(action, 'do', actions, `${path}[${index}]`);
      return;
    default:
      shape satisfies never;
  }
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRange(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every(isAmount) &&
    Number(value[0]) <= Number(value[1])
  );
}

/** The codes that may stand in a close frame (RFC 6455, 7.4). */
function isCloseCode(value: unknown): boolean {
  if (!isAmount(value) || !Number.isInteger(value)) return false;
  return (
    (value >= 1000 && value <= 1014 && ![1004, 1005, 1006].includes(value)) ||
    (value >= 3000 && value <= 4999)
  );
}

function wrong(path: string, allowed: string): TypeError {
  return new TypeError(`${path} is not valid: ${allowed} is allowed.`);
}
