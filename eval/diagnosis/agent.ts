import type { FunctionCall, LiveServerMessage, Session } from '@google/genai';
import { silence, speech } from '../../src/testing/audio.ts';
import type { Connection } from './connection.ts';
import type { Agent, Step, Stream, ToolHandling } from './scenario.ts';
import { responseOf } from './tool-response.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What an application remembers from one connection to the next. */
export interface Memory {
  handle?: string;
  call?: FunctionCall;
}

export interface Surroundings {
  readonly time: VirtualTime;
  readonly memory: Memory;
  /** Ends the process, as far as the sessions can tell. */
  readonly endProcess: (ending: Extract<Step, { do: 'process_ends' }>['ending']) => void;
}

const frameMs = 100;
const mimeType = 'audio/pcm;rate=16000';
const silent = { data: silence(frameMs).toString('base64'), mimeType };
const spoken = { data: speech(frameMs).toString('base64'), mimeType };
const picture = { data: Buffer.alloc(3_000, 7).toString('base64'), mimeType: 'image/jpeg' };

type Send = (session: Session) => void;
const sendSilence: Send = (session) => session.sendRealtimeInput({ audio: silent });
const sendSpeech: Send = (session) => session.sendRealtimeInput({ audio: spoken });
const sendChunk: Send = (session) => session.sendRealtimeInput({ media: silent });
const sendPicture: Send = (session) => session.sendRealtimeInput({ video: picture });

/** An application at work on one connection. */
export interface RunningAgent {
  take(message: LiveServerMessage): void;
}

export function runAgent(connection: Connection, { time, memory, endProcess }: Surroundings): RunningAgent {
  const { agent } = connection;
  const pending = new Map<FunctionCall, 'pending' | 'cancelled'>();
  const inherited = memory.call;
  let calls = 0;
  let calledBefore = 0;
  let onCall: () => void = () => {};
  const alive = (): boolean => !connection.ended;

  const stream = async (send: Send, every: number, plan: Stream): Promise<void> => {
    const started = time.now();
    await time.sleep(plan.fromMs ?? 0);
    while (alive() && time.now() - started < (plan.untilMs ?? Number.POSITIVE_INFINITY)) {
      if (!(plan.gated && pending.size > 0)) connection.use(plan.mediaChunks ? sendChunk : send);
      await time.sleep(plan.everyMs ?? every);
    }
  };

  const answer = async (call: FunctionCall, handling: ToolHandling): Promise<void> => {
    const { afterMs = 200 } = handling;
    if (afterMs === 'never') return;
    await time.sleep(afterMs);
    const state = pending.get(call);
    if (state === 'cancelled' && !handling.evenCancelled) return;
    pending.delete(call);
    if (!alive()) return;
    for (let times = handling.twice ? 2 : 1; times > 0; times--) sendResponse(call, handling);
  };

  const sendResponse = (call: FunctionCall, handling: ToolHandling): void => {
    const message = handling.raw ?? { toolResponse: { functionResponses: [responseOf(call, handling)] } };
    // The library refuses some of the mistakes that are wanted here, so they go past it.
    connection.send(JSON.stringify(message));
  };

  const perform = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) {
      if (!alive()) return;
      await act(step);
    }
  };

  const frames = async (send: Send, count: number, everyMs = 0): Promise<void> => {
    for (let sent = 0; sent < count && alive(); sent++) {
      connection.use(send);
      if (everyMs > 0) await time.sleep(everyMs);
    }
  };

  const act = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'wait':
        return time.sleep(step.ms);
      case 'say':
        return connection.use((session) => session.sendRealtimeInput({ text: step.text ?? 'What is new?' }));
      case 'speak':
        await frames(sendSpeech, Math.ceil(step.ms / frameMs), frameMs);
        return frames(sendSilence, 8, frameMs);
      case 'audio':
        return frames(sendSilence, step.frames, step.everyMs);
      case 'video':
        return frames(sendPicture, step.frames, step.everyMs);
      case 'content':
        return connection.send(JSON.stringify({ clientContent: step.content }));
      case 'activity':
        return connection.use((session) =>
          session.sendRealtimeInput(step.mark === 'start' ? { activityStart: {} } : { activityEnd: {} }),
        );
      case 'send':
        return connection.send(JSON.stringify(step.message));
      case 'await_call':
        if (calls > calledBefore++) return;
        return new Promise((resolve) => {
          onCall = resolve;
        });
      case 'answer_earlier_call':
        return sendResponse(inherited ?? { id: 'call-of-before', name: 'lookup' }, {});
      case 'repeat':
        for (let round = 0; round < step.times && alive(); round++) await perform(step.steps);
        return;
      case 'close':
        return connection.close();
      case 'process_ends':
        return endProcess(step.ending);
      default:
        step satisfies never;
    }
  };

  const ready = (): void => {
    if (agent.microphone) void stream(sendSilence, frameMs, agent.microphone);
    if (agent.camera) void stream(sendPicture, 1_000, agent.camera);
    void perform(agent.steps ?? []);
  };

  return {
    take: (message) => {
      if (message.setupComplete) ready();
      const handle = message.sessionResumptionUpdate?.newHandle;
      if (handle) memory.handle = handle;
      for (const id of message.toolCallCancellation?.ids ?? []) {
        for (const call of pending.keys()) if (call.id === id) pending.set(call, 'cancelled');
      }
      for (const call of message.toolCall?.functionCalls ?? []) {
        calls++;
        memory.call = call;
        pending.set(call, 'pending');
        void answer(call, handlingOf(agent, calls));
        onCall();
      }
    },
  };
}

function handlingOf({ tools = {} }: Agent, nth: number): ToolHandling {
  return nth >= (tools.onlyFrom ?? 1) ? tools : {};
}
