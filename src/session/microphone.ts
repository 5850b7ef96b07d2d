/**
 * What the loudness of an open microphone's frames tells: when the user spoke, and when the user stopped. It takes a
 * microphone that has ever been quiet; where all is loud, what is loud need not be speech. Constant work a frame.
 */
import type { SessionState } from './state.ts';
import { never } from './time.ts';

export interface Microphone {
  /** The last audio frame. */
  at: number;
  /** Frames have come without a pause since then, and no byte of the service. */
  openSince: number;
  /** Frames of it as loud as speech. */
  loudFrames: number;
  /** The last loud frame. */
  loudAt: number;
  /** Loud frames since the last pause. */
  spokenFrames: number;
  quietSince: number;
  hasBeenQuiet: boolean;
  /** Times that the user spoke and stopped since the last byte of the service, and when the first of them was over. */
  utterances: number;
  firstUtteranceAt: number;
}

export function createMicrophone(): Microphone {
  return {
    at: -never,
    openSince: never,
    loudFrames: 0,
    loudAt: -never,
    spokenFrames: 0,
    quietSince: never,
    hasBeenQuiet: false,
    utterances: 0,
    firstUtteranceAt: never,
  };
}

/** Frames as loud as speech that are more than a cough: a second or two, as frames mostly are. */
const speechFrames = 20;
/** Frames of one utterance that are more than a click. */
const utteranceFrames = 3;
/** One may be a door or a word to somebody else. */
const leastUtterances = 2;
/** A pause between words is shorter. */
const endOfSpeechMs = 1_500;
/** More than two frames of most microphones. */
const quietMs = 200;

export function noteFrame(microphone: Microphone, loud: boolean, now: number, audioPauseMs: number): void {
  if (microphone.openSince === never || now - microphone.at > audioPauseMs) begin(microphone, now);
  microphone.at = now;
  if (loud) {
    microphone.loudFrames += 1;
    microphone.loudAt = now;
    microphone.spokenFrames += 1;
    microphone.quietSince = never;
    return;
  }
  if (microphone.quietSince === never) microphone.quietSince = now;
  if (now - microphone.quietSince >= quietMs) microphone.hasBeenQuiet = true;
  if (microphone.spokenFrames === 0 || now - microphone.loudAt < endOfSpeechMs) return;
  if (microphone.spokenFrames >= utteranceFrames) {
    microphone.utterances += 1;
    if (microphone.firstUtteranceAt === never) microphone.firstUtteranceAt = microphone.loudAt;
  }
  microphone.spokenFrames = 0;
}

/** A frame has come. */
export function hasHeard({ at }: Microphone): boolean {
  return at !== -never;
}

/** A byte of the service came, or there is a reason why none does. */
export function beginAnew(microphone: Microphone, openSince = never): void {
  microphone.openSince = openSince;
  microphone.loudFrames = 0;
  microphone.utterances = 0;
  microphone.firstUtteranceAt = never;
}

function begin(microphone: Microphone, now: number): void {
  beginAnew(microphone, now);
  microphone.quietSince = never;
  microphone.spokenFrames = 0;
}

/** The user has spoken, stopped and waited for so long. */
export function isUnheard(microphone: Microphone, now: number, lineMs: number): boolean {
  if (microphone.hasBeenQuiet) {
    return microphone.utterances >= leastUtterances && now - microphone.firstUtteranceAt >= lineMs;
  }
  return microphone.loudFrames >= speechFrames && now - microphone.openSince >= lineMs;
}

/** The service hears nothing now, or may say nothing of what it hears. */
export function isSilenceExpected({ lifetime, stalls }: SessionState): boolean {
  const { setup } = lifetime;
  return (
    lifetime.setupCompletedAt === undefined ||
    lifetime.closeCalled ||
    stalls.waitingSince !== never ||
    setup?.automaticActivityDetection === false ||
    (setup?.proactiveAudio === true && !setup.inputTranscription)
  );
}
