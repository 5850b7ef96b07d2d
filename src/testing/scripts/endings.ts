import type { CloseFrame } from '../close-frames.ts';
import { closeFrames } from '../close-frames.ts';
import type { Script } from '../script.ts';
import { answerTurns } from './phrases.ts';

interface GoAway {
  readonly atMs?: number;
  readonly timeLeftMs?: number;
  readonly close?: CloseFrame;
  /** Send nothing more after goAway; default false. */
  readonly silent?: boolean;
}

/** The end of a connection's lifetime; measured of the service: goAway at 540 s, the end at 590 s. */
export function goAway({
  atMs = 540_000,
  timeLeftMs = 50_000,
  close = closeFrames.goAwayNotHonoured,
  silent = false,
}: GoAway = {}): Script {
  return {
    name: 'goaway',
    description: `goAway at ${atMs / 1_000} s${silent ? ', then silence' : ''}; a client that has not closed ${timeLeftMs / 1_000} s later is ended with ${close.code} "${close.reason.slice(0, 40)}…".`,
    reactions: [
      answerTurns,
      {
        on: { event: 'elapsed', ms: atMs },
        do: [{ do: 'go_away', timeLeftMs }, ...(silent ? [{ do: 'mute' } as const] : [])],
      },
      { on: { event: 'elapsed', ms: atMs + timeLeftMs }, do: [{ do: 'close', ...close }] },
    ],
  };
}

interface Lifetime {
  readonly atMs?: number;
  readonly close?: CloseFrame;
}

/** The end of a connection's lifetime without a word. */
export function unannounced({
  atMs = 600_000,
  close = closeFrames.internalErrorEncountered,
}: Lifetime = {}): Script {
  return {
    name: 'unannounced',
    description: `Ends after ${atMs / 1_000} s with ${close.code} "${close.reason}", without goAway.`,
    reactions: [answerTurns, { on: { event: 'elapsed', ms: atMs }, do: [{ do: 'close', ...close }] }],
  };
}

export function idle({ afterMs = 150_000 } = {}): Script {
  return {
    name: 'idle',
    description: `${afterMs / 1_000} s without speech, text or content end the session with 1008 "The operation was aborted."; silent audio does not count.`,
    reactions: [
      answerTurns,
      { on: { event: 'idle', ms: afterMs }, do: [{ do: 'close', ...closeFrames.aborted }] },
    ],
  };
}

interface Rejection {
  readonly close?: CloseFrame;
  readonly delayMs?: readonly [number, number];
}

export function setupRejected({
  close = closeFrames.modelNotFound,
  delayMs = [50, 300],
}: Rejection = {}): Script {
  return {
    name: 'setup-rejected',
    description: `The setup is answered with ${close.code} "${close.reason.slice(0, 60)}…" and never completes.`,
    reactions: [
      {
        on: { event: 'setup' },
        do: [
          { do: 'wait', ms: delayMs },
          { do: 'close', ...close },
        ],
      },
    ],
  };
}

export function setupMute(): Script {
  return {
    name: 'setup-mute',
    description: 'The setup is never answered; the socket stays open.',
    reactions: [{ on: { event: 'setup' }, do: [{ do: 'mute' }] }],
  };
}
