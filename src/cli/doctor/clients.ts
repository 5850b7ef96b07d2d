/** Packages that open Live sessions by themselves, and what of ours sees those sessions. */
export type SeenThrough = 'sdk' | 'socket';

export const knownClients: readonly { readonly name: string; readonly through: SeenThrough }[] = [
  { name: '@livekit/agents-plugin-google', through: 'sdk' },
  { name: '@google/adk', through: 'sdk' },
  { name: '@mastra/voice-google-gemini-live', through: 'socket' },
  { name: '@ai-sdk/google', through: 'socket' },
  { name: 'firebase', through: 'socket' },
  { name: 'ws', through: 'socket' },
];
