import type { InputMisuse } from '../conventions/vocabulary.ts';
import { bytes, counted, duration } from '../conventions/words.ts';
import type { Closure, ToolResponse } from '../session/model.ts';
import type { ReasonMatch } from './match-reason.ts';
import type { Candidate } from './rank.ts';
import { type SignalId, signalWords } from './signals/signals.ts';
import { errorText, list, names } from './wording.ts';

type Fact = (closure: Closure) => string | readonly string[] | undefined;

const misuseSentences: Readonly<Record<InputMisuse, string>> = {
  mediaChunksUsed: 'The deprecated mediaChunks field was used.',
  activityMarksWithAutomaticDetection:
    'Activity marks were sent although automatic activity detection was on.',
  audioBeforeActivityStart:
    'Audio was sent outside of an activity although automatic activity detection was off.',
  nonAudioFirstInActivity: 'The first input of an activity was not audio.',
  clientContentAfterAudio: 'Client content was sent after audio.',
  clientContentAfterFirstTurn: 'Client content was sent after the first turn of the model.',
  contentRolesMissing: 'Client content had turns without a role.',
  setupSentTwice: 'The setup was sent twice.',
  sentBeforeSetupComplete: 'Frames were sent before the setup was complete.',
  clientContentInActivity: 'Client content was sent within an activity.',
  contentControlCharacters: 'Text with control characters was sent.',
  emptyRealtimeInput: 'An empty realtimeInput was sent.',
  clientContentAfterResume: 'Client content was sent right after a resumption.',
  burstAfterResume: 'Queued realtime input was sent in a burst right after a resumption.',
};

/** Measured facts, most telling first. Each says nothing where there is nothing to say, but for the last two. */
const facts: readonly Fact[] = [
  ({ pendingToolCalls: pending, at }) => {
    const oldest = pending[0];
    return (
      oldest &&
      `${counted(pending.length, 'tool call')} pending (${names(pending.map(({ name }) => name))}), the oldest for ${duration(at - oldest.receivedAt)}.`
    );
  },
  ({ inputWhilePending: { frames, audioFrames } }) =>
    frames > 0
      ? `${counted(frames, 'realtime input frame')} sent while a tool call was pending, ${audioFrames} of them audio.`
      : undefined,
  ({ lastToolResponse: response, msSinceToolResponse: ago }) => {
    if (response === undefined || ago === undefined) return undefined;
    const { acknowledgedAt, sentAt } = response;
    const answer =
      acknowledgedAt === undefined
        ? 'no frame came after it'
        : `the first frame came ${duration(acknowledgedAt - sentAt)} after it`;
    return `The last tool response was sent ${duration(ago)} before the end, and ${answer}.`;
  },
  ({ lastToolResponse: response }) => response && describePayload(response),
  ({ lastToolResponse: response }) => {
    const wrong = response?.responses.filter(({ idMatch }) => idMatch !== 'matched') ?? [];
    return wrong.length > 0
      ? `Id match of the last tool response: ${list([...new Set(wrong.map(({ idMatch }) => idMatch))])}.`
      : undefined;
  },
  ({ lastToolResponse: response }) => {
    const wrong =
      response?.responses.filter(({ nameMatch }) => nameMatch === 'different' || nameMatch === 'missing') ??
      [];
    return wrong.length > 0
      ? `Name match of the last tool response: ${list([...new Set(wrong.map(({ nameMatch }) => nameMatch))])}.`
      : undefined;
  },
  ({ lastToolResponse: response }) => {
    const latencies =
      response?.responses.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs])) ?? [];
    return latencies.length > 0
      ? `The last tool response came ${duration(Math.max(...latencies))} after its call.`
      : undefined;
  },
  ({ unmatchedResponses }) =>
    unmatchedResponses > 0
      ? `${counted(unmatchedResponses, 'function response')} of the session matched no pending call by id.`
      : undefined,
  ({ goAway }) => {
    if (goAway === undefined) return undefined;
    if (goAway.timeLeftMs === undefined)
      return `goAway came ${duration(goAway.agoMs)} before the end, without a time left.`;
    const deadline = goAway.deadlinePassed ? 'that time had run out' : 'that time had not run out';
    return `goAway came ${duration(goAway.agoMs)} before the end with ${duration(goAway.timeLeftMs)} left; ${deadline}.`;
  },
  ({ input }) =>
    Object.entries(misuseSentences).flatMap(([name, text]) =>
      input[name as keyof typeof misuseSentences] ? [text] : [],
    ),
  ({ turnOpen, lastTurn }) =>
    turnOpen && lastTurn
      ? `Turn ${lastTurn.index} was under way${lastTurn.firstOutputAt === undefined ? ' without output' : ''}.`
      : undefined,
  ({ contextTokens }) =>
    contextTokens === undefined ? undefined : `The last usage counted ${counted(contextTokens, 'token')}.`,
  ({ resumption: { resumed, handleAgeMs } }) => {
    if (handleAgeMs !== undefined)
      return `The ${resumed ? 'session was resumed; the ' : ''}last handle was ${duration(handleAgeMs)} old.`;
    return resumed ? 'The session was opened with a resumption handle.' : undefined;
  },
  ({ msSinceUserActivity: ago }) =>
    ago === undefined ? undefined : `The last sign of the user was ${duration(ago)} before the end.`,
  ({ process }) =>
    process &&
    `${counted(process.sessionsOpen, 'session')} open in the process, ${counted(process.connectsLastMinute, 'connect')} in the last minute.`,
  ({ transport }) => {
    const parts = [
      !transport?.bufferedBytes ? undefined : `${bytes(transport.bufferedBytes)} waiting in the socket`,
      transport?.pingRttMs === undefined
        ? undefined
        : `a ping round trip of ${duration(transport.pingRttMs)}`,
      transport?.eventLoopDelayMs === undefined
        ? undefined
        : `an event-loop delay of up to ${duration(transport.eventLoopDelayMs)}`,
    ].filter((part) => part !== undefined);
    return parts.length > 0 ? `The transport showed ${list(parts)}.` : undefined;
  },
  ({ sendErrors }) => (sendErrors > 0 ? `${counted(sendErrors, 'send')} failed.` : undefined),
  ({ error }) => error && `The socket or connect() reported ${errorText(error)}.`,
  ({ lastSent, lastReceived }) => {
    const parts = [
      lastSent &&
        `the last frame sent was ${lastSent.kind} (${bytes(lastSent.bytes)}, ${duration(lastSent.agoMs)} before)`,
      lastReceived &&
        `the last frame received was ${lastReceived.kind} (${bytes(lastReceived.bytes)}, ${duration(lastReceived.agoMs)} before)`,
    ].filter((part) => part !== undefined);
    return parts.length > 0 ? `Of the frames, ${list(parts)}.` : 'No frame crossed the socket.';
  },
  ({ connectionAgeMs, activeMs, phase }) =>
    `The connection was ${duration(connectionAgeMs)} old, ${activeMs === undefined ? 'its setup not complete' : `${duration(activeMs)} of them after the setup`}, in phase ${phase}.`,
];

