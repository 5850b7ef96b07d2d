import { sizes } from '../../conventions/limits.ts';
import type { IdMatch } from '../../conventions/vocabulary.ts';
import { bytes, counted, duration, exactBytes } from '../../conventions/words.ts';
import type { Closure, FunctionResponse, ToolResponse } from '../../session/model.ts';
import { settleMs } from '../../session/model.ts';
import type { Signals, SignalTest } from './signal.ts';
import { tool, tools } from './tool-names.ts';

const nestedDepth = 4;
const schedulings: ReadonlySet<string> = new Set(['SILENT', 'WHEN_IDLE', 'INTERRUPT']);
/** Enum values look like this; anything else is not repeated. */
const enumValue = /^\w{1,32}$/;
/** Names of top-level fields that a message meant as a tool response may have instead of `toolResponse`. */
const meantAsResponse = /^(?:function|tool)_?(?:call_?)?(?:responses?|outputs?|results?)$/i;

/** The last tool response. */
export const toolResponseSignals = {
  /** Sent at most 2 s before the end, with nothing but audio sent after it. */
  tool_response_just_sent: {
    words: 'a tool response was sent at most 2 s before the end',
    test: (closure) => {
      const { lastToolResponse: response, msSinceToolResponse: ago, lastSentNotable: notable } = closure;
      if (response === undefined || ago === undefined || ago > settleMs) return undefined;
      // Video flows like audio; a notable frame that is older was sent before the response.
      const after = notable !== undefined && notable.agoMs < ago ? notable.kind : undefined;
      if (after !== undefined && after !== 'tool_response' && after !== 'audio' && after !== 'video')
        return undefined;
      const stream = after === 'video' ? 'audio and video' : 'audio';
      return `The tool response to ${answeredTools(response)} was sent ${duration(ago)} before the end, with nothing but ${stream} after it.`;
    },
  },
  /** Nothing came after it. */
  tool_response_unacknowledged: {
    words: 'nothing came after the last tool response',
    test: ({ lastToolResponse: response, msSinceToolResponse: ago = 0 }) =>
      response !== undefined && response.acknowledgedAt === undefined
        ? `The service sent nothing in the ${duration(ago)} after the tool response to ${answeredTools(response)}.`
        : undefined,
  },
  /** Frame of `sizes.large` or more. */
  tool_response_large: {
    words: `the last tool response had ${exactBytes(sizes.large)} or more`,
    test: ({ lastToolResponse: response }) =>
      response !== undefined && response.bytes >= sizes.large
        ? `The last tool response had ${bytes(response.bytes)}, to ${answeredTools(response)}.`
        : undefined,
  },
  /** Frame of `sizes.oversize` or more. */
  tool_response_oversize: {
    words: `the last tool response had ${exactBytes(sizes.oversize)} or more`,
    irregular: true,
    test: ({ lastToolResponse: response }) =>
      response !== undefined && response.bytes >= sizes.oversize
        ? `The last tool response had ${bytes(response.bytes)}: ${Math.floor(response.bytes / sizes.large)} times what counts as large.`
        : undefined,
  },
  tool_response_base64: {
    words: 'the last tool response carried base64 data',
    test: some(
      ({ encoding }) => encoding === 'base64',
      ({ longestString }, name) =>
        `The last response of ${name} carried base64; its longest string had ${counted(longestString, 'character')}.`,
    ),
  },
  tool_response_non_ascii: {
    words: 'the last tool response had characters outside of ASCII',
    test: some(
      ({ encoding }) => encoding === 'utf8' || encoding === 'escaped',
      ({ encoding, responseBytes }, name) =>
        `The last response of ${name}, ${bytes(responseBytes)}, had characters other than ASCII, ${encoding === 'utf8' ? 'as UTF-8' : 'as escapes'}.`,
    ),
  },
  tool_response_control_characters: {
    words: 'the last tool response had control characters',
    irregular: true,
    test: some(
      ({ controlCharacters }) => controlCharacters,
      ({ responseBytes }, name) =>
        `The last response of ${name}, ${bytes(responseBytes)}, had control characters in its strings.`,
    ),
  },
  /** Depth of 4 or more. */
  tool_response_nested: {
    words: 'the last tool response was nested four levels deep or more',
    test: some(
      ({ depth }) => depth >= nestedDepth,
      ({ depth }, name) => `The last response of ${name} was nested ${depth} levels deep.`,
    ),
  },
  tool_response_scheduling: {
    words: 'the last tool response set scheduling',
    test: some(
      ({ scheduling }) => scheduling !== undefined,
      ({ scheduling }, name) => `The last response of ${name} set scheduling to ${enumOf(scheduling)}.`,
    ),
  },
  /** `scheduling` is none of SILENT, WHEN_IDLE, INTERRUPT. */
  tool_response_scheduling_invalid: {
    words: 'the last tool response set scheduling to a value that does not exist',
    irregular: true,
    test: some(
      ({ scheduling }) => scheduling !== undefined && !schedulings.has(scheduling),
      ({ scheduling }, name) =>
        `The last response of ${name} set scheduling to ${enumOf(scheduling)}, which is none of SILENT, WHEN_IDLE and INTERRUPT.`,
    ),
  },
  tool_response_ids_matched: {
    words: 'the ids of the last tool response were those of pending calls',
    test: ({ lastToolResponse: response }) =>
      response !== undefined &&
      response.responses.length > 0 &&
      response.responses.every(({ idMatch }) => idMatch === 'matched')
        ? `${response.responses.length === 1 ? 'The id' : `All ${response.responses.length} ids`} of the last tool response matched a pending call.`
        : undefined,
  },
  tool_response_id_unknown: {
    words: 'the last tool response had an id that no call has',
    irregular: true,
    test: idMatch('unknown', 'an id that no call of the session has'),
  },
  tool_response_id_duplicate: {
    words: 'the last tool response answered a call for the second time',
    irregular: true,
    test: idMatch('duplicate', 'the id of a call that was answered before'),
  },
  tool_response_id_missing: {
    words: 'the last tool response had no id',
    irregular: true,
    test: idMatch('missing', 'no id'),
  },
  tool_response_id_cancelled: {
    words: 'the last tool response answered a cancelled call',
    irregular: true,
    test: idMatch('cancelled', 'the id of a call that the service had cancelled'),
  },
  tool_response_id_earlier_connection: {
    words: 'the last tool response answered a call of an earlier connection',
    irregular: true,
    test: idMatch('earlier_connection', 'the id of a call of an earlier connection'),
  },
  tool_response_name_different: {
    words: 'the last tool response had another name than its call',
    irregular: true,
    test: some(
      ({ nameMatch }) => nameMatch === 'different',
      ({ call }, name) => `The last tool response named ${name} where the call was to ${tool(call?.name)}.`,
    ),
  },
  /** Meant as a tool response but without `functionResponses`, or `response` is no object. */
  tool_response_wrong_shape: {
    words: 'what was meant as a tool response had the wrong shape',
    irregular: true,
    test: (closure, ...rest) => {
      const { lastToolResponse: response, input } = closure;
      if (response?.responses.length === 0)
        return `The last tool response, ${bytes(response.bytes)}, had no functionResponses.`;
      const field = input.unknownFields.find((name) => meantAsResponse.test(name));
      if (field !== undefined)
        return `A message with the unknown field \`${field}\` was sent in place of toolResponse.`;
      return shapeless(closure, ...rest);
    },
  },
} as const satisfies Signals;

