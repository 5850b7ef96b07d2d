/**
 * The end of the user's part: since when the model owes an answer, as well as that is known. Text, content and marks of
 * the application say it outright; of speech, the service's voice activity and transcriptions do.
 */
import type { UserPartEnd } from '../conventions/vocabulary.ts';
import { settleMs, type Turn } from './model.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';

/**
 * Speech that goes on within this time is still the same part; after it the model had its time to answer, and
 * what the user says next is "are you there?".
 */
const pauseMs = 4_000;
/** After a pause of this length the service takes the user's turn for over. */
const turnPauseMs = 1_500;
/** The user spoke and paused so often, and nothing came: somebody who tells a story pauses less. */
const vainPauses = 5;
/** How long after the service said that it waits for the user what is transcribed may still be from before. */
const waitingMs = 2_000;
/** How long after a turn what is transcribed may still be what it answered. */
const lateMs = 500;
/** Audio frames as loud as speech before a mark that the microphone was shut says that something was said. */
const spokenFrames = 3;

export interface UserPart {
  /** When it ended and was not answered since; {@link never} otherwise. */
  endedAt: number;
  by: UserPartEnd | undefined;
  /** The first and the last sign of speech that was not answered since, and the pauses between them. */
  firstHeardAt: number;
  heardAt: number;
  pauses: number;
  /** What is said now belongs to the part that waits for its answer, and puts its end off. */
  goesOn: boolean;
  /** Audio frames as loud as speech since the last answer. */
  loudFrames: number;
  /** The service showed speech since the last answer. */
  heard: boolean;
  /** The service cancelled calls that the model waited for, and has sent nothing since. */
  workCancelled: boolean;
  /** The last output of the model that could be heard or read. */
  answeredAt: number;
  /** The last audio of the model was all zeros. */
  silentAudio: boolean;
}

export function createUserPart(): UserPart {
  return {
    endedAt: never,
    by: undefined,
    firstHeardAt: never,
    heardAt: -never,
    pauses: 0,
    goesOn: true,
    loudFrames: 0,
    heard: false,
    workCancelled: false,
    answeredAt: -never,
    silentAudio: false,
  };
}

const speech: ReadonlySet<UserPartEnd> = new Set<UserPartEnd>([
  'activity_end',
  'audio_stream_end',
  'server_vad',
  'input_transcription',
  'interruption',
]);

/** Since when an answer is owed; `undefined` where none is, or the model may choose to give none. */
export function answerOwedSince(state: SessionState): number | undefined {
  const { endedAt, by } = state.userPart;
  return endedAt === never || by === undefined || (speech.has(by) && mayStaySilent(state))
    ? undefined
    : endedAt;
}

/** Since when the user has been speaking and pausing, and nothing came of the model. */
export function spokenInVainSince(state: SessionState): number | undefined {
  const { firstHeardAt, pauses } = state.userPart;
  return pauses < vainPauses || mayStaySilent(state) ? undefined : firstHeardAt;
}

/** The model may choose not to answer what it hears, or only writes it down. */
function mayStaySilent({ lifetime }: SessionState): boolean {
  const family = lifetime.model?.family;
  return (
    lifetime.setup?.proactiveAudio === true ||
    family?.proactiveAudio === 'always' ||
    family?.kind === 'transcription'
  );
}

/** Text or content that asks for an answer. What is repeated puts the answer off no further. */
export function endWritten(state: SessionState, by: 'client_content' | 'text', now: number): void {
  const { userPart } = state;
  noteChange(state);
  // What a tool gave may be told in words: the call of an earlier connection is settled.
  state.tools.earlier = [];
  if (isStalled(state) || answerOwedSince(state) !== undefined) return;
  userPart.endedAt = now;
  userPart.by = by;
}

/** The user begins to speak: what was said before a short pause is not over. */
export function beginSpeech(state: SessionState, now: number): void {
  const { userPart } = state;
  noteSpeech(state, now);
  if (userPart.goesOn && isSpeech(userPart) && !isStalled(state)) userPart.endedAt = never;
}

