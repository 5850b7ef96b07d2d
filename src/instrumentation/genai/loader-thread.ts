/** Loader hook for Node versions without a usable synchronous one; runs in a thread of its own. */
import type { LoadHook } from 'node:module';
import { sdkVersionAt, withHandover } from './sdk-entry.ts';

export const load: LoadHook = async (url, context, nextLoad) => {
  const result = await nextLoad(url, context);
  const version = result.format === 'module' ? sdkVersionAt(url) : undefined;
  if (version === undefined || result.source === undefined || result.source === null) return result;
  return { ...result, source: withHandover(result.source, version) };
};
