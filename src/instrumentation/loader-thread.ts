/** Loader hook for Node versions without a usable synchronous one; runs in a thread of its own. */
import type { LoadHook } from 'node:module';
import { handoverAt } from './handover.ts';

export const load: LoadHook = async (url, context, nextLoad) => {
  const result = await nextLoad(url, context);
  const handover = result.format === 'module' ? handoverAt(url) : undefined;
  if (handover === undefined || result.source === undefined || result.source === null) return result;
  return { ...result, source: handover(result.source) };
};
