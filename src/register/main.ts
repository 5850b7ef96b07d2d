/**
 * What `live-otel/register` does before the application's first line: watches the clients that the application may load,
 * and offers a context manager and tracers. All that records sessions is loaded with the first client (sessions.ts), so
 * a process that never loads one (npm, a build, a worker) pays for this file only: neither for an SDK nor for the API.
 */
import { createRequire } from 'node:module';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { guarded } from '../instrumentation/guard.ts';
import { pastHooks } from '../instrumentation/module-hooks.ts';
import { shared } from '../instrumentation/shared.ts';
import { watchClients } from '../instrumentation/watch-clients.ts';
import { watchChildren } from './children.ts';
import { installDiagLogger, warnOfConfiguration } from './diagnostics.ts';
import { watchEnding } from './ending.ts';
import { offerGlobalApi } from './global-api.ts';
import { LateTracerProvider } from './late-tracer-provider.ts';
import type * as Sessions from './sessions.ts';
import { readSettings } from './settings.ts';

const registered = Symbol.for('live-otel.registered');
const processGlobal = globalThis as { [registered]?: true };

if (processGlobal[registered] === undefined) {
  processGlobal[registered] = true;
  register();
}

function register(): void {
  const { settings, warnings } = readSettings(process.env);
  if (settings.diagLevel !== undefined) installDiagLogger(settings.diagLevel);
  for (const warning of warnings) warnOfConfiguration(warning, settings.diagLevel);
  if (settings.disabled) return;

  const globalApi = offerGlobalApi(new AsyncLocalStorageContextManager().enable());
  // A span of the application is begun after its client was there, perhaps before there was time for anything else.
  const provider = () =>
    globalApi.takenTracerProvider() ??
    (clientHere ? guarded('starting an OpenTelemetry SDK', loaded) : sessions)?.tracerProvider;
  globalApi.offer('trace', new LateTracerProvider(provider));

  let sessions: Sessions.Sessions | undefined;
  let clientHere = false;
  const load = (): Sessions.Sessions => {
    const { recordSessions } = createRequire(__filename)('./register-sessions.cjs') as typeof Sessions;
    const made = recordSessions(settings, globalApi, recordsHere);
    // Loads the API, and the SDK.
    made.settle();
    return made;
  };
  const recordsHere = watchEnding({
    endSessions: (ending) => sessions?.end(ending),
    flushSync: (inTurn) => sessions?.flushSync(inTurn),
    timeoutMs: settings.exitTimeoutMs,
  });
  const loaded = (): Sessions.Sessions => {
    // What it loads may take a tracer meanwhile.
    clientHere = false;
    sessions ??= pastHooks(load);
    return sessions;
  };
  watchClients({
    open: (start) => loaded().open(start),
    // The application's own SDK, if it has one, is registered by the time its modules have been evaluated.
    clientLoaded() {
      clientHere = true;
      setImmediate(() => loaded().settle());
    },
    // Much of what names it never opens a session (`@ai-sdk/google`): nothing is started before a span or a session is.
    rpcNamed() {
      clientHere = true;
    },
  });
  if (shared.liveEndpoints.length > 0) clientHere = true;
  guarded('watching for threads and processes', watchChildren);
}
