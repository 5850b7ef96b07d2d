import { liveModel } from '../models/lookup.ts';
import { draw } from './random.ts';
import type { Action } from './script.ts';
import { duration, modelTurn, serverContent } from './server-message.ts';
import { speak } from './speak.ts';
import type { Stage } from './stage.ts';
import { cancelCalls, sendInterruption, sendOutput } from './stage.ts';
import { makeCall } from './tool-calls.ts';

/** Runs actions one after another. Rejects when aborted, before the next message is sent. */
export async function perform(actions: readonly Action[], stage: Stage, signal: AbortSignal): Promise<void> {
  for (const action of actions) {
    signal.throwIfAborted();
    await act(action, stage, signal);
  }
}

async function act(action: Action, stage: Stage, signal: AbortSignal): Promise<void> {
  const { clock, random, wire } = stage;
  switch (action.do) {
    case 'wait':
      return clock.sleepUntil(clock.now() + draw(action.ms, random), signal);
    case 'setup_complete':
      return stage.completeSetup();
    case 'speak':
      return speak(action, stage, signal);
    case 'text':
      stage.tokens.writeText(action.text.length);
      return sendOutput(stage, modelTurn(stage.api, { text: action.text }));
    case 'code':
      return sendOutput(
        stage,
        modelTurn(stage.api, { executableCode: { language: 'PYTHON', code: action.code } }),
      );
    case 'tool_call':
      return callTools(action, stage, signal);
    case 'cancel_calls':
      return cancelCalls(stage);
    case 'interrupt':
      return sendInterruption(stage);
    case 'generation_complete':
      return wire.send(serverContent({ generationComplete: true }));
    case 'turn_complete':
      return completeTurn(action, stage, signal);
    case 'usage':
      return wire.send({ usageMetadata: stage.tokens.usage() });
    case 'go_away':
      return wire.send({ goAway: { timeLeft: duration(action.timeLeftMs) } });
    case 'resumption_update':
      return stage.updateResumption(action.resumable ?? true);
    case 'voice_activity':
      return wire.send({
        voiceActivity: { voiceActivityType: action.type === 'start' ? 'ACTIVITY_START' : 'ACTIVITY_END' },
      });
    case 'input_transcription':
      return wire.send(serverContent({ inputTranscription: { text: action.text } }));
    case 'empty_frame':
      return wire.send({});
    case 'message':
      return wire.send(action.message);
    case 'close':
      return wire.close(action);
    case 'drop':
      return wire.drop();
    case 'mute':
      return wire.mute(action.pongs ?? true);
    case 'chance':
      return perform(
        random.next() < action.probability ? action.actions : (action.otherwise ?? []),
        stage,
        signal,
      );
    case 'repeat':
      for (let round = 0; round < action.times; round++) await perform(action.actions, stage, signal);
      return;
    default:
      return action satisfies never;
  }
}

async function callTools(
  action: Extract<Action, { do: 'tool_call' }>,
  stage: Stage,
  signal: AbortSignal,
): Promise<void> {
  const withIds = stage.behaviour.toolCallIds ?? stage.api === 'gemini';
  const calls = action.calls.map((call, position) =>
    makeCall(call, position, stage.setup.functions, withIds, stage.random),
  );
  for (const call of calls) stage.calls.add(call);
  stage.turn.output = true;
  const functionCalls = calls.map(({ id, name, args }) => ({
    name,
    args,
    ...(id === undefined ? {} : { id }),
  }));
  stage.wire.send({ toolCall: { functionCalls } });
  if (stage.behaviour.resumptionUpdates !== false) stage.updateResumption(false);
  stage.callsSent(calls);
  if (action.wait === false) return;
  const settled = stage.calls.settled(calls);
  const { family } = liveModel(stage.setup.model);
  if (stage.behaviour.callEndsTurn ?? family?.callEndsTurn) {
    await completeTurn({ do: 'turn_complete' }, stage, signal);
  }
  await orAborted(settled, signal);
}

async function completeTurn(
  action: Extract<Action, { do: 'turn_complete' }>,
  stage: Stage,
  signal: AbortSignal,
): Promise<void> {
  const { clock, turn, wire } = stage;
  if (action.generationComplete !== false) wire.send(serverContent({ generationComplete: true }));
  if (turn.playedAt > clock.now()) await clock.sleepUntil(turn.playedAt, signal);
  const content = serverContent({
    turnComplete: true,
    ...(action.reason === undefined ? {} : { turnCompleteReason: action.reason }),
  });
  const usage = { usageMetadata: stage.tokens.usage() };
  const how = action.usage ?? 'sibling';
  wire.send(how === 'sibling' ? { ...content, ...usage } : content);
  if (how === 'separate') wire.send(usage);
  stage.turnEnded();
}

function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
