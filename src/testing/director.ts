import { perform } from './perform.ts';
import type { Occurrence, Reactions, TimedReaction } from './reactions.ts';
import type { Action, Reaction, Trigger, TurnSource } from './script.ts';
import type { Stage } from './stage.ts';
import { sendInterruption } from './stage.ts';
import type { SentToolCall } from './tool-calls.ts';

/** Runs the reactions of a script: one turn of the model at a time, and beside it what goes by the clock. */
export interface Director {
  /** Runs beside the turn under way. */
  alongside(actions: readonly Action[]): Promise<void>;
  /** Reacts to something other than the user's turn. Returns whether a reaction ran. */
  react(occurrence: Occurrence): boolean;
  userTurn(by: TurnSource): void;
  /** The user speaks, types or sends content: ends the model's turn where the script lets it. */
  bargeIn(): void;
  /** `setupComplete` was sent: what goes by the clock starts. */
  start(): void;
  callsSent(calls: readonly SentToolCall[]): void;
  readonly userTurns: number;
}

interface Running {
  readonly controller: AbortController;
  readonly interruptible: boolean;
}

export function createDirector(
  stage: Stage,
  reactions: Reactions,
  ended: AbortSignal,
  turnsBefore: number,
): Director {
  let running: Running | undefined;
  let waiting: Reaction | undefined;
  let userTurns = turnsBefore;
  let activeAt = 0;
  let inputWhilePendingAt = Number.NEGATIVE_INFINITY;

  const run = async (actions: readonly Action[], signal: AbortSignal): Promise<void> => {
    try {
      await perform(actions, stage, signal);
    } catch (error) {
      // An aborted run is an ordinary end; anything else is a fault of the script that has to be seen.
      if (!signal.aborted) stage.wire.close({ code: 1011, reason: `The script failed: ${String(error)}` });
    }
  };

  const takeTurn = (reaction: Reaction): void => {
    running?.controller.abort();
    const turn: Running = {
      controller: new AbortController(),
      interruptible: reaction.interruptible !== false,
    };
    running = turn;
    void run(reaction.do, AbortSignal.any([ended, turn.controller.signal])).then(() => {
      activeAt = stage.clock.now();
      if (running !== turn) return;
      running = undefined;
      const next = waiting;
      waiting = undefined;
      if (next && !ended.aborted) newTurn(next);
    });
  };

  const newTurn = (reaction: Reaction): void => {
    stage.turn.output = false;
    stage.turn.playedAt = 0;
    takeTurn(reaction);
  };

  const alongside = (actions: readonly Action[]): Promise<void> => run(actions, ended);

  const perReaction = (reaction: Reaction): void => {
    if (reaction.alongside || beside.has(reaction.on.event)) void alongside(reaction.do);
    else takeTurn(reaction);
  };

  const at = async (time: number, then: () => void): Promise<void> => {
    try {
      await stage.clock.sleepUntil(time, ended);
      then();
    } catch {
      // The session ended first.
    }
  };

  const watchIdle = (reaction: TimedReaction<'idle'>): void => {
    const since = activeAt;
    void at(since + reaction.on.ms, () => {
      if (running) activeAt = stage.clock.now();
      else if (activeAt === since) {
        if (reactions.claimTimed(reaction)) void alongside(reaction.do);
        activeAt = stage.clock.now();
      }
      watchIdle(reaction);
    });
  };

  const watchLine = (reaction: TimedReaction<'line_silent'>): void => {
    const since = stage.wire.lastFrameAt;
    void at(since + reaction.on.ms, () => {
      if (stage.wire.lastFrameAt !== since) watchLine(reaction);
      else if (reactions.claimTimed(reaction)) void alongside(reaction.do);
    });
  };

  return {
    alongside,
    react: (occurrence) => {
      if (occurrence.event === 'input_while_call_pending') inputWhilePendingAt = stage.clock.now();
      const reaction = reactions.claim(occurrence);
      if (reaction) perReaction(reaction);
      return reaction !== undefined;
    },
    userTurn: (by) => {
      userTurns++;
      activeAt = stage.clock.now();
      const reaction = reactions.claim({ event: 'user_turn', by, nth: userTurns });
      if (!reaction) return;
      if (running) waiting = reaction;
      else newTurn(reaction);
    },
    bargeIn: () => {
      activeAt = stage.clock.now();
      if (stage.behaviour.bargeIn === false || running?.interruptible === false) return;
      const cutShort = (running !== undefined && stage.turn.output) || stage.calls.size > 0;
      running?.controller.abort();
      running = undefined;
      if (!cutShort) return;
      sendInterruption(stage);
      const reaction = reactions.claim({ event: 'interrupted' });
      if (reaction) void alongside(reaction.do);
    },
    start: () => {
      activeAt = stage.clock.now();
      const origin = activeAt;
      for (const reaction of reactions.timed('idle')) watchIdle(reaction);
      for (const reaction of reactions.timed('line_silent')) watchLine(reaction);
      for (const reaction of reactions.timed('elapsed')) {
        void at(origin + reaction.on.ms, () => {
          if (reactions.claimTimed(reaction)) void alongside(reaction.do);
        });
      }
    },
    callsSent: (calls) => {
      const origin = stage.clock.now();
      for (const reaction of reactions.timed('call_unanswered')) {
        void at(origin + reaction.on.ms, () => {
          const unanswered = calls.some((call) => stage.calls.has(call));
          const due = unanswered && (!reaction.on.afterInput || inputWhilePendingAt >= origin);
          if (due && reactions.claimTimed(reaction)) perReaction(reaction);
        });
      }
    },
    get userTurns() {
      return userTurns;
    },
  };
}

/** Events whose reactions are no turn of the model. */
const beside: ReadonlySet<Trigger['event']> = new Set([
  'setup',
  'ready',
  'interrupted',
  'client_content',
  'audio',
  'video',
]);
