export { drop, goAway, idle, setupMute, setupRejected } from './endings.ts';
export { healthyTalk, resumption } from './talk.ts';
export { oversizeResponse, toolResponse1008, toolResponse1011 } from './tool-responses.ts';
export { race, toolCancelled, toolNested, toolParallel, toolSingle, toolSlow } from './tools.ts';
