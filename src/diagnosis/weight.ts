import type { Cause } from './cause.ts';
import type { SignalId } from './signals/signals.ts';

/** What sessions that go well show as well: it helps to choose between causes, and establishes none by itself. */
const ordinary: ReadonlySet<SignalId> = new Set<SignalId>([
  'active',
  'tool_response_ids_matched',
  'function_declarations',
  'no_go_away',
  'compression_configured',
  'no_compression',
  'last_sent_audio',
  'manual_activity_detection',
  'model_2_5_native_audio',
  'model_3',
  'model_3_1',
  'voice_set',
  'thinking_configured',
  'transcription_configured',
  'resumed',
  'not_resumed',
  'vertex',
  'gemini',
  'api_key',
  'oauth_token',
  'no_tool_activity',
  'only_session',
  'client_regular',
]);
/** What an ordinary signal tells, as a share of what another would. */
const ordinaryShare = 0.25;

/**
 * How much each signal tells: 1 where one cause of the catalogue names it as required or supporting, 0 where all do, in
 * between by the logarithm of their number; of ordinary ones a share of that.
 */
export function weigh(catalogue: readonly Cause[]): ReadonlyMap<SignalId, number> {
  const named = new Map<SignalId, number>();
  for (const cause of catalogue) {
    for (const signal of new Set([...requirements(cause), ...cause.supports])) {
      named.set(signal, (named.get(signal) ?? 0) + 1);
    }
  }
  // Those that go by words name no signals.
  const naming = catalogue.filter(({ wording }) => wording === undefined).length;
  const all = Math.log(Math.max(2, naming));
  return new Map(
    [...named].map(([signal, times]) => [
      signal,
      (1 - Math.log(times) / all) * (ordinary.has(signal) ? ordinaryShare : 1),
    ]),
  );
}

export function isOrdinary(signal: SignalId): boolean {
  return ordinary.has(signal);
}

/** Signals that have to be seen, those of which one suffices included. */
export function requirements(cause: Cause): readonly SignalId[] {
  return [...cause.requires, ...(cause.requiresOneOf ?? [])];
}
