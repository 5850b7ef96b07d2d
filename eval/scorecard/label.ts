/**
 * What the diagnosis of a closure says, right and wrong. It sees one session: after a large response it says "payload",
 * with input while a call was pending "concurrency", whether that was the reason or not; of many ends it says nothing.
 */
import { sizes } from '../../src/conventions/limits.ts';
import type { Hypothesis } from '../../src/conventions/vocabulary.ts';
import type { Draws } from './draws.ts';
import type { Plant } from './population.ts';

/** What was to be seen when it ended. */
export interface Seen {
  /** Of a response within the last 2 s. */
  readonly responseBytes?: number;
  readonly badId?: boolean;
  /** A call was pending, and input had been sent. */
  readonly race?: boolean;
}

export interface Label {
  readonly code: number;
  readonly initiator: string;
  readonly cause: string;
  readonly hypothesis: Hypothesis;
  readonly confidence: string;
}

export type Reason = Plant | 'background' | 'service';

export function label(reason: Reason, seen: Seen, mislabelled: number, draws: Draws): Label {
  if (draws.chance(mislabelled)) return wrong(draws);
  if (reason === 'background') return draws.chance(0.3) ? generic(seen, draws, 0) : unexplained;
  if (reason === 'service') return generic(seen, draws, 0.9);
  switch (reason.hypothesis) {
    case 'payload_size':
      return draws.chance(0.1)
        ? server(1007, 'tool-response-context-overflow-1007', 'payload_size', 'high')
        : generic(seen, draws, 0.8);
    case 'encoding':
      return draws.chance(0.3)
        ? server(1007, 'tool-response-wrong-shape-1007', 'encoding', 'high')
        : generic(seen, draws, 0.6);
    case 'tool_call_id':
      return server(
        1008,
        'tool-response-1008-not-found',
        draws.chance(0.5) ? 'tool_call_id' : 'internal_error',
        'medium',
      );
    case 'concurrency':
      return reason.open === undefined
        ? server(1008, 'tool-pending-realtime-input-1008', 'concurrency', 'medium')
        : generic(seen, draws, 0.5);
    case 'internal_error':
      return draws.chance(0.15)
        ? server(1011, 'service-unavailable-1011', 'internal_error', 'high')
        : generic(seen, draws, 0.95);
    case 'rate_limit':
      return reason.text
        ? server(1011, 'quota-exceeded-1011', 'rate_limit', 'high')
        : generic(seen, draws, 0.5);
    case 'connection':
      return reason.frame
        ? unexplained
        : {
            code: 1006,
            initiator: 'network',
            cause: 'abnormal-1006',
            hypothesis: 'connection',
            confidence: 'medium',
          };
  }
}

/** A text that says nothing: the diagnosis goes by what it sees, else by the code, if it knows it. */
function generic(seen: Seen, draws: Draws, known: number): Label {
  if (seen.badId) return server(1008, 'tool-response-after-reconnect-orphan', 'tool_call_id', 'low');
  if ((seen.responseBytes ?? 0) >= sizes.large)
    return server(1011, 'tool-response-large-1011', 'payload_size', 'medium');
  if (seen.race) return server(1011, 'tool-pending-realtime-input-1011', 'concurrency', 'low');
  if (!draws.chance(known)) return unexplained;
  return seen.responseBytes === undefined
    ? server(1011, 'internal-generic-1011', 'internal_error', 'medium')
    : server(1011, 'tool-response-1011-internal', 'internal_error', 'medium');
}

const unexplained: Label = {
  code: 1008,
  initiator: 'server',
  cause: 'unknown',
  hypothesis: 'not_established',
  confidence: 'none',
};

function wrong(draws: Draws): Label {
  return draws.pick<Label>([
    [unexplained, 8],
    [server(1011, 'internal-generic-1011', 'internal_error', 'low'), 4],
    [server(1007, 'context-exhausted-1007', 'context', 'low'), 2],
    [server(1008, 'unimplemented-generic-1008', 'internal_error', 'low'), 2],
    [server(1007, 'client-content-3x-1007', 'encoding', 'low'), 1],
    [server(1007, 'early-close-invalid-argument-1007', 'setup', 'low'), 1],
    [server(1011, 'lifetime-1011-internal-10min', 'lifetime', 'low'), 1],
    [server(1011, 'tool-response-large-1011', 'payload_size', 'low'), 1],
    [server(1008, 'tool-pending-realtime-input-1008', 'concurrency', 'low'), 1],
    [server(1011, 'resource-exhausted-1011', 'rate_limit', 'high'), 0.5],
    [server(1008, 'auth-invalid-1008', 'credentials', 'high'), 0.5],
    [server(1001, 'own-relay-code', 'connection', 'medium'), 0.5],
  ]);
}

function server(code: number, cause: string, hypothesis: Hypothesis, confidence: string): Label {
  return { code, initiator: 'server', cause, hypothesis, confidence };
}
