/** {@link holdSessions} in Node.js. The addresses and the way are arguments. */
import * as genai from '@google/genai';
import { holdSessions, throughSdk, throughSocket } from './sessions.ts';

const [addresses = '{}', through] = process.argv.slice(2);
await holdSessions(
  JSON.parse(addresses),
  through === 'sdk' ? throughSdk(genai as unknown as Parameters<typeof throughSdk>[0]) : throughSocket,
);
