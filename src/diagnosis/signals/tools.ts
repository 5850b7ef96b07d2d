import { counted, duration } from '../../conventions/words.ts';
import type { Closure, InputWhilePending, ToolCall } from '../../session/model.ts';
import { settleMs } from '../../session/model.ts';
import type { Signals } from './signal.ts';
import { tool, tools } from './tool-names.ts';

const longPendingMs = 5_000;
const slowMs = 30_000;
const severalExchanges = 3;
/** Within so long before the end a tool counts as in play. */
export const toolActivityMs = 10_000;

/** Calls and the functions that were declared for them. */
export const toolSignals = {
  tool_call_pending: {
    words: 'a tool call was pending',
    test: (closure) => {
      const { pendingToolCalls: calls } = closure;
      const [oldest] = calls;
      if (oldest === undefined) return undefined;
      return calls.length === 1
        ? `Tool call ${tool(oldest.name)} was pending for ${duration(age(oldest, closure))}.`
        : `${calls.length} tool calls (${tools(calls.map(({ name }) => name))}) were pending, the oldest for ${duration(age(oldest, closure))}.`;
    },
  },
  /** For 5 s or more. */
  tool_call_pending_long: {
    words: 'a tool call had been pending for 5 s or more',
    test: (closure) => {
      const [oldest] = closure.pendingToolCalls;
      return oldest !== undefined && age(oldest, closure) >= longPendingMs
        ? `Tool call ${tool(oldest.name)} had waited ${duration(age(oldest, closure))} for its response.`
        : undefined;
    },
  },
  /** Realtime input while the call pending at the end, or the one answered last (≤ 2 s ago), was pending. */
  input_while_call_pending: {
    words: 'realtime input was sent while a tool call was pending',
    irregular: true,
    test: (closure) => {
      const call = busiestCall(closure);
      return (
        call &&
        `${counted(call.input.frames, 'realtime input frame')} ${sentWhilePending(call, call.input.frames)}`
      );
    },
  },
  audio_while_call_pending: {
    words: 'audio was sent while a tool call was pending',
    test: (closure) => {
      const call = busiestCall(closure);
      return call !== undefined && call.input.audioFrames > 0
        ? `${counted(call.input.audioFrames, 'audio frame')} ${sentWhilePending(call, call.input.audioFrames)}`
        : undefined;
    },
  },
  /** The pending call, or the last answer, took 30 s or more. */
  tool_slow: {
    words: 'a tool took 30 s or more to answer',
    irregular: true,
    test: (closure) => {
      const [oldest] = closure.pendingToolCalls;
      if (oldest !== undefined && age(oldest, closure) >= slowMs)
        return `Tool call ${tool(oldest.name)} was not answered within ${duration(age(oldest, closure))}.`;
      if ((closure.msSinceToolResponse ?? Number.POSITIVE_INFINITY) > toolActivityMs) return undefined;
      const slow = closure.lastToolResponse?.responses.find(({ latencyMs = 0 }) => latencyMs >= slowMs);
      return (
        slow &&
        `The response to tool call ${tool(slow.name ?? slow.call?.name)} took ${duration(slow.latencyMs ?? 0)}.`
      );
    },
  },
  non_blocking_functions: {
    words: 'functions were declared NON_BLOCKING',
    test: ({ setup }) =>
      setup !== undefined && setup.nonBlockingFunctionNames.length > 0
        ? `${counted(setup.nonBlockingFunctionNames.length, 'function')} declared NON_BLOCKING: ${tools(setup.nonBlockingFunctionNames)}.`
        : undefined,
  },
  function_declarations: {
    words: 'functions were declared',
    test: ({ setup }) =>
      setup !== undefined && setup.functionNames.length > 0
        ? `${counted(setup.functionNames.length, 'function')} declared: ${tools(setup.functionNames)}.`
        : undefined,
  },
  google_search: {
    words: 'Google Search was among the tools',
    test: ({ setup }) =>
      setup?.toolKinds.some((kind) => kind.startsWith('google_search'))
        ? amongTools('Google Search', setup.toolKinds)
        : undefined,
  },
  code_execution: {
    words: 'code execution was among the tools',
    test: ({ setup }) =>
      setup?.toolKinds.includes('code_execution') ? amongTools('Code execution', setup.toolKinds) : undefined,
  },
  /** Three tool exchanges or more. */
  several_tool_exchanges: {
    words: 'there were three tool exchanges or more',
    test: ({ toolResponses }) =>
      toolResponses >= severalExchanges
        ? `${toolResponses} tool responses were sent over the session.`
        : undefined,
  },
  /** The last call was cancelled by the service. */
  tool_call_cancelled: {
    words: 'the service cancelled the last tool call',
    test: ({ lastToolCall: call, at }) =>
      call?.outcome === 'cancelled'
        ? `The service cancelled the last tool call, ${tool(call.name)}, ${duration(at - (call.endedAt ?? at))} before the end.`
        : undefined,
  },
  /** A call of the connection before was never answered on this one. */
  earlier_call_unanswered: {
    words: 'a tool call of the connection before was never answered on this one',
    test: ({ stall, at }) =>
      stall?.earlierCall &&
      `Tool call ${tool(stall.earlierCall.name)} was pending when the connection before ended, and had no response on this one for ${duration(at - stall.since)}.`,
  },
} as const satisfies Signals;

/** A tool call during which the application sent input: pending at the end, or answered right before it. */
interface BusyCall {
  readonly name: string | undefined;
  readonly input: InputWhilePending;
  readonly pendingMs: number;
}

/** The one with most input; `undefined` where none had any. A call that runs beside the conversation is none. */
function busiestCall(closure: Closure): BusyCall | undefined {
  let busiest: BusyCall | undefined;
  for (const call of closure.pendingToolCalls) {
    const { name, inputWhilePending: input, nonBlocking } = call;
    if (!nonBlocking && input.frames > (busiest?.input.frames ?? 0))
      busiest = { name, input, pendingMs: age(call, closure) };
  }
  if (busiest !== undefined || (closure.msSinceToolResponse ?? Number.POSITIVE_INFINITY) > settleMs)
    return busiest;
  for (const { name, call, inputWhilePending: input, latencyMs = 0 } of closure.lastToolResponse?.responses ??
    []) {
    if (input !== undefined && call?.nonBlocking !== true && input.frames > (busiest?.input.frames ?? 0))
      busiest = { name: call?.name ?? name, input, pendingMs: latencyMs };
  }
  return busiest;
}

function sentWhilePending({ name, pendingMs }: BusyCall, frames: number): string {
  return `${frames === 1 ? 'was' : 'were'} sent while tool call ${tool(name)} was pending for ${duration(pendingMs)}.`;
}

function age({ receivedAt }: ToolCall, { at }: Closure): number {
  return at - receivedAt;
}

function amongTools(name: string, { length }: readonly string[]): string {
  return length === 1
    ? `${name} was the only kind of tools.`
    : `${name} was one of ${counted(length, 'kind')} of tools.`;
}
