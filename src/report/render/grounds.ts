/** What a diagnosis rests on, in so few lines that it is read. Pure. */
import type { LiveAttributes } from '../../conventions/attributes.ts';

export interface Grounds {
  readonly for: readonly string[];
  readonly against: readonly string[];
  readonly context: readonly string[];
}

/**
 * At most `most` sentences: what speaks for the cause first, one place kept for what speaks against it, and what else was
 * measured in the room that is left. Earlier telemetry has the first and the last in one list: it is read as the first.
 */
export function groundsOf(attributes: LiveAttributes, most: number): Grounds {
  const against = attributes['gemini.live.closure.against'] ?? [];
  const speakFor = (attributes['gemini.live.closure.evidence'] ?? []).slice(
    0,
    Math.max(0, most - Math.min(1, against.length)),
  );
  const rest = most - speakFor.length;
  return {
    for: speakFor,
    against: against.slice(0, rest),
    context: (attributes['gemini.live.closure.context'] ?? []).slice(0, Math.max(0, rest - against.length)),
  };
}
