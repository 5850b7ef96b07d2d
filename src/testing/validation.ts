import { type ClientMessageType, clientFields, clientMessageTypes } from '../conventions/wire.ts';
import type { ClientMessage } from './client-message.ts';
import type { CloseFrame } from './close-frames.ts';
import { closeFrames } from './close-frames.ts';
import type { Json, JsonObject } from './json.ts';
import { field, isObject, listField, snakeCase, stringField } from './json.ts';

/** What the rules need to know of a session. */
export interface SessionState {
  /** `new`: no setup came; `setup`: it came, `setupComplete` was not sent; `ready`: it was. */
  readonly phase: 'new' | 'setup' | 'ready';
  readonly model: string;
  readonly automaticActivityDetection: boolean;
  readonly activityOpen: boolean;
  /** Turns of the model so far. */
  readonly modelTurns: number;
}

/**
 * How the service ends the session because of this message, or `undefined` where it accepts it. Only what
 * is documented or was seen of the services is rejected; what they do elsewhere is not established.
 */
export function violation(message: ClientMessage, state: SessionState): CloseFrame | undefined {
  if (message.kind === 'invalid') return { code: 1007, reason: 'Invalid JSON payload received.' };
  const unknown = unknownField(message.message, '', clientMessageTypes);
  if (unknown) return unknown;
  if (message.type === undefined) return closeFrames.invalidArgument;
  if ((message.type === 'setup') !== (state.phase === 'new') || state.phase === 'setup') {
    return closeFrames.setupFirst;
  }
  return (
    unknownField(message.body, snakeCase(message.type), clientFields[message.type]) ??
    checks[message.type](message.body, state)
  );
}

const responseFields = ['id', 'name', 'response', 'parts', 'scheduling', 'willContinue'];
const schedulings: readonly Json[] = ['SCHEDULING_UNSPECIFIED', 'SILENT', 'WHEN_IDLE', 'INTERRUPT'];

/** Models with rules of their own, as they were reported. */
const textIsRejected = /native-audio|gemini-3\./;
const contentOnlyAtStart = /gemini-3\.1/;
const mediaChunksRejected = /gemini-3\./;

type Check = (body: JsonObject, state: SessionState) => CloseFrame | undefined;

const checks: Readonly<Record<ClientMessageType, Check>> = {
  setup: (body) => {
    const model = stringField(body, 'model');
    if (!model) return closeFrames.invalidArgument;
    const generation = field(body, 'generationConfig');
    const modalities = isObject(generation) ? listField(generation, 'responseModalities') : [];
    if (modalities.length > 1) return closeFrames.twoModalities;
    if (modalities.includes('TEXT') && textIsRejected.test(model)) return closeFrames.textModality;
    return undefined;
  },
  clientContent: (body, state) => {
    const turns = listField(body, 'turns').filter(isObject);
    const parts = turns.flatMap((turn) => listField(turn, 'parts').filter(isObject));
    const rejected =
      turns.some((turn) => !stringField(turn, 'role')) ||
      parts.some((part) => field(part, 'functionCall') ?? field(part, 'functionResponse')) ||
      (contentOnlyAtStart.test(state.model) && state.modelTurns > 0);
    return rejected ? closeFrames.invalidArgument : undefined;
  },
  realtimeInput: (body, state) => {
    if (Object.keys(body).length === 0) return closeFrames.notImplemented;
    if (field(body, 'mediaChunks') !== undefined && mediaChunksRejected.test(state.model)) {
      return closeFrames.mediaChunksDeprecated;
    }
    const marks = field(body, 'activityStart') ?? field(body, 'activityEnd');
    if (marks !== undefined && state.automaticActivityDetection)
      return closeFrames.activityWithAutomaticDetection;
    const audioOutside =
      !state.automaticActivityDetection &&
      !state.activityOpen &&
      field(body, 'audio') !== undefined &&
      field(body, 'activityStart') === undefined;
    return audioOutside ? closeFrames.invalidArgument : undefined;
  },
  toolResponse: (body) => {
    const responses = field(body, 'functionResponses');
    if (!Array.isArray(responses) || responses.length === 0) return closeFrames.invalidArgument;
    for (const [index, response] of responses.entries()) {
      const path = `tool_response.function_responses[${index}]`;
      if (!isObject(response)) return invalidValue(path);
      const found = unknownField(response, path, responseFields);
      if (found) return found;
      const result = field(response, 'response');
      if (result !== undefined && !isObject(result)) return invalidValue(`${path}.response`);
      const scheduling = field(response, 'scheduling');
      if (scheduling !== undefined && !schedulings.includes(scheduling))
        return invalidValue(`${path}.scheduling`);
    }
    return undefined;
  },
  contextUpdate: () => undefined,
};

function invalidValue(path: string): CloseFrame {
  return { code: 1007, reason: `Invalid value at '${path}'` };
}

/** How the service ends the session because of a field that it does not know. */
export function unknownField(
  object: JsonObject,
  path: string,
  known: readonly string[],
): CloseFrame | undefined {
  const name = Object.keys(object).find((key) => !known.some((one) => key === one || key === snakeCase(one)));
  if (name === undefined) return undefined;
  const place = path === '' ? ': Cannot find field.' : ` at '${path}'`;
  return { code: 1007, reason: `Invalid JSON payload received. Unknown name "${name}"${place}` };
}
