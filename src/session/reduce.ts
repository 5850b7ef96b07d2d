import type { ReceivedFrame, SentFrame, ServerContentSummary } from '../protocol/frame.ts';
import { closeSession } from './closure.ts';
import type { SessionEvent } from './events.ts';
import type { SessionFact } from './facts.ts';
import { noteSent, sendClientContent, sendRealtimeInput } from './input.ts';
import { completeSetup, noteUserActivity, receiveGoAway, sendSetup, updateResumption } from './lifetime.ts';
import { settleMs } from './model.ts';
import { receiveMusic, sendMusic } from './music.ts';
import { isThought, noteReceived, oweSetup, oweToolOutput } from './owed.ts';
import { receiveInputTranscription, receiveOutputTranscription, receiveVoiceActivity } from './speech.ts';
import { findStall, noteAudioSent, postponeStall, settleStalls } from './stalls.ts';
import { beginTalk, isWaiting, type SessionState } from './state.ts';
import { appendText } from './text.ts';
import { never } from './time.ts';
import { cancelToolCalls, receiveToolCalls } from './tool-calls.ts';
import {
  acknowledgeToolResponses,
  endsTurnOfCall,
  sendToolResponses,
  settleToolResponses,
} from './tool-responses.ts';
import { countReceived } from './traffic.ts';
import { completeGeneration, completeTurn, interruptTurn, outputTurn, releaseHeldTurn } from './turns.ts';
import { bookUsage } from './usage.ts';

const nothing: readonly SessionFact[] = Object.freeze([]);

/**
 * Takes one event into the session and says what follows from it. Mutates `state`. Never throws, whatever the order
 * of events; after the end it says nothing more. `now` is in epoch milliseconds.
 */
export function reduce(state: SessionState, event: SessionEvent, now: number): readonly SessionFact[] {
  if (state.closed) return nothing;
  if (now > state.now && now !== never) state.now = now;
  const facts: SessionFact[] = [];
  if (isWaiting(state) && !isOfConnection(state, event)) beginTalk(state);
  if (state.now >= state.deadline) settle(state, facts);
  if (event.type === 'woken') postponeStall(state, state.now);
  else if (event.type !== 'frame_received') findStall(state, state.now, facts);
  apply(state, event, state.now, facts);
  if (!state.closed) settleStalls(state, state.now, facts);
  if (!state.closed) state.deadline = earliestDeadline(state);
  return facts.length === 0 ? nothing : facts;
}

/** Nothing is said, asked or ended by it: the connection is made, set up or told how to be resumed. */
function isOfConnection({ lifetime }: SessionState, event: SessionEvent): boolean {
  switch (event.type) {
    case 'connecting':
    case 'socket_opened':
    case 'woken':
    case 'ticked':
      return true;
    case 'frame_sent': {
      const { kind, unknownFields, audioBytes, content, music, toolResponses } = event.frame;
      const other = content ?? music ?? toolResponses ?? unknownFields;
      return kind === 'setup' && !lifetime.setupSent && audioBytes === 0 && other === undefined;
    }
    case 'frame_received': {
      const { kind, audioBytes, server, music, toolCalls, cancelledIds, voiceActivity, usage } = event.frame;
      const other = server ?? music ?? toolCalls ?? cancelledIds ?? voiceActivity ?? usage;
      const known = kind === 'setup_complete' || kind === 'resumption_update';
      return known && audioBytes === 0 && other === undefined;
    }
    default:
      return false;
  }
}

function apply(state: SessionState, event: SessionEvent, now: number, facts: SessionFact[]): void {
  switch (event.type) {
    case 'frame_sent':
      applySent(state, event.frame, now, facts);
      return;
    case 'frame_received':
      applyReceived(state, event.frame, now, facts);
      return;
    case 'connecting':
      state.lifetime.credential = event.credential;
      return;
    case 'socket_opened':
      state.lifetime.opened = true;
      return;
    case 'send_failed':
      state.lifetime.sendErrors += 1;
      return;
    case 'close_called':
      state.lifetime.closeCalled = true;
      state.stalls.changed = true;
      return;
    case 'socket_error':
      state.lifetime.error = event.error;
      return;
    case 'socket_closed':
    case 'connect_failed':
    case 'process_ending':
      closeSession(state, event, now, facts);
      return;
    case 'woken':
    case 'ticked':
      return;
  }
}

