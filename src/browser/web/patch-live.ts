/**
 * In the place of src/instrumentation/genai/patch-live.ts: the tap on the SDK is loaded where one is instrumented. A session
 * that is opened before is recorded as any other socket is.
 */
import { diag } from '@opentelemetry/api';
import { guarded } from '../../instrumentation/guard.ts';

type Loaded = typeof import('../genai.ts');

let loading: Promise<void> | undefined;
let loaded: Loaded | undefined;

export function patchLive(live: unknown, version: string | undefined): void {
  loading ??= import('../genai.ts').then(
    (module) => {
      loaded = module;
    },
    (error: unknown) => {
      loading = undefined;
      diag.warn('live-otel: The tap on @google/genai could not be loaded.', String(error));
    },
  );
  loading = loading.then(() =>
    guarded('instrumenting @google/genai', () => loaded?.patchLive(live, version)),
  );
}

/** Settles when what was handed over so far is watched, or cannot be; never rejects. */
export const tapIsSettled = async (): Promise<void> => loading;
