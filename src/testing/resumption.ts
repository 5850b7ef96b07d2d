import type { CloseFrame } from './close-frames.ts';
import { closeFrames } from './close-frames.ts';
import type { Random } from './random.ts';
import type { Api } from './script.ts';
import type { PromptTokens } from './tokens.ts';

/** What a resumed session goes on with. */
export interface Conversation {
  /** Index of the session that the handle was issued in. */
  readonly session: number;
  readonly userTurns: number;
  readonly modelTurns: number;
  readonly prompt: PromptTokens;
}

/** How long after its session ended a handle is accepted: 2 h on the Gemini API, 24 h on Vertex AI. */
const validityMs: Readonly<Record<Api, number>> = { gemini: 2 * 3_600_000, vertex: 24 * 3_600_000 };

/** The handles that a simulator issued. */
export interface Handles {
  issue(conversation: Conversation, random: Random): string;
  /** The conversation, or how the service rejects the handle. Times are protocol milliseconds. */
  resume(handle: string, api: Api, now: number): Conversation | CloseFrame;
  isOpen(session: number): boolean;
  sessionEnded(session: number, now: number): void;
}

export function createHandles(): Handles {
  const conversations = new Map<string, Conversation>();
  const ended = new Map<number, number>();
  return {
    issue: (conversation, random) => {
      const handle = `simulated-${random.hex(32)}`;
      conversations.set(handle, conversation);
      return handle;
    },
    resume: (handle, api, now) => {
      const conversation = conversations.get(handle);
      if (!conversation) return closeFrames.handleNotFound;
      const age = now - (ended.get(conversation.session) ?? now);
      return age > validityMs[api] ? closeFrames.handleExpired : conversation;
    },
    isOpen: (session) => !ended.has(session),
    sessionEnded: (session, now) => {
      ended.set(session, now);
    },
  };
}
