/** `@google/genai`, in CommonJS and as an ES module. */
import type { Client } from '../client.ts';
import { shared } from '../shared.ts';
import { patchLive } from './patch-live.ts';

export const genai: Client = {
  name: 'genai',
  entries: [
    {
      // The query is that of other loaders.
      file: String.raw`[\\/]dist[\\/](?:node[\\/])?index\.(?:mjs|cjs|js)(?:\?.*)?$`,
      package: '@google/genai',
      className: 'Live',
    },
  ],
  evaluated(live, version) {
    patchLive(live, version);
    shared.recorder?.clientLoaded?.();
  },
};
