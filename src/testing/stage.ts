import type { Setup } from './client-message.ts';
import type { Clock } from './clock.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import type { Api, Behaviour } from './script.ts';
import type { Tokens } from './tokens.ts';
import type { PendingCalls, SentToolCall } from './tool-calls.ts';
import type { Wire } from './wire.ts';

/** What the actions of a script work on. */
export interface Stage {
  readonly api: Api;
  readonly setup: Setup;
  readonly behaviour: Behaviour;
  readonly clock: Clock;
  readonly random: Random;
  readonly wire: Wire;
  readonly calls: PendingCalls;
  readonly tokens: Tokens;
  readonly turn: ModelTurn;
  completeSetup(): void;
  /** A handle to resume from, where the client asked for handles. */
  updateResumption(resumable: boolean): void;
  callsSent(calls: readonly SentToolCall[]): void;
  /** The model's turn is over, its messages are sent. */
  turnEnded(): void;
}

/** The model's turn under way. */
export interface ModelTurn {
  /** Something of it reached the client. */
  output: boolean;
  /** When the audio sent so far has been played, in protocol milliseconds. */
  playedAt: number;
}

/** Sends output of the model, with usage beside it where the script wants that. */
export function sendOutput(stage: Stage, message: JsonObject): void {
  stage.turn.output = true;
  const usage = stage.behaviour.noise?.usageWithOutput ? { usageMetadata: stage.tokens.usage() } : {};
  stage.wire.send({ ...message, ...usage });
}

/** Cancels pending calls, then `interrupted` and `turnComplete`: a turn that was cut short has no `generationComplete`. */
export function sendInterruption(stage: Stage): void {
  cancelCalls(stage);
  stage.wire.send({ serverContent: { interrupted: true } });
  stage.wire.send({ serverContent: { turnComplete: true }, usageMetadata: stage.tokens.usage() });
  stage.turnEnded();
}

/** Calls without an id cannot be named in a cancellation, so for them none is sent. */
export function cancelCalls(stage: Stage): void {
  const ids = stage.calls.cancel().flatMap((call) => (call.id === undefined ? [] : [call.id]));
  if (ids.length > 0) stage.wire.send({ toolCallCancellation: { ids } });
}
