import type { CloseFrame } from '../../../src/testing/close-frames.ts';
import type { JsonObject } from '../../../src/testing/json.ts';
import type { Action, Behaviour, Duration, Reaction, Script, Trigger } from '../../../src/testing/script.ts';
import { answerTurns, answerTurnsWithTool } from '../../../src/testing/scripts/phrases.ts';
import { defaultModel } from '../connection.ts';
import type { Agent, Scenario, Service, SessionPlan, Step, ToolHandling } from '../scenario.ts';

export const models = {
  native09: defaultModel,
  native12: 'gemini-2.5-flash-native-audio-preview-12-2025',
  nativeLatest: 'gemini-2.5-flash-native-audio-latest',
  halfCascade: 'gemini-live-2.5-flash-preview',
  flash20: 'gemini-2.0-flash-live-001',
  flashExp: 'gemini-2.0-flash-exp',
  live31: 'gemini-3.1-flash-live-preview',
  live35: 'gemini-3.5-flash-live-preview',
  live38: 'gemini-3.8-live',
  translate: 'gemini-3.5-live-translate',
  vertex: 'gemini-live-2.5-flash-native-audio',
} as const;

/** The service ends the session so long after something. */
export function ends(
  on: Trigger,
  afterMs: Duration,
  { code, reason }: CloseFrame,
  more: Omit<Reaction, 'on' | 'do'> = {},
): Reaction {
  return {
    on,
    do: [
      { do: 'wait', ms: afterMs },
      { do: 'close', code, reason },
    ],
    interruptible: false,
    ...more,
  };
}

export function does(on: Trigger, ...actions: readonly Action[]): Reaction {
  return { on, do: actions };
}

/** A service that answers the user in speech, but for these reactions. */
export function talking(...reactions: readonly Reaction[]): Script {
  return script([...reactions, answerTurns]);
}

/** A service that calls a tool in each turn, but for these reactions. */
export function calling(...reactions: readonly Reaction[]): Script {
  return script([...reactions, answerTurnsWithTool]);
}

export function script(reactions: readonly Reaction[], behaviour: Behaviour = {}): Script {
  return { name: 'scenario', description: 'A scenario of the benchmark.', behaviour, reactions };
}

/** Empty frames, several fields in one frame, usage beside the output. */
export function irregular(plan: Script): Script {
  const noise = { emptyFrames: 0.2, severalFields: true, usageWithOutput: true };
  return { ...plan, behaviour: { ...plan.behaviour, noise } };
}

/** The setup is refused. */
export function refusing(close: CloseFrame, afterMs: Duration = [80, 300]): Script {
  return script([ends({ event: 'setup' }, afterMs, close)], { unknownHandle: close, twoModalities: close });
}

/** The session ends so long after `setupComplete`, whatever goes on in it. */
export function endingAt(ms: number, close: CloseFrame, ...reactions: readonly Reaction[]): Script {
  return talking(ends({ event: 'elapsed', ms }, 0, close), ...reactions);
}

export const tools: JsonObject = {
  functionDeclarations: [
    {
      name: 'find_table',
      description: 'Finds a table.',
      parameters: { type: 'OBJECT', properties: { guests: { type: 'INTEGER' } }, required: ['guests'] },
    },
    { name: 'book_table', description: 'Books it.', parameters: { type: 'OBJECT', properties: {} } },
  ],
};

export const wait = (ms: number): Step => ({ do: 'wait', ms });
export const say: Step = { do: 'say' };

/** The user takes a turn every so often. */
export function turns(times: number, everyMs = 8_000): readonly Step[] {
  return [wait(500), { do: 'repeat', times, steps: [say, wait(everyMs)] }];
}

export function content(text: string, more: JsonObject = {}): Step {
  return {
    do: 'content',
    content: { turns: [{ role: 'user', parts: [{ text }] }], turnComplete: true, ...more },
  };
}

/** An application with tools whose user takes a turn, with the microphone open but for the calls. */
export function caller(handling: ToolHandling = {}, more: Partial<Agent> = {}): Agent {
  return {
    microphone: { gated: true, fromMs: 50 },
    steps: [wait(1_000), say],
    ...more,
    tools: handling,
    config: { tools: [tools], ...more.config },
  };
}

/** An application whose user talks now and then, with the microphone open. */
export function talker(more: Partial<Agent> = {}): Agent {
  return { microphone: { fromMs: 50 }, steps: turns(2), ...more };
}

/** The same over minutes: a frame of audio a second, a turn every 20 s. */
export function patient(minutes: number, more: Partial<Agent> = {}): Agent {
  return { microphone: { everyMs: 1_000 }, steps: turns(minutes * 3, 20_000), ...more };
}

type Truth = string | readonly string[];

export function scenario(
  name: string,
  truth: Truth,
  agent: Agent,
  service: Service,
  more: Partial<Pick<Scenario, 'hypotheses' | 'stall'>> & {
    readonly before?: readonly SessionPlan[];
    readonly atMs?: number;
    readonly pauseMs?: number;
  } = {},
): Scenario {
  const { before = [], atMs, pauseMs, ...rest } = more;
  return {
    name,
    truth: typeof truth === 'string' ? [truth] : truth,
    ...rest,
    sessions: [
      ...before,
      { agent, service, ...(atMs !== undefined && { atMs }), ...(pauseMs !== undefined && { pauseMs }) },
    ],
  };
}

/** Healthy sessions of other users in the same process. */
export function neighbours(count: number): readonly SessionPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    atMs: index * 40,
    agent: { microphone: { everyMs: 500 }, steps: turns(3, 15_000) },
    service: talking(),
  }));
}
