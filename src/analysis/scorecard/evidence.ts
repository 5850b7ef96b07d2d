/** What each hypothesis is judged by: comparisons, diagnoses and peaks of age, before any verdict. Pure. */
import { lifetimes } from '../../conventions/lifetimes.ts';
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import { endsOutside, type Frame, type FramedSession } from '../risk/frame.ts';
import type { AgeBin, RiskTables } from '../risk/tables.ts';
import { highestPeak, type Peak, peakAt } from '../statistics/age-peak.ts';
import type { Proportion } from '../statistics/proportion.ts';
import { type Association, associate } from './associate.ts';
import { type Attributions, attributionsOf } from './attribution.ts';
import { type Burst, burstOf } from './bursts.ts';
import { callMessages, messageUnits } from './call-messages.ts';
import { context } from './context.ts';
import { type ContextFactors, contextSteps } from './context-steps.ts';
import { type Count, countsOf, endingOf } from './counts.ts';
import { displaced } from './displaced.ts';
import { limits } from './limits.ts';
import { type OpeningFactors, opening, openings } from './opening.ts';
import type { OverTime } from './over-time.ts';
import type { Unit } from './question.ts';
import { type Quiet, quietOf } from './quiet.ts';
import { recorded } from './recorded.ts';
import { isLikely } from './result.ts';
import type { JudgedHypothesis } from './scorecard.ts';
import { isUseTold, sharedUse } from './shared-use.ts';
import { tabulate } from './tabulate.ts';
import { toolCalls } from './tool-calls.ts';
import { lostAfterResponses, toolResponses } from './tool-responses.ts';
import { type Unanswered, unansweredOf, waitedFor } from './unanswered.ts';
import { type Associated, unionOf } from './union.ts';
import { callUnits, lostAfter, type ResponseFactors, responseUnits, type Setting } from './units.ts';

/** Ends at one age of the connection. */
export interface AgePeak {
  readonly hypothesis: JudgedHypothesis;
  readonly peak: Peak;
  /** Of the ends those that are put down to a fault of the service. */
  readonly generic: number;
  /** The age was looked for, and picked for its height. */
  readonly odd: boolean;
}

export interface ScorecardInput {
  readonly tables: RiskTables;
  readonly frame: Frame;
  /** Spans stand for others that were thinned away. */
  readonly sampled: boolean;
}

export interface Evidence {
  readonly attributions: Attributions;
  /** The same of the sessions that are compared: what is left over is left over there. */
  readonly compared: Attributions;
  readonly associations: readonly Association[];
  /** Unexpected ends that comparisons account for, whatever their own diagnoses say; `high` is the most that may. */
  readonly goesWithOthers: Proportion;
  /** The same, or as many as come soon after responses and not at other times, whether a comparison shows why or not. */
  readonly elsewhere: Proportion;
  readonly counts: readonly Count[];
  /** What came while nothing that is compared was at work. */
  readonly quiet: Quiet;
  readonly peaks: readonly AgePeak[];
  readonly burst: Burst | undefined;
  /** Ends that calls which nobody answered for long have to do with are no part of the comparisons. */
  readonly unanswered?: Unanswered;
  /** Unexpected ends of the sessions that are compared: what their shares are of. */
  readonly framed: number;
  /** That they are of all unexpected ends, 0 to 1: of a sample next to nothing. */
  readonly part: number;
  /** Tool responses were recorded of the sessions that sent some. */
  readonly hasResponses: boolean;
  /** The connects of all sessions are there: how many there are at a time is known. */
  readonly allConnects: boolean;
  /** The same of what they used: the service told the tokens of some turns, or there were no turns. */
  readonly allUse: boolean;
  readonly overTime: OverTime;
  /** What was at risk. */
  readonly units: {
    readonly responses: readonly Unit<ResponseFactors>[];
    readonly steps: readonly Unit<ContextFactors>[];
    readonly opened: readonly Unit<OpeningFactors>[];
  };
}

