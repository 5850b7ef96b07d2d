export { goAway, idle, setupMute, setupRejected, unannounced } from './endings.ts';
export { audioVideo, contentAfterAudio, deferred, doubleSetup } from './input.ts';
export { drop, latePongs, proxyReap, zombie } from './network.ts';
export { noisy } from './noise.ts';
export { poisonedHandle, reseedStorm, resumeOpen, staleHandle } from './resume.ts';
export { backendFault, quotaLate } from './service.ts';
export { stall, stallAfterResponse, stallAfterResume } from './stalls.ts';
export { healthyTalk, resumption } from './talk.ts';
export { oversizeResponse, scheduling, toolResponse1008, toolResponse1011 } from './tool-responses.ts';
export {
  cancelRace,
  race,
  raceCancels,
  toolCancelled,
  toolNested,
  toolParallel,
  toolSingle,
  toolSlow,
} from './tools.ts';
