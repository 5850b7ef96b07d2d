/** The example agent where it finds the SDK it needs. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { installSdk, sdkFoundFrom } from '../sdk.ts';

/**
 * @param folder of the agent
 * @param out a directory of the demo
 * @returns the agent's main file: in the package, where `@google/genai` is found from there or from the working directory
 *   (then as a copy in `out`); else in `out`, with the SDK installed beside it
 */
export async function placeAgent(folder: string, out: string): Promise<string> {
  if (sdkFoundFrom(folder) !== undefined) return path.join(folder, 'agent.mjs');
  const copy = path.resolve(out, 'agent');
  await cp(folder, copy, { recursive: true });
  if (sdkFoundFrom(copy) === undefined) await installSdk(copy, 'The demo');
  return path.join(copy, 'agent.mjs');
}
