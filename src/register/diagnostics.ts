import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { quietConsole } from '../instrumentation/output.ts';
import type { DiagLevel } from './settings.ts';

/** Sends OpenTelemetry's own log to standard error, which leaves standard output to the application. */
export function installDiagLogger(level: DiagLevel): void {
  const write =
    (name: string) =>
    (message: string, ...details: unknown[]): void => {
      quietConsole.error('%s', `[opentelemetry ${name}] ${[message, ...details].map(String).join(' ')}`);
    };
  const logger: DiagLogger = {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    verbose: write('verbose'),
  };
  const logLevel = DiagLogLevel[level.toUpperCase() as Uppercase<DiagLevel>];
  diag.setLogger(logger, { logLevel, suppressOverrideMessage: true });
}

/**
 * Says what is wrong with the configuration: through `diag` where `OTEL_LOG_LEVEL` set that up, as a process warning
 * where it would not be seen there.
 */
export function warnOfConfiguration(sentence: string, level: DiagLevel | undefined): void {
  if (level === undefined) process.emitWarning(sentence, { code: 'LIVE_OTEL_CONFIGURATION' });
  else diag.warn(`live-otel: ${sentence}`);
}
