import type { Random } from './random.ts';
import type { Reaction, Script, Trigger, TurnSource } from './script.ts';

/** Something that happened in a session and that a script can react to at once. */
export type Occurrence =
  | { readonly event: 'setup' | 'ready' | 'input_while_call_pending' | 'interrupted' }
  | { readonly event: 'user_turn'; readonly by: TurnSource; readonly nth: number }
  | { readonly event: 'tool_response'; readonly tools: readonly string[]; readonly bytes: number };

type TimedEvent = 'call_unanswered' | 'elapsed' | 'idle';
export type TimedReaction = Reaction & { readonly on: Extract<Trigger, { event: TimedEvent }> };

/** The reactions of a script in one session: which of them runs, and how often each still may. */
export interface Reactions {
  has(event: Trigger['event']): boolean;
  /** The first reaction that matches and whose probability holds. */
  claim(occurrence: Occurrence): Reaction | undefined;
  timed(event: TimedEvent): readonly TimedReaction[];
  /** Whether a timed reaction may run now. */
  claimTimed(reaction: TimedReaction): boolean;
}

export function createReactions(script: Script, random: Random): Reactions {
  const runs = new Map<Reaction, number>();
  const claimOne = (reaction: Reaction): boolean => {
    const done = runs.get(reaction) ?? 0;
    if (reaction.times !== undefined && done >= reaction.times) return false;
    if (reaction.probability !== undefined && random.next() >= reaction.probability) return false;
    runs.set(reaction, done + 1);
    return true;
  };
  return {
    has: (event) => script.reactions.some((reaction) => reaction.on.event === event),
    claim: (occurrence) =>
      script.reactions.find((reaction) => matches(reaction.on, occurrence) && claimOne(reaction)),
    timed: (event) =>
      script.reactions.filter((reaction): reaction is TimedReaction => reaction.on.event === event),
    claimTimed: claimOne,
  };
}

function matches(trigger: Trigger, occurrence: Occurrence): boolean {
  if (trigger.event === 'user_turn' && occurrence.event === 'user_turn') {
    return (
      (trigger.by ?? occurrence.by) === occurrence.by && (trigger.nth ?? occurrence.nth) === occurrence.nth
    );
  }
  if (trigger.event === 'tool_response' && occurrence.event === 'tool_response') {
    const tool = trigger.tool === undefined || occurrence.tools.includes(trigger.tool);
    return tool && occurrence.bytes >= (trigger.minBytes ?? 0);
  }
  return trigger.event === occurrence.event;
}
