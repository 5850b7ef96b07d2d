import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { quietConsole } from '../instrumentation/output.ts';
import type { DiagLevel } from './settings.ts';

const levels: Readonly<Record<DiagLevel, DiagLogLevel>> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

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
  diag.setLogger(logger, { logLevel: levels[level], suppressOverrideMessage: true });
}

/**
 * Says what is wrong with the configuration: through `diag` where `OTEL_LOG_LEVEL` set that up, as a process warning
 * where it would not be seen there.
 */
export function warnOfConfiguration(sentence: string, level: DiagLevel | undefined): void {
  if (level === undefined) process.emitWarning(sentence, { code: 'LIVE_OTEL_CONFIGURATION' });
  else diag.warn(`live-otel: ${sentence}`);
}
