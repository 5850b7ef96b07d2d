import type { CredentialKind, Phase } from '../conventions/vocabulary.ts';
import { liveModel } from '../models/lookup.ts';
import type { LiveModel } from '../models/model.ts';
import type { ReceivedFrame, ResumptionSummary, SentFrame, SetupSummary } from '../protocol/frame.ts';
import type { ErrorSummary } from './events.ts';
import type { SessionFact } from './facts.ts';
import type { Closure } from './model.ts';
import type { SessionState } from './state.ts';

/** How far the session has come and what limits its life: setup, goAway, resumption, idleness. */
export interface Lifetime {
  opened: boolean;
  setup?: SetupSummary;
  /** What is known of the model that the setup names. */
  model?: LiveModel;
  setupSent: boolean;
  setupBytes?: number;
  credential?: CredentialKind;
  setupCompletedAt?: number;
  goAwayAt?: number;
  goAwayTimeLeftMs?: number | undefined;
  /** When the last handle that can be resumed from came. */
  handleAt?: number;
  /** Last sign of the user other than audio bytes. */
  userActivityAt?: number;
  closeCalled: boolean;
  sendErrors: number;
  error?: ErrorSummary;
}

export function createLifetime(): Lifetime {
  return { opened: false, setupSent: false, closeCalled: false, sendErrors: 0 };
}

export function phase({ lifetime }: SessionState): Phase {
  if (lifetime.goAwayAt !== undefined) return 'after_go_away';
  if (lifetime.setupCompletedAt !== undefined) return 'active';
  return lifetime.opened ? 'setup' : 'handshake';
}

/** The first setup is the session's; a second one is an input mistake. */
export function sendSetup(
  { lifetime, input }: SessionState,
  { setup, bytes }: SentFrame,
  now: number,
  facts: SessionFact[],
): void {
  if (lifetime.setupSent) {
    input.facts.setupSentTwice = true;
    return;
  }
  lifetime.setupSent = true;
  lifetime.setupBytes = bytes;
  if (setup === undefined) return;
  lifetime.setup = setup;
  if (setup.model !== undefined) lifetime.model = liveModel(setup.model);
  facts.push({ type: 'setup_sent', at: now, setup, bytes });
}

export function completeSetup(
  { lifetime }: SessionState,
  { sessionId }: NonNullable<ReceivedFrame['setupComplete']>,
  now: number,
  facts: SessionFact[],
): void {
  if (lifetime.setupCompletedAt !== undefined) return;
  lifetime.setupCompletedAt = now;
  facts.push({ type: 'setup_completed', at: now, ...(sessionId !== undefined && { sessionId }) });
}

/** A later goAway replaces an earlier one: it knows the deadline better. */
export function receiveGoAway(
  { lifetime }: SessionState,
  { timeLeftMs }: NonNullable<ReceivedFrame['goAway']>,
  now: number,
  facts: SessionFact[],
): void {
  lifetime.goAwayAt = now;
  lifetime.goAwayTimeLeftMs = timeLeftMs;
  facts.push({ type: 'go_away', at: now, ...(timeLeftMs !== undefined && { timeLeftMs }) });
}

/** While the model generates or calls tools no handle is given: the last one stays good. */
export function updateResumption(
  { lifetime }: SessionState,
  resumption: ResumptionSummary,
  now: number,
  facts: SessionFact[],
): void {
  if (resumption.resumable && resumption.handleHash !== undefined) lifetime.handleAt = now;
  facts.push({ type: 'resumption_updated', at: now, resumption });
}

export function noteUserActivity(state: SessionState, now: number): void {
  state.lifetime.userActivityAt = now;
}

export function isResumed({ setup }: Lifetime, { resumedHandleAt }: SessionState['options']): boolean {
  return setup?.handleHash !== undefined || resumedHandleAt !== undefined;
}

export function goAwayAtEnd({ lifetime }: SessionState, now: number): Pick<Closure, 'goAway'> {
  const { goAwayAt, goAwayTimeLeftMs } = lifetime;
  if (goAwayAt === undefined) return {};
  const agoMs = now - goAwayAt;
  if (goAwayTimeLeftMs === undefined) return { goAway: { agoMs, deadlinePassed: false } };
  return { goAway: { agoMs, timeLeftMs: goAwayTimeLeftMs, deadlinePassed: agoMs >= goAwayTimeLeftMs } };
}

/** The handle a session was resumed from proved good once the setup completed, and stays at hand until a newer comes. */
export function resumptionAtEnd({ lifetime, options }: SessionState, now: number): Closure['resumption'] {
  const resumed = isResumed(lifetime, options);
  const handleAt = lifetime.handleAt ?? options.resumedHandleAt;
  return {
    resumed,
    requested: lifetime.setup?.resumption ?? false,
    handleAvailable: lifetime.handleAt !== undefined || (resumed && lifetime.setupCompletedAt !== undefined),
    ...(handleAt !== undefined && { handleAgeMs: now - handleAt }),
  };
}
