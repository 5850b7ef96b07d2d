export { silence, speech } from './audio.ts';
export { checkScript } from './check-script.ts';
export type { CloseFrame } from './close-frames.ts';
export { closeFrames } from './close-frames.ts';
export type { Json, JsonObject } from './json.ts';
export type { MusicBehaviour } from './music-session.ts';
export type { RecordedFrame, Recording } from './recording.ts';
export { formatRecording, parseRecording } from './recording.ts';
export type {
  Action,
  Api,
  Behaviour,
  Duration,
  Noise,
  Reaction,
  Script,
  ToolCallOf,
  Trigger,
  TurnSource,
} from './script.ts';
export type { ScriptName } from './scripts/all.ts';
export { scripts } from './scripts/all.ts';
export * from './scripts/index.ts';
export type { ReceivedMessages, SentCounts, SessionEnd, SimulatedSession } from './session.ts';
export type { SimulatorOptions } from './simulator.ts';
export { LiveServerSimulator } from './simulator.ts';
export type { SentToolCall } from './tool-calls.ts';
