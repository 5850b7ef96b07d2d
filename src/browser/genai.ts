/** What is loaded for an SDK that is to be instrumented. */
export { patchLive } from '../instrumentation/genai/patch-live.ts';
