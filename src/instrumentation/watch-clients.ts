/**
 * What must be in place before the application's first line: whoever loads a client later finds it watched. The record
 * of a session is behind {@link Recorder.open}, and may be loaded when the first one is opened.
 */
import { clients } from './clients.ts';
import { guarded } from './guard.ts';
import { clientAt } from './handover.ts';
import { installLoaderHooks } from './loader.ts';
import { applyPatches, removePatches } from './patches.ts';
import { type Recorder, shared } from './shared.ts';

/**
 * Watches the clients of the process for `recorder`, unless another one records them already.
 *
 * @param endpoints addresses of the Live API that are not Google's. Default: `LIVE_OTEL_ENDPOINTS`.
 */
export function watchClients(recorder: Recorder, endpoints?: readonly string[]): void {
  shared.liveEndpoints = endpoints ?? endpointsOf(process.env.LIVE_OTEL_ENDPOINTS);
  installLoaderHooks();
  for (const { name, watchGlobals } of clients) {
    guarded(`watching for ${name}`, () => watchGlobals?.((location) => clientAt(location) !== undefined));
  }
  shared.recorder ??= recorder;
  guarded('patching clients', applyPatches);
}

/** Takes the patch off again, where this one records. */
export function unwatchClients(recorder: Recorder): void {
  if (shared.recorder !== recorder) return;
  shared.recorder = undefined;
  guarded('unpatching clients', removePatches);
}

function endpointsOf(variable = ''): readonly string[] {
  return variable
    .split(',')
    .map((endpoint) => endpoint.trim())
    .filter((endpoint) => endpoint !== '');
}
