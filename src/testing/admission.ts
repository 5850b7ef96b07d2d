import type { CloseFrame } from './close-frames.ts';
import { closeFrames } from './close-frames.ts';
import type { Api } from './script.ts';

/** Vertex AI names models by resource; a client with a URL of its own may say nothing else. */
export function apiOf(model: string): Api {
  return /^(projects|publishers)\//.test(model) ? 'vertex' : 'gemini';
}

/** How the service rejects a credential, or `undefined` where it accepts it. */
export function refuseCredential(
  credential: string | undefined,
  required: boolean | string | undefined,
): CloseFrame | undefined {
  if (required === undefined || required === false) return undefined;
  if (!credential) return closeFrames.callerUnregistered;
  return required === true || credential === required ? undefined : closeFrames.keyInvalid;
}
