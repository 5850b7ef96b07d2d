/**
 * What `live-otel/register` does: installs the instrumentation at once, and starts an OpenTelemetry SDK when the
 * application loads `@google/genai`. A process that never does (npm, a build, a worker) pays for neither, and an
 * application that registers an SDK of its own while it starts keeps it.
 */
import { createRequire } from 'node:module';
import { LiveRecording } from '../instrumentation/recording.ts';
import { readConfig } from './config.ts';
import { installDiagLogger, warnOfConfiguration } from './diagnostics.ts';
import { installExitHandling } from './exit.ts';
import type * as Sdk from './sdk.ts';

const registered = Symbol.for('live-otel.registered');
const processGlobal = globalThis as { [registered]?: true };

if (processGlobal[registered] === undefined) {
  processGlobal[registered] = true;
  register();
}

function register(): void {
  const { config, warnings } = readConfig(process.env);
  if (config.diagLevel !== undefined) installDiagLogger(config.diagLevel);
  for (const warning of warnings) warnOfConfiguration(warning, config.diagLevel);
  if (config.disabled) return;

  let started = false;
  const start = (): void => {
    if (started) return;
    started = true;
    const { startSdk } = createRequire(__filename)('./register-sdk.cjs') as typeof Sdk;
    const sdk = startSdk(config);
    if (sdk.tracerProvider !== undefined) recording.setTracerProvider(sdk.tracerProvider);
    if (sdk.meterProvider !== undefined) recording.setMeterProvider(sdk.meterProvider);
    if (sdk.loggerProvider !== undefined) recording.setLoggerProvider(sdk.loggerProvider);
    installExitHandling({
      endSessions: (ending) => recording.endSessions(ending),
      flushSync: () => sdk.flushSync(),
    });
  };
  const recording = new LiveRecording(
    { captureMessageContent: config.captureContent, log: config.log },
    {
      // The application's own SDK, if it has one, is registered by the time its modules have been evaluated.
      onClientLoaded: () => setImmediate(start),
      onConnect: start,
    },
  );
  recording.enable();
}
