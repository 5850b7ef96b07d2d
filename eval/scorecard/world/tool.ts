import type { Draws } from './draws.ts';

/** A tool of the application: how long it takes, and what it answers. */
export interface Tool {
  readonly name: string;
  /** How often the model calls it, against the others. */
  readonly weight: number;
  /** Bytes of the result: median, and spread of the logarithm. */
  readonly bytes: number;
  readonly spread: number;
  /** Each call of a connection makes the next result larger, by this share of the first: a list that grows. */
  readonly growth: number;
  /** Seconds: median, and spread of the logarithm. */
  readonly seconds: number;
  readonly slack: number;
  /** How much of the slack goes with the size: 0 to 1. */
  readonly slowIsLarge: number;
  /** Chance that the result holds this. */
  readonly base64: number;
  readonly utf8: number;
  readonly control: number;
  /** Chance that the response carries an id of its own. */
  readonly wrongId: number;
}

export const plainTool: Tool = {
  name: 'search',
  weight: 1,
  bytes: 900,
  spread: 1.3,
  growth: 0,
  seconds: 1.2,
  slack: 0.8,
  slowIsLarge: 0.2,
  base64: 0.03,
  utf8: 0.25,
  control: 0.03,
  wrongId: 0.02,
};

export interface Result {
  readonly seconds: number;
  readonly text: string;
  /** Base64; a text beside it is no part of it. */
  readonly picture: string | undefined;
  readonly wrongId: boolean;
}

const mostBytes = 180_000;
const filler = 'A table for two at seven, by the window if there is one. '.repeat(3_200);
const umlauts = 'Größe, ñandú, 二名様. '.repeat(60);
const picture = Buffer.from(Array.from({ length: 140_000 }, (_, at) => (at * 7_919) % 251)).toString(
  'base64',
);
const controls = '\u0001\u0002\u001b[0m';

/** `factor`: the application answers with so many times as much as it used to. */
export function useTool(tool: Tool, draws: Draws, factor = 1): Result {
  const large = draws.normal();
  const slow = tool.slowIsLarge * large + Math.sqrt(Math.max(0, 1 - tool.slowIsLarge ** 2)) * draws.normal();
  const bytes = Math.round(
    Math.min(mostBytes, Math.max(40, factor * tool.bytes * Math.exp(tool.spread * large))),
  );
  const isPicture = draws.chance(tool.base64);
  const seconds = Math.min(45, tool.seconds * Math.exp(tool.slack * slow));
  const umlaut = draws.chance(tool.utf8) ? umlauts.slice(0, Math.min(bytes, 400)) : '';
  const text = `${umlaut}${draws.chance(tool.control) ? controls : ''}`;
  return {
    seconds,
    text: isPicture ? text : `${text}${filler.slice(0, bytes)}`,
    picture: isPicture ? picture.slice(0, bytes) : undefined,
    wrongId: draws.chance(tool.wrongId),
  };
}