/**
 * What speaks for a cause, most telling first, and then what speaks against its rivals. The text comes first where it
 * tells one cause from another.
 */
export function evidenceFor(
  { match, speakFor, speakAgainst, textDecides }: Candidate,
  rivals: readonly Candidate[],
  seen: ReadonlyMap<SignalId, string>,
): readonly string[] {
  const said = (signals: readonly SignalId[]) => signals.flatMap((signal) => seen.get(signal) ?? []);
  const text = describeMatch(match, textDecides === 'cause');
  const textFirst = match.text === 'specific' || match.text === 'shared' || match.text === 'worded';
  const first = textFirst ? [...text, ...said(speakFor)] : [...said(speakFor), ...text];
  const againstRivals = rivals
    .flatMap((rival) => rival.speakAgainst)
    .filter((signal) => !speakAgainst.includes(signal));
  return [...new Set([...first, ...said(againstRivals)])];
}

/** What was measured of the session and is not yet in the evidence, one fact a sentence. */
export function contextOf(closure: Closure, evidence: readonly string[] = []): readonly string[] {
  return facts.flatMap((fact) => fact(closure) ?? []).filter((sentence) => !evidence.includes(sentence));
}

/** What speaks against a cause although it fits best. */
export function evidenceAgainst(
  { api, code, initiator }: Closure,
  { cause, speakAgainst, missing, missingOneOf, otherApi, otherCode }: Candidate,
  seen: ReadonlyMap<SignalId, string>,
): readonly string[] {
  return [
    ...speakAgainst.flatMap((signal) => seen.get(signal) ?? []),
    ...missing.map((signal) => `It was not seen that ${signalWords(signal)}.`),
    ...(missingOneOf.length > 0
      ? [`It was not seen that ${missingOneOf.map((signal) => signalWords(signal)).join(' or ')}.`]
      : []),
    ...(otherCode && code !== undefined && initiator !== 'network'
      ? [`The text is known with code ${cause.codes.join(', ')}, not with ${code}.`]
      : []),
    ...(otherApi
      ? [`It has not been reported of ${api === 'vertex' ? 'Vertex AI' : 'the Gemini API'}.`]
      : []),
  ];
}

function describeMatch({ text, sharedBy, length }: ReasonMatch, decides: boolean): readonly string[] {
  switch (text) {
    case 'specific':
      return ['The reason text is known from this cause alone.'];
    case 'shared':
    case 'generic':
      return length === 0
        ? []
        : [
            `The reason text is known from ${sharedBy} causes; ${decides ? 'what the others take was not seen' : 'alone it does not tell which'}.`,
          ];
    case 'worded':
      return ['The words of the reason text speak of it.'];
    case 'any':
    case 'none':
      return [];
  }
}

function describePayload({ bytes: total, responses }: ToolResponse): string {
  const payload = responses.reduce((sum, { responseBytes }) => sum + responseBytes, 0);
  const encodings = [...new Set(responses.map(({ encoding }) => encoding))];
  const shapes = [...new Set(responses.map(({ shape }) => shape))];
  const details = [
    `${bytes(payload)} of it payload`,
    ...(encodings.length > 0 ? [`encoding ${list(encodings)}`] : []),
    ...(shapes.length > 0 ? [`shape ${list(shapes)}`] : []),
    ...(responses.some(({ controlCharacters }) => controlCharacters) ? ['with control characters'] : []),
  ];
  return `The last tool response had ${bytes(total)}: ${details.join(', ')}.`;
}
