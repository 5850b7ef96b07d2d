import { type InputMisuse, inputMisuses, type SentKind } from '../conventions/vocabulary.ts';
import type { ClientContentSummary, SentFrame } from '../protocol/frame.ts';
import {
  type AfterResume,
  createAfterResume,
  isContentAfterResume,
  noteAfterResume,
} from './after-resume.ts';
import type { SessionFact } from './facts.ts';
import { noteUserActivity } from './lifetime.ts';
import type { InputFacts, InputWhilePending } from './model.ts';
import { endSpeech, startSpeech } from './speech.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';
import { noteInputWhilePending } from './tool-calls.ts';
import { countSent } from './traffic.ts';
import { hasHadOutput, userTurnEnded } from './turns.ts';
import { endStream } from './user-part.ts';

/** Kinds of content parts, sample rates and unknown fields remembered of each. */
const maxKept = 16;

const realtimeKinds: ReadonlySet<SentKind> = new Set<SentKind>([
  'audio',
  'video',
  'text',
  'media_chunks',
  'activity_start',
  'activity_end',
  'audio_stream_end',
  'realtime_input',
]);

/** How the application uses its inputs. */
export interface InputState {
  readonly facts: Record<InputMisuse, boolean>;
  readonly partKinds: string[];
  readonly audioRates: number[];
  readonly unknownFields: string[];
  readonly afterResume: AfterResume;
  audioSent: boolean;
  firstAudioAt: number;
  /** Between `activityStart` and `activityEnd`. */
  inActivity: boolean;
  /** `activityStart` was the last realtime input. */
  activityEmpty: boolean;
  /** Realtime input ever sent; a tool call remembers where these stood when it came. */
  frames: number;
  audioFrames: number;
  lastAt: number;
  /** Over all tool calls of the session. */
  readonly whilePending: InputWhilePending;
}

const noMisuse = Object.fromEntries(Object.keys(inputMisuses).map((misuse) => [misuse, false])) as Readonly<
  Record<InputMisuse, boolean>
>;

export function createInput(): InputState {
  return {
    facts: { ...noMisuse },
    partKinds: [],
    audioRates: [],
    unknownFields: [],
    afterResume: createAfterResume(),
    audioSent: false,
    firstAudioAt: never,
    inActivity: false,
    activityEmpty: false,
    frames: 0,
    audioFrames: 0,
    lastAt: 0,
    whilePending: { frames: 0, audioFrames: 0 },
  };
}

export function inputAtEnd({ input }: SessionState): InputFacts {
  return {
    ...input.facts,
    contentPartKinds: [...input.partKinds],
    contentAudioRates: [...input.audioRates],
    unknownFields: [...input.unknownFields],
  };
}

/** What holds for every frame the application sends, whatever is in it. */
export function noteSent(state: SessionState, frame: SentFrame, now: number): void {
  countSent(state, frame, now);
  if (frame.setup === undefined && frame.kind !== 'setup' && state.lifetime.setupCompletedAt === undefined) {
    state.input.facts.sentBeforeSetupComplete = true;
  }
  if (frame.unknownFields !== undefined) keep(state.input.unknownFields, frame.unknownFields);
}

/** One `realtimeInput` message, whose kinds are taken in their order. */
export function sendRealtimeInput(
  state: SessionState,
  frame: SentFrame,
  now: number,
  facts: SessionFact[],
): void {
  if (!realtimeKinds.has(frame.kind)) return;
  const { input } = state;
  const audio = hasAudio(frame);
  input.frames += 1;
  input.lastAt = now;
  if (audio) {
    input.audioFrames += 1;
    state.traffic.sentAudioFrames += 1;
  }
  noteInputWhilePending(state, audio, now);
  if (frame.emptyRealtimeInput === true) input.facts.emptyRealtimeInput = true;
  if (frame.textControlCharacters === true) input.facts.contentControlCharacters = true;
  noteAfterResume(state, frame, audio, now);
  if (frame.realtimeKinds === undefined) {
    sendKind(state, frame.kind, frame, now, facts);
    return;
  }
  for (const kind of frame.realtimeKinds) sendKind(state, kind, frame, now, facts);
}

export function sendClientContent(
  state: SessionState,
  content: ClientContentSummary,
  now: number,
  facts: SessionFact[],
): void {
  const { input } = state;
  noteUserActivity(state, now);
  if (input.audioSent) input.facts.clientContentAfterAudio = true;
  if (hasHadOutput(state)) input.facts.clientContentAfterFirstTurn = true;
  if (content.rolesMissing > 0) input.facts.contentRolesMissing = true;
  if (content.controlCharacters) input.facts.contentControlCharacters = true;
  if (input.inActivity) input.facts.clientContentInActivity = true;
  if (isContentAfterResume(state, now)) input.facts.clientContentAfterResume = true;
  keep(input.partKinds, content.partKinds);
  if (content.audioRates !== undefined) keep(input.audioRates, content.audioRates);
  if (content.turnComplete) userTurnEnded(state, 'client_content', now, facts, content.text);
}

function sendKind(
  state: SessionState,
  kind: SentKind,
  frame: SentFrame,
  now: number,
  facts: SessionFact[],
): void {
  switch (kind) {
    case 'audio':
      sendAudio(state, frame, now);
      return;
    case 'media_chunks':
      state.input.facts.mediaChunksUsed = true;
      if (frame.audioBytes > 0) sendAudio(state, frame, now);
      else sendOther(state);
      return;
    case 'video':
      state.traffic.sentVideoFrames += 1;
      sendOther(state);
      return;
    case 'text':
      sendOther(state);
      noteUserActivity(state, now);
      userTurnEnded(state, 'text', now, facts, frame.text);
      return;
    case 'activity_start':
      markActivity(state, true, now);
      startSpeech(state, now, facts);
      return;
    case 'activity_end':
      markActivity(state, false, now);
      endSpeech(state, now, facts);
      userTurnEnded(state, 'activity_end', now, facts);
      return;
    case 'audio_stream_end':
      endStream(state, now);
      return;
    default:
      return;
  }
}

function sendAudio(state: SessionState, { loud }: SentFrame, now: number): void {
  const { input, lifetime, turns } = state;
  input.audioSent = true;
  if (loud === true) state.userPart.loudFrames += 1;
  if (input.firstAudioAt === never) input.firstAudioAt = now;
  input.activityEmpty = false;
  if (turns.audioAt !== never) turns.audioGapMs = now - turns.audioAt;
  turns.audioAt = now;
  if (!input.inActivity && lifetime.setup?.automaticActivityDetection === false) {
    input.facts.audioBeforeActivityStart = true;
  }
}

function sendOther({ input }: SessionState): void {
  if (input.activityEmpty) input.facts.nonAudioFirstInActivity = true;
  input.activityEmpty = false;
}

function markActivity(state: SessionState, started: boolean, now: number): void {
  const { input, lifetime } = state;
  noteUserActivity(state, now);
  input.inActivity = started;
  input.activityEmpty = started;
  if (lifetime.setup?.automaticActivityDetection === true)
    input.facts.activityMarksWithAutomaticDetection = true;
}

function keep<Item>(kept: Item[], items: readonly Item[]): void {
  for (const item of items) {
    if (kept.length < maxKept && !kept.includes(item)) kept.push(item);
  }
}

function hasAudio({ kind, audioBytes, realtimeKinds: kinds }: SentFrame): boolean {
  return kind === 'audio' || audioBytes > 0 || kinds?.includes('audio') === true;
}