export function evidenceOf({ tables, frame, sampled }: ScorecardInput): Evidence {
  const outside = endsOutside(frame);
  const allConnects = outside === 0 && !sampled;
  const attributions = attributionsOf(tables.endings);
  const framed = frame.sessions.reduce((sum, { ending, weight }) => sum + (ending.expected ? 0 : weight), 0);
  // Of unexpected ends alone all are there: what they are compared with has to be of the same sessions.
  const overTime = outside > 0 ? recorded(frame) : tables;
  const burst = burstOf(overTime);
  const outage = burst?.outage;
  const steps = contextSteps(frame, outage);
  const ofContext = associate(steps, context, framed);
  const unanswered = unansweredOf(frame);
  const setting: Setting = { outage, explained: explainedBy(ofContext, limits.sure, unanswered) };
  const peaks = peaksOf(tables.ages);
  const responses = responseUnits(frame, setting);
  const opened = openings(frame, setting, allConnects);
  const ofResponses = toolResponses(frame);
  const table = tabulate(responses, ofResponses.groupings, ofResponses.family);
  const associations = [
    ...associate(responses, ofResponses, framed, table),
    // The same responses: they differ in which ends count.
    ...associate(lostAfter(frame, responses, setting), lostAfterResponses(frame), framed, table),
    ...associate(callUnits(frame, setting), toolCalls(frame, responses), framed),
    ...associate(messageUnits(frame, setting), callMessages, framed),
    ...associate(opened, opening(opened, frame), framed),
    ...(allConnects ? displaced(frame, setting) : []).flatMap(({ units, inquiry }) =>
      associate(units, inquiry, framed),
    ),
    ...(allConnects ? sharedUse(frame, setting) : []).flatMap(({ units, inquiry }) =>
      inquiry.questions.length > 0 ? associate(units, inquiry, framed) : [],
    ),
    ...ofContext,
  ];
  const compared = outside > 0 ? attributionsOf(frame.sessions.map(endingOf)) : attributions;
  const others = goesWithOthers(
    associations.filter(({ ends }) => ends !== 'lost'),
    compared.closures,
    framed,
  );
  const ofAges = atAges(peaks, compared.closures / Math.max(1, attributions.closures));
  const lost = lostToOthers(associations, attributions.closures, framed);
  const quiet = quietOf(frame, {
    outage,
    explained: explainedBy(ofContext, limits.possible, unanswered),
    isOdd: (age) => peaks.some(({ peak }) => peak.p < limits.possible && age >= peak.from && age < peak.to),
    byLoad: mostByLoad(associations),
    reach: reachOf(associations),
  });
  const elsewhere = larger(
    plus(others, ofAges),
    quiet.beyond,
    compared.closures / Math.max(1, attributions.closures),
  );
  return {
    attributions,
    compared,
    associations,
    goesWithOthers: others,
    elsewhere,
    counts: countsOf({ all: attributions, compared, elsewhere, lost, frame, outage, quiet }),
    quiet,
    peaks,
    burst,
    ...(unanswered && { unanswered }),
    framed,
    part: sampled || frame.thinned ? 0 : framed / Math.max(1, framed + outside),
    hasResponses: responses.length > 0 || frame.sessions.every(({ responsesSent }) => responsesSent === 0),
    allConnects,
    allUse: allConnects && isUseTold(frame),
    overTime,
    units: { responses, steps, opened },
  };
}

/** Of each of the two the larger number; `scale` of the second. */
function larger(a: Proportion, b: Proportion, scale: number): Proportion {
  return {
    value: Math.max(a.value, scale * b.value),
    low: Math.max(a.low, scale * b.low),
    high: Math.max(a.high, scale * b.high),
  };
}

/** By a full context, or by a call that nobody has answered for long. */
function explainedBy(
  ofContext: readonly Association[],
  level: number,
  unanswered: Unanswered | undefined,
): (session: FramedSession) => boolean {
  const [found] = ofContext;
  const full =
    found?.result !== undefined && found.result.p < level && found.result.sizeable
      ? (found.threshold?.from ?? Number.POSITIVE_INFINITY)
      : Number.POSITIVE_INFINITY;
  const waited = unanswered === undefined ? () => false : waitedFor(unanswered);
  return (session) => session.tokens >= full || waited(session);
}

/** Seconds after a response up to which an exposure of its own shows something, or may do so. */
function reachOf(associations: readonly Association[]): number {
  return associations
    .filter(
      ({ unit, hypothesis, ends, result }) =>
        unit === 'tool_response' &&
        hypothesis !== 'rate_limit' &&
        ends !== 'lost' &&
        result &&
        isLikely(result),
    )
    .reduce((most, { window = 0 }) => Math.max(most, window), 0);
}

