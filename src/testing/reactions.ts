import type { Random } from './random.ts';
import type { Reaction, Script, Trigger, TurnSource } from './script.ts';

/** Something that happened in a session and that a script can react to at once. */
export type Occurrence =
  | { readonly event: 'ready' | 'input_while_call_pending' | 'interrupted' }
  | {
      readonly event: 'setup';
      readonly earlierOpen: boolean;
      /** Since the service ended an active session; infinite where it never did. */
      readonly sinceFailureMs: number;
    }
  | { readonly event: 'client_content'; readonly afterAudio: boolean }
  | { readonly event: 'audio' | 'video'; readonly nth: number }
  | { readonly event: 'user_turn'; readonly by: TurnSource; readonly nth: number }
  | {
      readonly event: 'tool_response';
      readonly tools: readonly string[];
      readonly bytes: number;
      readonly scheduling: boolean;
    };

type TimedEvent = 'call_unanswered' | 'elapsed' | 'idle' | 'line_silent';
export type TimedReaction<Event extends TimedEvent = TimedEvent> = Reaction & {
  readonly on: Extract<Trigger, { event: Event }>;
};

/** The reactions of a script in one session: which of them runs, and how often each still may. */
export interface Reactions {
  has(event: Trigger['event']): boolean;
  /** The first reaction that matches and whose probability holds. */
  claim(occurrence: Occurrence): Reaction | undefined;
  timed<Event extends TimedEvent>(event: Event): readonly TimedReaction<Event>[];
  /** Whether a timed reaction may run now. */
  claimTimed(reaction: TimedReaction): boolean;
}

export function createReactions(script: Script, random: Random, resumed: boolean): Reactions {
  const reactions = script.reactions.filter((reaction) => (reaction.resumed ?? resumed) === resumed);
  const runs = new Map<Reaction, number>();
  const claimOne = (reaction: Reaction): boolean => {
    const done = runs.get(reaction) ?? 0;
    if (reaction.times !== undefined && done >= reaction.times) return false;
    if (reaction.probability !== undefined && random.next() >= reaction.probability) return false;
    runs.set(reaction, done + 1);
    return true;
  };
  return {
    has: (event) => reactions.some((reaction) => reaction.on.event === event),
    claim: (occurrence) =>
      reactions.find((reaction) => matches(reaction.on, occurrence) && claimOne(reaction)),
    timed: <Event extends TimedEvent>(event: Event) =>
      reactions.filter((reaction): reaction is TimedReaction<Event> => reaction.on.event === event),
    claimTimed: claimOne,
  };
}

function matches(on: Trigger, occurrence: Occurrence): boolean {
  switch (occurrence.event) {
    case 'setup':
      return (
        on.event === 'setup' &&
        fits(on.earlierOpen, occurrence.earlierOpen) &&
        occurrence.sinceFailureMs <= (on.withinMsOfFailure ?? Number.POSITIVE_INFINITY)
      );
    case 'user_turn':
      return on.event === 'user_turn' && fits(on.by, occurrence.by) && fits(on.nth, occurrence.nth);
    case 'client_content':
      return on.event === 'client_content' && fits(on.afterAudio, occurrence.afterAudio);
    case 'audio':
    case 'video':
      return on.event === occurrence.event && fits(on.nth, occurrence.nth);
    case 'tool_response':
      return (
        on.event === 'tool_response' &&
        (on.tool === undefined || occurrence.tools.includes(on.tool)) &&
        occurrence.bytes >= (on.minBytes ?? 0) &&
        fits(on.scheduling, occurrence.scheduling)
      );
    default:
      return on.event === occurrence.event;
  }
}

/** What a trigger does not say is free. */
function fits<Value>(wanted: Value | undefined, value: Value): boolean {
  return wanted === undefined || wanted === value;
}
