/**
 * What `live-otel/register` does from the first client on: starts an OpenTelemetry SDK and records sessions with it, or
 * with the one that the application registers, early or late.
 */
import { createRequire } from 'node:module';
import { isatty } from 'node:tty';
import { isMainThread } from 'node:worker_threads';
import { diag, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import type { ProcessEnding } from '../conventions/vocabulary.ts';
import { addFlush } from '../instrumentation/flush.ts';
import { guarded } from '../instrumentation/guard.ts';
import { keepsNothingAlive } from '../instrumentation/keeps-nothing-alive.ts';
import { onClosure } from '../instrumentation/listeners.ts';
import { quietConsole } from '../instrumentation/output.ts';
import { LiveRecording } from '../instrumentation/recording.ts';
import { type OpenSession, readyForSessions } from '../instrumentation/tap.ts';
import { warnOfConfiguration } from './diagnostics.ts';
import { judgeProvider } from './foreign-provider.ts';
import type { GlobalApi } from './global-api.ts';
import { createHint } from './hint.ts';
import type * as Sdk from './sdk.ts';
import type { Settings } from './settings.ts';
import type { InTurn } from './threads.ts';

export interface Sessions {
  readonly open: OpenSession;
  /** Looks which provider gets the spans, since an application's SDK may come at any time. */
  settle(): void;
  /** Of our own SDK, once it has started. */
  readonly tracerProvider: TracerProvider | undefined;
  end(ending: ProcessEnding): void;
  flushSync(inTurn?: InTurn): void;
}

/**
 * What records sessions is loaded with the first one, or after this time: early enough that it is there whatever becomes
 * of the files, and not while the application starts.
 */
const prepareMs = 1_000;

/** @param recordsHere is called as soon as this thread has something to deliver at its end. */
export function recordSessions(settings: Settings, globalApi: GlobalApi, recordsHere: () => void): Sessions {
  let sdk: Sdk.RunningSdk | undefined;
  let judged: object | undefined;
  /** The application's own provider gets the spans. */
  let useForeign = false;

  const settle = (): void => {
    const foreign = globalApi.takenTracerProvider();
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

  const recording = new LiveRecording(
    () => ({ captureMessageContent: settings.captureContent, log: settings.log }),
    { mayWait: () => !useForeign, deliversEach: !isMainThread },
  );

  const hint = createHint({
    isTerminal: isatty(2),
    isConfigured: settings.destinationNamed || process.env.LIVE_OTEL_LOG !== undefined,
    file: settings.file.path,
    print: (sentence) => quietConsole.error(sentence),
  });
  // Where the application's own SDK has the spans, there is no file.
  if (hint !== undefined) onClosure((closure) => (useForeign ? undefined : hint(closure)));

  keepsNothingAlive(setTimeout(() => guarded('preparing for sessions', readyForSessions), prepareMs));

  return {
    open(session) {
      settle();
      return recording.open(session);
    },
    settle,
    get tracerProvider() {
      return sdk?.tracerProvider;
    },
    end(ending) {
      sdk?.hold();
      recording.endSessions(ending);
    },
    flushSync: (inTurn) => sdk?.flushSync(inTurn),
  };
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