/** Of ends at any time those that many connects, sessions or turns may have to do with. */
function mostByLoad(associations: readonly Association[]): number {
  return associations
    .filter(({ unit, result }) => result && result.p < (ofLoad[unit] ?? 0))
    .reduce((most, { result }) => Math.max(most, result?.excess.high ?? 0), 0);
}

/** p from which on. Turns come at all times, and what is merely possible of them says little. */
const ofLoad: Partial<Readonly<Record<Association['unit'], number>>> = {
  expected_end: limits.possible,
  session: limits.possible,
  turn: limits.likely,
};

/**
 * Ends that go with an exposure although their own diagnosis does not say so. "Internal error" is what a diagnosis says
 * when nothing else is seen in the one session, so they are taken from there: those that likely comparisons account for,
 * and at most what one that is merely possible may account for as well.
 */
function goesWithOthers(associations: readonly Association[], closures: number, framed: number): Proportion {
  const some = associations.filter(
    (one): one is Associated => one.result !== undefined && isLikely(one.result, limits.likely),
  );
  const union = unionOf(some, framed);
  const open = Math.max(
    0,
    ...associations
      .filter(
        ({ result }) => result && !result.contradicted && (result.p >= limits.likely || !result.sizeable),
      )
      .map(({ most }) => most),
  );
  // The frame stands for all.
  const scale = framed > 0 ? closures / framed : 0;
  return { value: union.value * scale, low: union.low * scale, high: (union.high + open) * scale };
}

/** Lost connections that what was sent has to do with: of the connection are the others. */
function lostToOthers(associations: readonly Association[], closures: number, framed: number): Proportion {
  const some = associations.filter(
    (one): one is Associated =>
      one.ends === 'lost' && one.result !== undefined && isLikely(one.result, limits.likely),
  );
  const { value, low, high } = unionOf(some, framed);
  const scale = framed > 0 ? closures / framed : 0;
  return { value: value * scale, low: low * scale, high: high * scale };
}

const knownPeaks = [lifetimes.idle.peak, lifetimes.tenMinutes.peak] as const;
const search = { from: 20, to: 900, width: 4, except: knownPeaks } as const;

/** Diagnoses that leave open what an age may have to do with it. */
const openLabels: readonly Hypothesis[] = ['not_established', 'internal_error', 'connection', 'lifetime'];

function peaksOf(ages: readonly AgeBin[]): readonly AgePeak[] {
  const bins = ages.map(({ from, to, expected, unexpected }) => ({
    from,
    to,
    events: openLabels.reduce((sum, label) => sum + (unexpected[label] ?? 0), 0),
    ends: expected + Object.values(unexpected).reduce((sum, count) => sum + count, 0),
  }));
  const putDown = (label: Hypothesis, { from, to }: Peak): number =>
    ages
      .filter((bin) => bin.from >= from && bin.to <= to)
      .reduce((sum, { unexpected }) => sum + (unexpected[label] ?? 0), 0);
  const generic = (peak: Peak): number => putDown('internal_error', peak);
  const odd = highestPeak(bins, search);
  return [
    ...knownPeaks.map(({ from, to }): AgePeak => {
      const peak = peakAt(bins, from, to);
      return { hypothesis: 'lifetime', peak, generic: generic(peak), odd: false };
    }),
    ...(odd
      ? [
          {
            // What stands between cuts the connection, or says so with a code of its own; the service ends it in its own words.
            hypothesis: 2 * putDown('connection', odd) >= odd.events ? 'connection' : 'lifetime',
            peak: odd,
            generic: generic(odd),
            odd: true,
          } as const,
        ]
      : []),
  ];
}

/** Ends put down to the service that come at one age, beyond those that the ages around let expect. `scale`: to those that are compared. */
function atAges(peaks: readonly AgePeak[], scale: number): Proportion {
  const beyond = (level: number): number =>
    peaks
      .filter(({ peak }) => peak.p < level)
      .reduce(
        (sum, { generic, peak: { events, expected } }) =>
          sum + scale * Math.max(0, generic - (expected * generic) / Math.max(1, events)),
        0,
      );
  const [likely, possible] = [beyond(limits.likely), beyond(limits.possible)];
  return { value: likely, low: likely, high: possible };
}

function plus(a: Proportion, b: Proportion): Proportion {
  return { value: a.value + b.value, low: a.low + b.low, high: a.high + b.high };
}
