import type { CloseFrame } from '../close-frames.ts';
import { closeFrames } from '../close-frames.ts';
import type { Action, Duration, Script } from '../script.ts';
import { answerTurns } from './phrases.ts';

interface Fatal {
  readonly close?: CloseFrame;
  readonly delayMs?: Duration;
}

/** A setting that was accepted fails when it is first used. */
export function deferred({ close = closeFrames.invalidArgument, delayMs = [0, 200] }: Fatal = {}): Script {
  return {
    name: 'deferred',
    description: `The setup is accepted; the first audio ends the session with ${close.code} "${close.reason}".`,
    reactions: [{ on: { event: 'audio', nth: 1 }, do: later(delayMs, close) }, answerTurns],
  };
}

/** The two input paths mixed, for which the documentation gives no guarantees. */
export function contentAfterAudio({
  close = closeFrames.invalidArgument,
  delayMs = 200,
}: Fatal = {}): Script {
  return {
    name: 'content-after-audio',
    description: `clientContent after audio on the same connection ends the session with ${close.code} "${close.reason}".`,
    reactions: [
      { on: { event: 'client_content', afterAudio: true }, do: later(delayMs, close) },
      answerTurns,
    ],
  };
}

/** A second setup; both texts were reported. */
export function doubleSetup({ close = closeFrames.invalidArgument }: Pick<Fatal, 'close'> = {}): Script {
  return {
    name: 'double-setup',
    description: `A second setup ends the session with ${close.code} "${close.reason}".`,
    behaviour: { secondSetup: close },
    reactions: [answerTurns],
  };
}

interface AudioVideo {
  readonly afterMs?: number;
  readonly resumedMs?: number;
  readonly close?: CloseFrame;
}

/** Video with audio, measured to end at 90 to 120 s; the session that resumes it ends after its first audio. */
export function audioVideo({
  afterMs = 95_000,
  resumedMs = 500,
  close = closeFrames.internalErrorEncountered,
}: AudioVideo = {}): Script {
  return {
    name: 'audio-video',
    description: `${afterMs / 1_000} s after the first video the session ends with ${close.code} "${close.reason}"; one that resumes it ends ${resumedMs} ms after its first audio.`,
    reactions: [
      { on: { event: 'video', nth: 1 }, resumed: false, do: later(afterMs, close) },
      { on: { event: 'audio', nth: 1 }, resumed: true, do: later(resumedMs, close) },
      answerTurns,
    ],
  };
}

function later(ms: Duration, close: CloseFrame): readonly Action[] {
  return [
    { do: 'wait', ms },
    { do: 'close', ...close },
  ];
}