const shapeless = some(
  ({ shape }) => shape !== 'object',
  ({ shape }, name) =>
    shape === 'missing'
      ? `The last response of ${name} had no \`response\`.`
      : `The \`response\` of the last response of ${name} was no object but ${shape === 'null' ? 'null' : `${shape === 'array' ? 'an' : 'a'} ${shape}`}.`,
);

/** The first function response of the last frame that fits. */
function some(
  fits: (response: FunctionResponse) => boolean,
  sentence: (response: FunctionResponse, name: string) => string,
): SignalTest {
  return ({ lastToolResponse }: Closure) => {
    const found = lastToolResponse?.responses.find(fits);
    return found && sentence(found, tool(found.name ?? found.call?.name));
  };
}

function idMatch(match: Exclude<IdMatch, 'matched'>, what: string): SignalTest {
  return ({ lastToolResponse }) => {
    const found = lastToolResponse?.responses.filter((response) => response.idMatch === match) ?? [];
    return found.length > 0
      ? `${counted(found.length, 'function response')} of the last tool response had ${what}: ${tools(found.map(({ name, call }) => name ?? call?.name))}.`
      : undefined;
  };
}

function answeredTools({ responses }: ToolResponse): string {
  return responses.length === 0 ? 'no call' : tools(responses.map(({ name, call }) => name ?? call?.name));
}

function enumOf(value: string | undefined): string {
  return value !== undefined && enumValue.test(value) ? value : 'something that is no name';
}
