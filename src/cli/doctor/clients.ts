/** Packages that open Live sessions by themselves, what of ours sees those sessions, and what to mind. */
export type SeenThrough = 'sdk' | 'socket';

export interface KnownClient {
  readonly name: string;
  readonly through: SeenThrough;
  /** Where its sessions are opened, after "its sessions are recorded". */
  readonly where: string;
  /** What goes wrong with it where nobody says so. A sentence. */
  readonly mind?: string;
}

const genai = 'through @google/genai';
const inPage = 'That is so in Node.js; a page needs live-otel/browser.';

export const knownClients: readonly KnownClient[] = [
  {
    name: '@livekit/agents-plugin-google',
    through: 'sdk',
    where: genai,
    mind: 'The jobs that it forks take --require along.',
  },
  { name: '@google/adk', through: 'sdk', where: genai },
  {
    name: '@mastra/voice-google-gemini-live',
    through: 'socket',
    where: 'on sockets of ws',
    mind: 'The commands of mastra run the application in folders of their own: give NODE_OPTIONS and LIVE_OTEL_FILE an absolute path.',
  },
  {
    name: '@ai-sdk/google',
    through: 'socket',
    where: 'on the socket that the application opens',
    mind: inPage,
  },
  { name: 'firebase', through: 'socket', where: 'on the global WebSocket', mind: inPage },
  { name: 'ws', through: 'socket', where: 'on its sockets' },
  { name: 'undici', through: 'socket', where: 'on its WebSocket' },
];
