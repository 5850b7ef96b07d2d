/** Every client that is watched. A new one is a folder beside this file, and a line here. */
import type { Client } from './client.ts';
import { genai } from './genai/client.ts';
import { websocket } from './websocket/client.ts';

export const clients: readonly Client[] = [genai, websocket];
