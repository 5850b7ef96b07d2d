import { closeFrames } from '../close-frames.ts';
import type { Script } from '../script.ts';
import { goAway, idle, setupMute, setupRejected, unannounced } from './endings.ts';
import { audioVideo, contentAfterAudio, deferred, doubleSetup } from './input.ts';
import { drop, latePongs, proxyReap, zombie } from './network.ts';
import { poisonedHandle, reseedStorm, resumeOpen, staleHandle } from './resume.ts';
import { backendFault, quotaLate } from './service.ts';
import { stall, stallAfterResponse, stallAfterResume } from './stalls.ts';
import { healthyTalk, resumption } from './talk.ts';
import { oversizeResponse, scheduling, toolResponse1008, toolResponse1011 } from './tool-responses.ts';
import {
  cancelRace,
  race,
  raceCancels,
  toolCancelled,
  toolNested,
  toolParallel,
  toolSingle,
  toolSlow,
} from './tools.ts';

const c = closeFrames;

/** The scripts that come with the simulator, by name, with their default parameters. */
export const scripts = {
  'healthy-talk': healthyTalk(),
  'tool-single': toolSingle(),
  'tool-parallel': toolParallel(),
  'tool-nested': toolNested(),
  'tool-slow': toolSlow(),
  'tool-cancelled': toolCancelled(),
  'cancel-race': cancelRace(),
  race: race(),
  'race-content-type': as('race-content-type', race({ close: c.contentTypeAudio })),
  'race-internal': as('race-internal', race({ close: c.internalErrorEncountered })),
  'race-cancels': raceCancels(),
  'tool-response-1011': toolResponse1011(),
  'tool-response-1008': toolResponse1008(),
  scheduling: scheduling(),
  'oversize-response': oversizeResponse(),
  'large-response-1011': as(
    'large-response-1011',
    oversizeResponse({ limitBytes: 8_000, close: c.internalError }),
  ),
  goaway: goAway(),
  'goaway-deadline': as('goaway-deadline', goAway({ close: c.deadlineExpired })),
  'goaway-cancelled': as('goaway-cancelled', { ...goAway({ close: c.cancelled }), api: 'vertex' }),
  'goaway-aborted': as('goaway-aborted', goAway({ close: c.aborted })),
  'goaway-silent': as('goaway-silent', goAway({ silent: true })),
  unannounced: unannounced(),
  idle: idle(),
  resumption: resumption(),
  'stale-handle': staleHandle(),
  'stale-handle-expired': as('stale-handle-expired', staleHandle({ close: c.handleExpired })),
  'stale-handle-foreign': as('stale-handle-foreign', staleHandle({ close: c.handleOfOtherProject })),
  'stale-handle-unknown': as('stale-handle-unknown', staleHandle({ close: c.entityNotFound })),
  'stale-handle-invalid': as('stale-handle-invalid', staleHandle({ close: c.handleInvalid })),
  'poisoned-handle': poisonedHandle(),
  'resume-open': resumeOpen(),
  'reseed-storm': reseedStorm(),
  'content-after-audio': contentAfterAudio(),
  deferred: deferred(),
  'deferred-content-type': as('deferred-content-type', deferred({ close: c.contentTypeAudio })),
  'audio-video': audioVideo(),
  'setup-rejected': setupRejected(),
  'setup-rejected-modality': as('setup-rejected-modality', setupRejected({ close: c.textModality })),
  'setup-rejected-field': as('setup-rejected-field', setupRejected({ close: c.unknownField })),
  'setup-rejected-language': as('setup-rejected-language', setupRejected({ close: c.languageUnsupported })),
  'setup-rejected-voice': as('setup-rejected-voice', setupRejected({ close: c.voiceUnknown })),
  'setup-rejected-key': as('setup-rejected-key', setupRejected({ close: c.keyInvalid })),
  'setup-rejected-caller': as('setup-rejected-caller', setupRejected({ close: c.callerUnregistered })),
  'setup-rejected-quota': as('setup-rejected-quota', setupRejected({ close: c.quotaExceeded })),
  'setup-mute': setupMute(),
  'double-setup': doubleSetup(),
  'quota-late': quotaLate(),
  'resource-exhausted': as('resource-exhausted', quotaLate({ close: c.resourceExhausted })),
  'backend-fault': backendFault(),
  unavailable: as('unavailable', backendFault({ close: c.unavailable })),
  stall: stall(),
  'stall-after-response': stallAfterResponse(),
  'stall-after-resume': stallAfterResume(),
  drop: drop(),
  zombie: zombie(),
  'late-pongs': latePongs(),
  'proxy-reap': proxyReap(),
} as const satisfies Readonly<Record<string, Script>>;

export type ScriptName = keyof typeof scripts;

/** A variant under a name of its own. */
function as(name: string, script: Script): Script {
  return { ...script, name };
}
