import type { Script } from '../script.ts';
import { drop, goAway, idle, setupMute, setupRejected } from './endings.ts';
import { healthyTalk, resumption } from './talk.ts';
import { oversizeResponse, toolResponse1008, toolResponse1011 } from './tool-responses.ts';
import { race, toolCancelled, toolNested, toolParallel, toolSingle, toolSlow } from './tools.ts';

/** The scripts that come with the simulator, by name, with their default parameters. */
export const scripts = {
  'healthy-talk': healthyTalk(),
  'tool-single': toolSingle(),
  'tool-parallel': toolParallel(),
  'tool-nested': toolNested(),
  'tool-slow': toolSlow(),
  'tool-cancelled': toolCancelled(),
  race: race(),
  'tool-response-1011': toolResponse1011(),
  'tool-response-1008': toolResponse1008(),
  'oversize-response': oversizeResponse(),
  goaway: goAway(),
  idle: idle(),
  'setup-rejected': setupRejected(),
  'setup-mute': setupMute(),
  drop: drop(),
  resumption: resumption(),
} as const satisfies Readonly<Record<string, Script>>;

export type ScriptName = keyof typeof scripts;
