import { describe, expect, it } from 'vitest';
import { sizes } from '../../../src/conventions/limits.ts';
import { bytes } from '../../../src/conventions/words.ts';
import type { toolResponseSignals } from '../../../src/diagnosis/signals/tool-response.ts';
import { answered, end, functionResponseOf, toolCallOf } from '../closures.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

checkSignals({
  tool_response_just_sent: {
    seen: answered(),
    sentence:
      'The tool response to `get_weather` was sent 500 ms before the end, with nothing but audio after it.',
    unseen: { ...answered(), lastSentNotable: { kind: 'client_content', bytes: 90, agoMs: 100 } },
  },
  tool_response_unacknowledged: {
    seen: answered(),
    sentence: 'The service sent nothing in the 500 ms after the tool response to `get_weather`.',
    unseen: answered({ acknowledgedAt: end - 400 }),
  },
  tool_response_large: {
    seen: answered({ bytes: sizes.large }),
    sentence: `The last tool response had ${bytes(sizes.large)}, to \`get_weather\`.`,
    unseen: answered({ bytes: sizes.large - 1 }),
  },
  tool_response_oversize: {
    seen: answered({ bytes: sizes.oversize }),
    sentence: `The last tool response had ${bytes(sizes.oversize)}: 8 times what counts as large.`,
    unseen: answered({ bytes: sizes.oversize - 1 }),
  },
  tool_response_base64: {
    seen: answered({}, { encoding: 'base64', longestString: 4_000 }),
    sentence: 'The last response of `get_weather` carried base64; its longest string had 4,000 characters.',
    unseen: answered({}, { encoding: 'ascii', longestString: 4_000 }),
  },
  tool_response_non_ascii: {
    seen: answered({}, { encoding: 'escaped' }),
    sentence: 'The last response of `get_weather`, 120 B, had characters other than ASCII, as escapes.',
    unseen: answered({}, { encoding: 'base64' }),
  },
  tool_response_control_characters: {
    seen: answered({}, { controlCharacters: true }),
    sentence: 'The last response of `get_weather`, 120 B, had control characters in its strings.',
    unseen: answered({}, { encoding: 'escaped' }),
  },
  tool_response_nested: {
    seen: answered({}, { depth: 4 }),
    sentence: 'The last response of `get_weather` was nested 4 levels deep.',
    unseen: answered({}, { depth: 3 }),
  },
  tool_response_scheduling: {
    seen: answered({}, { scheduling: 'SILENT' }),
    sentence: 'The last response of `get_weather` set scheduling to SILENT.',
    unseen: answered(),
  },
  tool_response_scheduling_invalid: {
    seen: answered({}, { scheduling: 'silent' }),
    sentence:
      'The last response of `get_weather` set scheduling to silent, which is none of SILENT, WHEN_IDLE and INTERRUPT.',
    unseen: answered({}, { scheduling: 'WHEN_IDLE' }),
  },
  tool_response_ids_matched: {
    seen: answered(),
    sentence: 'The id of the last tool response matched a pending call.',
    unseen: answered({ responses: [functionResponseOf(), functionResponseOf({ idMatch: 'unknown' })] }),
  },
  tool_response_id_unknown: {
    seen: answered({}, { idMatch: 'unknown' }),
    sentence:
      '1 function response of the last tool response had an id that no call of the session has: `get_weather`.',
    unseen: answered({}, { idMatch: 'duplicate' }),
  },
  tool_response_id_duplicate: {
    seen: answered({}, { idMatch: 'duplicate' }),
    sentence:
      '1 function response of the last tool response had the id of a call that was answered before: `get_weather`.',
    unseen: answered({}, { idMatch: 'cancelled' }),
  },
  tool_response_id_missing: {
    seen: answered({
      responses: [functionResponseOf({ idMatch: 'missing' }), functionResponseOf({ idMatch: 'missing' })],
    }),
    sentence: '2 function responses of the last tool response had no id: `get_weather`.',
    unseen: answered(),
  },
  tool_response_id_cancelled: {
    seen: answered({}, { idMatch: 'cancelled' }),
    sentence:
      '1 function response of the last tool response had the id of a call that the service had cancelled: `get_weather`.',
    unseen: answered({}, { idMatch: 'earlier_connection' }),
  },
  tool_response_id_earlier_connection: {
    seen: answered({}, { idMatch: 'earlier_connection' }),
    sentence:
      '1 function response of the last tool response had the id of a call of an earlier connection: `get_weather`.',
    unseen: answered({}, { idMatch: 'unknown' }),
  },
  tool_response_name_different: {
    seen: answered({}, { name: 'get_wether', nameMatch: 'different', call: toolCallOf() }),
    sentence: 'The last tool response named `get_wether` where the call was to `get_weather`.',
    unseen: answered({}, { nameMatch: 'unknown' }),
  },
  tool_response_wrong_shape: {
    seen: answered({}, { shape: 'array' }),
    sentence: 'The `response` of the last response of `get_weather` was no object but an array.',
    unseen: { ...answered(), input: { unknownFields: ['customField'] } },
  },
} satisfies Record<keyof typeof toolResponseSignals, SignalCase>);

describe('a tool response that was just sent', () => {
  it('is not hidden by video', () => {
    expect(
      sentenceOf('tool_response_just_sent', {
        ...answered(),
        lastSentNotable: { kind: 'video', bytes: 9_000, agoMs: 100 },
      }),
    ).toBe(
      'The tool response to `get_weather` was sent 500 ms before the end, with nothing but audio and video after it.',
    );
  });

  it('is not seen for longer than 2 s', () => {
    expect(sentenceOf('tool_response_just_sent', answered({ sentAt: end - 2_001 }))).toBe(undefined);
  });
});

describe('the wrong shape', () => {
  it.each([
    [
      'no functionResponses',
      answered({ responses: [] }),
      'The last tool response, 200 B, had no functionResponses.',
    ],
    [
      'no response',
      answered({}, { shape: 'missing' }),
      'The last response of `get_weather` had no `response`.',
    ],
    [
      'null',
      answered({}, { shape: 'null' }),
      'The `response` of the last response of `get_weather` was no object but null.',
    ],
    [
      'a string',
      answered({}, { shape: 'string' }),
      'The `response` of the last response of `get_weather` was no object but a string.',
    ],
    [
      'another field in its place',
      { input: { unknownFields: ['functionResponses'] } },
      'A message with the unknown field `functionResponses` was sent in place of toolResponse.',
    ],
  ])('is seen in %s', (_, fields, sentence) => {
    expect(sentenceOf('tool_response_wrong_shape', fields)).toBe(sentence);
  });
});

describe('a scheduling that is no name', () => {
  it('is not repeated', () => {
    expect(sentenceOf('tool_response_scheduling', answered({}, { scheduling: 'a secret text' }))).toBe(
      'The last response of `get_weather` set scheduling to something that is no name.',
    );
  });
});

describe('characters other than ASCII', () => {
  it('are seen as UTF-8 too', () => {
    expect(sentenceOf('tool_response_non_ascii', answered({}, { encoding: 'utf8' }))).toBe(
      'The last response of `get_weather`, 120 B, had characters other than ASCII, as UTF-8.',
    );
  });
});

describe('several matched ids', () => {
  it('are counted', () => {
    const responses = [functionResponseOf(), functionResponseOf({ id: 'call-2' })];
    expect(sentenceOf('tool_response_ids_matched', answered({ responses }))).toBe(
      'All 2 ids of the last tool response matched a pending call.',
    );
  });
});
