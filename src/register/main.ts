/**
 * What `live-otel/register` does: installs the instrumentation and offers a context manager and tracers at once, and
 * starts an OpenTelemetry SDK when the application loads `@google/genai`. A process that never does (npm, a build, a
 * worker) pays for no SDK, and an application that registers one of its own keeps it, early or late.
 */
import { createRequire } from 'node:module';
import { isatty } from 'node:tty';
import { diag, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { addFlush } from '../instrumentation/flush.ts';
import { onClosure } from '../instrumentation/listeners.ts';
import { quietConsole } from '../instrumentation/output.ts';
import { LiveRecording } from '../instrumentation/recording.ts';
import { installDiagLogger, warnOfConfiguration } from './diagnostics.ts';
import { watchEnding } from './ending.ts';
import { judgeProvider } from './foreign-provider.ts';
import { offerGlobalApi } from './global-api.ts';
import { createHint } from './hint.ts';
import { LateTracerProvider } from './late-tracer-provider.ts';
import type * as Sdk from './sdk.ts';
import { readSettings, type Settings } from './settings.ts';

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

  const contextManager = new AsyncLocalStorageContextManager().enable();
  const globalApi = offerGlobalApi(contextManager);
  let sdk: Sdk.RunningSdk | undefined;
  const late = new LateTracerProvider(() => delegateOf(globalApi.taken('trace')) ?? sdk?.tracerProvider);
  globalApi.offer('trace', late);

  let judged: object | undefined;
  /** The application's own provider gets the spans. */
  let useForeign = false;

  /** Before each session, since an application's SDK may come at any time. */
  const settle = (): void => {
    const foreign = delegateOf(globalApi.taken('trace'));
    if (sdk !== undefined && foreign === judged) return;
    judged = foreign;
    useForeign = foreign !== undefined && !takesOver(foreign, settings);
    sdk ??= start(useForeign);
    const provider = useForeign ? foreign : sdk.tracerProvider;
    if (provider !== undefined) recording.setTracerProvider(provider);
  };

  const start = (foreignTraces: boolean): Sdk.RunningSdk => {
    const { startSdk } = createRequire(__filename)('./register-sdk.cjs') as typeof Sdk;
    const foreignMeters = globalApi.taken('metrics') as MeterProvider | undefined;
    const off = { file: false, network: false, exporters: 'none' };
    const routes = {
      ...settings.routes,
      ...(foreignTraces && { traces: off }),
      ...(foreignMeters !== undefined && { metrics: off }),
    };
    const started = startSdk({ ...settings, routes }, (sentence) =>
      warnOfConfiguration(sentence, settings.diagLevel),
    );
    const { meterProvider, loggerProvider, propagator } = started;
    if (meterProvider !== undefined) recording.setMeterProvider(meterProvider);
    if (loggerProvider !== undefined) recording.setLoggerProvider(loggerProvider);
    if (meterProvider !== undefined) globalApi.offer('metrics', meterProvider);
    if (loggerProvider !== undefined) globalApi.offer('logs', loggerProvider);
    if (propagator !== undefined) globalApi.offer('propagation', propagator);
    addFlush((timeoutMs) => {
      recording.drain();
      return started.forceFlush(timeoutMs);
    });
    recordsHere();
    return started;
  };

  const recordsHere = watchEnding({
    endSessions(ending) {
      sdk?.hold();
      recording.endSessions(ending);
    },
    flushSync: () => sdk?.flushSync(),
    timeoutMs: settings.exitTimeoutMs,
  });

  const recording = new LiveRecording(
    () => ({ captureMessageContent: settings.captureContent, log: settings.log }),
    {
      // The application's own SDK, if it has one, is registered by the time its modules have been evaluated.
      onClientLoaded: () => setImmediate(settle),
      onConnect: settle,
      mayWait: () => !useForeign,
    },
  );
  recording.enable();

  const hint = createHint({
    isTerminal: isatty(2),
    isConfigured: settings.destinationNamed || process.env.LIVE_OTEL_LOG !== undefined,
    file: settings.file.path,
    print: (sentence) => quietConsole.error(sentence),
  });
  // Where the application's own SDK has the spans, there is no file.
  if (hint !== undefined) onClosure((closure) => (useForeign ? undefined : hint(closure)));
}

/** Whether our own spans go past the provider that the application has. */
function takesOver(foreign: TracerProvider, { destinationNamed }: Settings): boolean {
  const verdict = judgeProvider(foreign);
  if (verdict.spans === 'exported') return false;
  if (destinationNamed) return true;
  const what =
    verdict.spans === 'dropped' ? 'exports no spans' : `sends spans to ${verdict.by} and nowhere else`;
  diag.warn(
    `live-otel: the tracer provider in place ${what}; set OTEL_EXPORTER_OTLP_ENDPOINT or LIVE_OTEL_FILE, and live-otel records its sessions there, beside it.`,
  );
  return false;
}

/** What is behind the API's proxy. */
function delegateOf(provider: object | undefined): TracerProvider | undefined {
  const proxy = provider as (TracerProvider & { getDelegate?(): TracerProvider }) | undefined;
  return proxy?.getDelegate?.() ?? proxy;
}
