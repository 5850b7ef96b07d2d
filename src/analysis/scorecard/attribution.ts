/** What the closures' own diagnoses say, counted. Pure. */

import type { Hypothesis } from '../../conventions/vocabulary.ts';
import { causeById } from '../../diagnosis/catalogue/catalogue.ts';
import type { Ending, EndingCell } from '../risk/tables.ts';
import { alsoNamed, isProof } from './proof.ts';
import { type JudgedHypothesis, judged } from './scorecard.ts';

export interface Attribution {
  /** Unexpected ends whose diagnosis names the hypothesis. */
  readonly named: number;
  /** Of these, those that the end itself shows. */
  readonly proven: number;
  /** Of these, those inferred from what no table of what was at risk can check. */
  readonly inferred: number;
  /** Put down to another one, and named by the text as well. */
  readonly also: number;
}

export interface Attributions {
  readonly sessions: number;
  /** Unexpected ends. */
  readonly closures: number;
  readonly by: Readonly<Record<JudgedHypothesis, Attribution>>;
  /** Ends by the service that nothing was established of. */
  readonly unexplainedByService: number;
  /** Ends that say nothing of their cause by themselves, and those of them before the setup was complete. */
  readonly open: number;
  readonly openInSetup: number;
}

export function attributionsOf(endings: readonly EndingCell[]): Attributions {
  const by = Object.fromEntries(
    judged.map((hypothesis) => [hypothesis, { named: 0, proven: 0, inferred: 0, also: 0 }]),
  ) as Record<JudgedHypothesis, { -readonly [Key in keyof Attribution]: number }>;
  let sessions = 0;
  let closures = 0;
  let unexplainedByService = 0;
  let open = 0;
  let openInSetup = 0;
  for (const { ending, sessions: count } of endings) {
    sessions += count;
    if (ending.expected) continue;
    closures += count;
    if (isOpen(ending)) {
      open += count;
      if (ending.phase === 'setup' || ending.phase === 'handshake') openInSetup += count;
    }
    if (!isJudged(ending.hypothesis)) {
      if (ending.initiator === 'server') unexplainedByService += count;
      continue;
    }
    const tally = by[ending.hypothesis];
    tally.named += count;
    for (const other of alsoNamed(ending)) if (isJudged(other)) by[other].also += count;
    if (isProof(ending)) tally.proven += count;
    else if (!isMeasured(ending)) tally.inferred += count;
  }
  return { sessions, closures, by, unexplainedByService, open, openInSetup };
}

/**
 * Whether the comparisons can tell if it is so. Such a diagnosis only repeats that the
 * exposure was there: whether it matters, the comparison says.
 */
function isMeasured({ hypothesis, cause }: Ending): boolean {
  switch (hypothesis) {
    case 'payload_size':
    case 'tool_call_id':
    case 'concurrency':
    case 'rate_limit':
      return true;
    case 'encoding':
      return causeById(cause)?.category === 'tools';
    default:
      return false;
  }
}

/** An end that says nothing of its cause by itself: what an exposure may have to do with. */
export function isOpen(ending: Ending): boolean {
  return !ending.expected && ending.initiator === 'server' && !isProof(ending);
}

/**
 * The connection was gone without a close frame once the session was active: of the network, or of what stands between and
 * did not bear what was sent.
 */
export function isLost({ expected, initiator, phase }: Ending): boolean {
  return !expected && initiator === 'network' && phase !== 'handshake' && phase !== 'setup';
}

function isJudged(hypothesis: Hypothesis): hypothesis is JudgedHypothesis {
  return hypothesis !== 'not_established';
}
