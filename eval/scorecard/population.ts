/** A population of sessions, and what is planted in it. */
import type { Cause } from './causes/cause.ts';
import type { SdkVersion } from './world/pod.ts';
import type { Sampling } from './world/telemetry.ts';
import { plainTool, type Tool } from './world/tool.ts';
import type { UserHabits } from './world/user.ts';
import type { Application } from './world/visit.ts';

/** What ends sessions at random, whatever is planted. */
export interface Background {
  /** Faults of the service an hour of connection. */
  readonly faults: number;
  /** Lost connections an hour. */
  readonly losses: number;
}

export interface Waves {
  readonly count: number;
  /** Of the visits so many come with one of them: 0 to 1. */
  readonly share: number;
  readonly seconds: number;
}

export interface Operations {
  /** Processes at a time. */
  readonly pods: number;
  /** Hours between the first visit and the last. */
  readonly hours: number;
  /** Traffic and faults follow the day: so many times as many at its height as on average. */
  readonly daily: number;
  /** Traffic comes in waves as well, as of what is started by the clock; `undefined`: it does not. */
  readonly waves: Waves | undefined;
  /** New versions that are rolled out. */
  readonly deploys: number;
  /** From the last deploy on, responses are so many times as large. */
  readonly grows: number;
  /** From the last deploy on, tools of the same names answer in this way; `undefined`: as before. */
  readonly newTools: readonly Tool[] | undefined;
  /** Processes that are killed. */
  readonly kills: number;
  readonly skewMs: number;
  readonly models: readonly (readonly [string, number])[];
  readonly sdks: readonly (readonly [SdkVersion, number])[];
  readonly sampling: Sampling | undefined;
  /** Processes connect to one of these each; none: to where everybody does. */
  readonly regions: readonly string[];
}

export interface Population {
  readonly family: string;
  readonly seed: number;
  /** Of the users: two periods of one service have the same. */
  readonly usersSeed: number;
  /** Visits; an end that is followed by another connection makes more sessions of them. */
  readonly visits: number;
  readonly background: Background;
  readonly causes: readonly Cause[];
  readonly users: UserHabits;
  readonly application: Application;
  /** Chance that a turn calls tools, and that it calls several. */
  readonly calls: number;
  readonly parallel: number;
  /** Chance that the model cancels what it called. */
  readonly cancels: number;
  /** A model calls one tool so many times as often as the others do. */
  readonly favourite: { readonly model: string; readonly tool: string; readonly factor: number } | undefined;
  readonly operations: Operations;
}

export const plainTools: readonly Tool[] = [
  { ...plainTool, name: 'search', weight: 4 },
  { ...plainTool, name: 'weather', weight: 3, bytes: 350, seconds: 0.6, utf8: 0.5 },
  { ...plainTool, name: 'documents', weight: 2, bytes: 4_000, seconds: 2.2 },
];

export const plainOperations: Operations = {
  pods: 3,
  hours: 10,
  daily: 1,
  waves: undefined,
  deploys: 0,
  grows: 1,
  newTools: undefined,
  kills: 0,
  skewMs: 0,
  models: [
    ['gemini-2.5-flash-native-audio-preview-09-2025', 3],
    ['gemini-3.1-flash-live-preview', 1],
  ],
  sdks: [
    ['3.1.0', 3],
    ['2.32.0', 1],
    ['1.52.0', 1],
  ],
  sampling: undefined,
  regions: [],
};

export const plainApplication: Application = {
  tools: plainTools,
  answers: 'singly',
  resumes: true,
  retries: { chance: 0.7, seconds: 2, most: 4 },
  heedsGoAway: true,
  heedsCancellation: true,
  twice: 0,
};

export const plainUsers: UserHabits = {
  users: 60,
  endless: false,
  frailty: 0.5,
  visit: 150,
  pause: 6,
  patience: 35,
  mics: { open: 4, gated: 2, push: 3, text: 1 },
  barges: 0,
};
