/** What sessions will take, before any is opened. Pure. */
import type { Tokens } from './converse.ts';
import type { Design } from './design.ts';
import type { Treatment } from './treatment.ts';

export interface Estimate {
  readonly sessions: number;
  /** Of the clock, at that many sessions at once. */
  readonly minutes: number;
  readonly tokens: Tokens;
}

/** Of the larger arm for all: the coin may fall that way. */
export function estimate(
  design: Pick<Design, 'arms' | 'pauseMs' | 'parallel'>,
  sessions: number,
  parallel: number,
  timeScale: number,
): Estimate {
  const arms = Object.values(design.arms);
  const seconds = Math.max(...arms.map(secondsOf)) + design.pauseMs / 1_000;
  const atOnce = Math.min(parallel, design.parallel);
  return {
    sessions,
    minutes: (sessions * seconds) / atOnce / 60 / timeScale,
    tokens: {
      input: sessions * Math.max(...arms.map(inputOf)),
      output: sessions * answerSeconds * tokensPerSecond,
    },
  };
}

/** A question, a tool call, an answer in a sentence, and what is waited for at the end. */
const usualSeconds = 12;
const answerSeconds = 6;
/** Of audio: 32 in and 25 out, by the documentation of the Gemini API; the larger for both. */
const tokensPerSecond = 32;
/** Instructions, declaration and question; the second generation reads them again. */
const setupTokens = 600;
/** Of text; fewer bytes make more tokens outside of English. */
const bytesPerToken = 3;

function secondsOf({ roundsBefore, silenceMs, connectsBefore, connectsWithinMs }: Treatment): number {
  return (
    usualSeconds * (1 + roundsBefore) +
    silenceMs / 1_000 +
    Math.max(connectsWithinMs / 1_000, connectsBefore / 2)
  );
}

function inputOf({ responseBytes, roundsBefore, silenceMs, signOfLifeMs, companions }: Treatment): number {
  const frames = signOfLifeMs > 0 ? silenceMs / signOfLifeMs : 0;
  return (
    setupTokens * (1 + companions + roundsBefore) +
    ((1 + roundsBefore) * responseBytes) / bytesPerToken +
    (2 + frames / 10) * tokensPerSecond
  );
}
