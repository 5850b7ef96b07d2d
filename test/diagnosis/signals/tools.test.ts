import { describe, expect, it } from 'vitest';
import type { toolSignals } from '../../../src/diagnosis/signals/tools.ts';
import { answered, end, functionResponseOf, pending, toolCallOf } from '../closures.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

const busy = { frames: 38, audioFrames: 37 };

checkSignals({
  tool_call_pending: {
    seen: pending({}),
    sentence: 'Tool call `get_weather` was pending for 1.40 s.',
    unseen: answered(),
  },
  tool_call_pending_long: {
    seen: pending({ receivedAt: end - 5_000 }),
    sentence: 'Tool call `get_weather` had waited 5.00 s for its response.',
    unseen: pending({ receivedAt: end - 4_999 }),
  },
  input_while_call_pending: {
    seen: pending({ inputWhilePending: busy }),
    sentence: '38 realtime input frames were sent while tool call `get_weather` was pending for 1.40 s.',
    unseen: pending({}),
  },
  audio_while_call_pending: {
    seen: pending({ inputWhilePending: busy }),
    sentence: '37 audio frames were sent while tool call `get_weather` was pending for 1.40 s.',
    unseen: pending({ inputWhilePending: { frames: 1, audioFrames: 0 } }),
  },
  tool_slow: {
    seen: pending({ receivedAt: end - 36_100 }),
    sentence: 'Tool call `get_weather` was not answered within 36.1 s.',
    unseen: pending({ receivedAt: end - 29_999 }),
  },
  non_blocking_functions: {
    seen: { setup: { functionNames: ['a', 'b'], nonBlockingFunctionNames: ['b'] } },
    sentence: '1 function declared NON_BLOCKING: `b`.',
    unseen: { setup: { functionNames: ['a', 'b'] } },
  },
  function_declarations: {
    seen: { setup: { functionNames: ['a', 'b', 'c', 'd', 'e', 'f'] } },
    sentence: '6 functions declared: `a`, `b`, `c`, `d`, `e` and 1 more.',
    unseen: { setup: { toolKinds: ['google_search'] } },
  },
  google_search: {
    seen: { setup: { toolKinds: ['function_declarations', 'google_search'] } },
    sentence: 'Google Search was one of 2 kinds of tools.',
    unseen: { setup: { toolKinds: ['function_declarations'] } },
  },
  code_execution: {
    seen: { setup: { toolKinds: ['code_execution'] } },
    sentence: 'Code execution was the only kind of tools.',
    unseen: { setup: undefined },
  },
  several_tool_exchanges: {
    seen: { toolResponses: 3 },
    sentence: '3 tool responses were sent over the session.',
    unseen: { toolResponses: 2 },
  },
  earlier_call_unanswered: {
    seen: {
      stall: {
        index: 1,
        kind: 'tool_call_unanswered',
        since: end - 18_000,
        foundAt: end - 3_000,
        resumed: true,
        earlierCall: { name: 'book' },
      },
    },
    sentence:
      'Tool call `book` was pending when the connection before ended, and had no response on this one for 18.0 s.',
    unseen: pending({ receivedAt: end - 36_100 }),
  },
  tool_call_cancelled: {
    seen: { lastToolCall: toolCallOf({ endedAt: end - 250, outcome: 'cancelled' }) },
    sentence: 'The service cancelled the last tool call, `get_weather`, 250 ms before the end.',
    unseen: { lastToolCall: toolCallOf({ endedAt: end - 250, outcome: 'answered' }) },
  },
} satisfies Record<keyof typeof toolSignals, SignalCase>);

describe('several pending calls', () => {
  it('are named, with the age of the oldest', () => {
    expect(
      sentenceOf('tool_call_pending', pending({ name: 'book', receivedAt: end - 2_000 }, { name: '' })),
    ).toBe('2 tool calls (`book` and a function without a name) were pending, the oldest for 2.00 s.');
  });

  it('are told by the one with most input', () => {
    expect(
      sentenceOf(
        'audio_while_call_pending',
        pending(
          { name: 'first', inputWhilePending: { frames: 1, audioFrames: 1 } },
          { name: 'second', inputWhilePending: busy },
        ),
      ),
    ).toBe('37 audio frames were sent while tool call `second` was pending for 1.40 s.');
  });
});

describe('input during a call that was answered', () => {
  const part = { inputWhilePending: { frames: 1, audioFrames: 1 }, latencyMs: 900 };

  it('counts for 2 s', () => {
    expect(sentenceOf('input_while_call_pending', answered({ sentAt: end - 2_000 }, part))).toBe(
      '1 realtime input frame was sent while tool call `get_weather` was pending for 900 ms.',
    );
  });

  it('does not count after that', () => {
    expect(sentenceOf('input_while_call_pending', answered({ sentAt: end - 2_001 }, part))).toBe(undefined);
  });
});

describe('a call that runs beside the conversation', () => {
  it('is no reason to hold input back', () => {
    const beside = pending({ nonBlocking: true, inputWhilePending: busy });
    expect(sentenceOf('audio_while_call_pending', beside)).toBeUndefined();
    expect(sentenceOf('input_while_call_pending', beside)).toBeUndefined();
  });
});

describe('a slow answer', () => {
  const responses = [functionResponseOf({ latencyMs: 36_100 })];

  it('is seen for 10 s', () => {
    expect(sentenceOf('tool_slow', answered({ sentAt: end - 10_000, responses }))).toBe(
      'The response to tool call `get_weather` took 36.1 s.',
    );
  });

  it('is forgotten after that', () => {
    expect(sentenceOf('tool_slow', answered({ sentAt: end - 10_001, responses }))).toBe(undefined);
  });
});

describe('a long name of a function', () => {
  it('is cut', () => {
    expect(sentenceOf('tool_call_pending', pending({ name: 'x'.repeat(100) }))).toBe(
      `Tool call \`${'x'.repeat(64)}…\` was pending for 1.40 s.`,
    );
  });
});