/** A sign that the user spoke until now. What is said after a pause does not put the answer off. */
export function endSpoken(
  state: SessionState,
  by: 'activity_end' | 'audio_stream_end' | 'server_vad' | 'input_transcription' | 'interruption',
  now: number,
): void {
  const { userPart } = state;
  noteSpeech(state, now);
  if (isStalled(state)) return;
  if (userPart.endedAt !== never && !mayMove(userPart, by)) return;
  userPart.endedAt = now;
  userPart.by = by;
}

/** What is owed already begins later only where the same speech goes on, or was no more than an interruption. */
function mayMove(userPart: UserPart, by: UserPartEnd): boolean {
  if (!isSpeech(userPart)) return false;
  if (userPart.by === 'interruption') return true;
  // A transcription may come behind the mark that the speech had ended.
  return userPart.goesOn && (isMark(by) || !isMark(userPart.by));
}

function noteSpeech(state: SessionState, now: number): void {
  const { userPart } = state;
  noteChange(state);
  if (userPart.firstHeardAt === never) userPart.firstHeardAt = now;
  else if (now - userPart.heardAt >= turnPauseMs) userPart.pauses += 1;
  if (now - userPart.heardAt >= pauseMs) userPart.goesOn = userPart.endedAt === never || mayStaySilent(state);
  userPart.heard = true;
  userPart.heardAt = now;
}

/** The microphone is loud: where nothing but an interruption says that the user spoke, the user speaks on. */
export function speakOn({ userPart }: SessionState, now: number): void {
  const { by, endedAt } = userPart;
  if (by !== 'interruption' || endedAt === never || now - endedAt >= pauseMs) return;
  userPart.endedAt = now;
  userPart.heardAt = now;
}

function noteChange({ stalls }: SessionState): void {
  stalls.changed = true;
  stalls.waitingSince = never;
}

/** The silence was told of: nothing but an answer ends it. */
function isStalled({ stalls }: SessionState): boolean {
  return stalls.open?.kind === 'turn_unanswered';
}

/** The microphone was shut: something was said where the service heard it, or where it was loud. */
export function endStream(state: SessionState, now: number): void {
  const { userPart, lifetime } = state;
  if (lifetime.model?.family?.audioStreamEndEndsTurn === false) return;
  if (userPart.heard || userPart.loudFrames >= spokenFrames) endSpoken(state, 'audio_stream_end', now);
}

/** The model answered, or ended its turn. */
export function noteAnswer({ userPart, stalls }: SessionState, now: number): void {
  userPart.answeredAt = now;
  userPart.workCancelled = false;
  userPart.firstHeardAt = never;
  userPart.pauses = 0;
  userPart.goesOn = true;
  userPart.loudFrames = 0;
  userPart.heard = false;
  if (userPart.endedAt === never) return;
  userPart.endedAt = never;
  userPart.by = undefined;
  stalls.changed = true;
}

/**
 * Transcription comes in no guaranteed order: the rest of it may follow the answer. A turn of nothing but zeros
 * answers nothing, and one that a translation never ends is over when it can be heard no more.
 */
export function isLateTranscription(state: SessionState, now: number): boolean {
  const { turns, userPart, stalls, tools } = state;
  if (stalls.waitingSince !== never && now - stalls.waitingSince < waitingMs) return true;
  // The user speaks into the work of a tool, or has ended it.
  const works = tools.pending.some(({ call }) => !call.nonBlocking && now - call.receivedAt >= settleMs);
  if (works || userPart.workCancelled) return false;
  if (turns.open !== undefined && isAnswer(turns.open)) {
    return !userPart.silentAudio || now - userPart.answeredAt < settleMs;
  }
  return turns.ended?.endedAt !== undefined && now - turns.ended.endedAt < lateMs;
}

/** Something in the turn could be heard or read, or was done: it is not audio of zeros alone. */
export function isAnswer(turn: Turn): boolean {
  return turn.firstOutputAt !== undefined && turn.silent !== true;
}

function isSpeech({ by }: UserPart): boolean {
  return by !== undefined && speech.has(by);
}

function isMark(by: UserPartEnd | undefined): boolean {
  return by === 'activity_end' || by === 'audio_stream_end' || by === 'server_vad';
}