function applySent(state: SessionState, frame: SentFrame, now: number, facts: SessionFact[]): void {
  state.lifetime.opened = true;
  noteSent(state, frame, now);
  if (frame.kind === 'setup' || frame.setup !== undefined) sendSetup(state, frame, now, facts);
  if (frame.kind === 'setup' || frame.setup !== undefined) oweSetup(state, now);
  sendRealtimeInput(state, frame, now, facts);
  if (frame.audioBytes > 0) noteAudioSent(state, frame.loud === true, now, facts);
  if (frame.content !== undefined) sendClientContent(state, frame.content, now, facts);
  if (frame.music !== undefined) sendMusic(state, frame.music, now, facts);
  if (frame.toolResponses !== undefined) {
    sendToolResponses(state, frame.toolResponses, frame.bytes, now, facts);
    oweToolOutput(state, now);
  }
}

/** A frame may hold several fields: they are taken in the order in which the service would have sent them singly. */
function applyReceived(state: SessionState, frame: ReceivedFrame, now: number, facts: SessionFact[]): void {
  const { turns } = state;
  const turnBefore = turns.open;
  if (turnBefore !== undefined) turnBefore.receivedFrames += 1;
  state.lifetime.opened = true;
  const closesCall = endsTurnOfCall(state, frame);
  countReceived(state, frame, now, closesCall);
  if (state.tools.unsettled.length > 0) {
    if (!closesCall) acknowledgeToolResponses(state, frame.kind, now, facts);
    settleToolResponses(state, now, facts);
  }
  if (frame.setupComplete !== undefined) completeSetup(state, frame.setupComplete, now, facts);
  if (frame.voiceActivity !== undefined) receiveVoiceActivity(state, frame.voiceActivity, now, facts);
  if (frame.server?.inputTranscription !== undefined) {
    receiveInputTranscription(state, frame.server.inputTranscription, now, facts);
  }
  if (frame.music === undefined) receiveOutput(state, frame, now, facts);
  else receiveMusic(state, frame.music, frame.audioBytes, now, facts);
  if (frame.cancelledIds !== undefined) cancelToolCalls(state, frame.cancelledIds, now, facts);
  if (frame.toolCalls !== undefined) receiveToolCalls(state, frame.toolCalls, now, facts);
  if (turns.open !== undefined && turns.open !== turnBefore) turns.open.receivedFrames += 1;
  if (frame.server !== undefined) receiveTurnMarks(state, frame.server, now, facts);
  if (frame.usage !== undefined) bookUsage(state, frame.usage, facts);
  if (frame.resumption !== undefined) updateResumption(state, frame.resumption, now, facts);
  if (frame.goAway !== undefined) receiveGoAway(state, frame.goAway, now, facts);
  noteReceived(state, frame, now, closesCall);
  if (frame.error !== undefined) facts.push({ ...frame.error, type: 'server_error', at: now });
}

function receiveOutput(state: SessionState, frame: ReceivedFrame, now: number, facts: SessionFact[]): void {
  const { server, audioBytes } = frame;
  if (server?.output === true || audioBytes > 0) {
    const silent = frame.silentAudio === true || isThought(frame);
    const turn = outputTurn(state, silent ? 'silence' : 'content', now, facts);
    turn.audioBytes += audioBytes;
    if (audioBytes > 0 && !silent) turn.firstAudioAt ??= now;
    if (server !== undefined) {
      turn.textCharacters += server.textCharacters;
      if (state.options.captureContent) appendText(turn, 'outputText', server.text);
    }
  }
  if (server?.outputTranscription !== undefined) {
    receiveOutputTranscription(state, server.outputTranscription, now, facts);
  }
}

function receiveTurnMarks(
  state: SessionState,
  server: ServerContentSummary,
  now: number,
  facts: SessionFact[],
): void {
  if (server.generationComplete) completeGeneration(state, now, facts);
  if (server.interrupted) {
    noteUserActivity(state, now);
    interruptTurn(state, now, facts);
  }
  if (server.turnComplete) completeTurn(state, server.turnCompleteReason, now, facts);
  if (server.waitingForInput) {
    const turn = state.turns.open;
    facts.push({ type: 'waiting_for_input', at: now, ...(turn !== undefined && { turn }) });
  }
}

function settle(state: SessionState, facts: SessionFact[]): void {
  const endedAt = state.turns.held?.endedAt;
  if (endedAt !== undefined && state.now >= endedAt + settleMs) releaseHeldTurn(state, facts);
  settleToolResponses(state, state.now, facts);
}

function earliestDeadline({ turns, tools, stalls }: SessionState): number {
  const oldest = tools.unsettled[0];
  const settles = oldest?.acknowledgedAt === undefined ? never : oldest.sentAt + settleMs;
  const usage = turns.held?.endedAt === undefined ? never : turns.held.endedAt + settleMs;
  return Math.min(settles, usage, stalls.deadline);
}
