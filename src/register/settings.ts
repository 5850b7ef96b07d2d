/**
 * What is ours to read: the few `LIVE_OTEL_*` variables, and which signal goes to the file. Every other `OTEL_*`
 * variable is read by `@opentelemetry/sdk-node` (docs/configuration.md). Pure: no file, no clock, no console.
 */
import { defaultFile } from '../conventions/support.ts';
import { type ClosureLog, closureLogs } from '../instrumentation/closure-log.ts';
import { type EnvironmentReader, readEnvironment } from './environment.ts';

export const signals = ['traces', 'metrics', 'logs'] as const;
export type Signal = (typeof signals)[number];

export const diagLevels = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] as const;
export type DiagLevel = (typeof diagLevels)[number];

/** Where one signal goes. */
export interface SignalRoute {
  /** Lines of the file. */
  readonly file: boolean;
  /** OTLP over the network. */
  readonly network: boolean;
  /** `OTEL_*_EXPORTER` as the SDK is to read it: what the file needs passes through its OTLP exporter. */
  readonly exporters: string;
}

export interface FileSettings {
  /** As given; a relative path is one of the working directory. */
  readonly path: string;
  /** Size at which the file is rotated. */
  readonly maxBytes: number;
  /** Files kept in all, the current one included. */
  readonly maxFiles: number;
}

export interface Settings {
  readonly disabled: boolean;
  readonly captureContent: boolean;
  /** What is written to standard error as it happens. */
  readonly log: ClosureLog;
  /** Level of OpenTelemetry's own log, to standard error; `undefined` leaves it as it is. */
  readonly diagLevel?: DiagLevel;
  /** A variable names a destination: it gets the sessions whatever provider the application has. */
  readonly destinationNamed: boolean;
  readonly routes: Readonly<Record<Signal, SignalRoute>>;
  readonly file: FileSettings;
  /** Longest delay of the process's end for the sake of telemetry. */
  readonly exitTimeoutMs: number;
}

/** @returns settings that can be used whatever the variables hold, and one sentence for each bad value. */
export function readSettings(variables: NodeJS.ProcessEnv): {
  readonly settings: Settings;
  readonly warnings: readonly string[];
} {
  const env = readEnvironment(variables);
  const diagLevel = readDiagLevel(env);
  const settings: Settings = {
    disabled: env.flag('OTEL_SDK_DISABLED'),
    captureContent: env.flag('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'),
    log: env.choice('LIVE_OTEL_LOG', closureLogs, 'off'),
    ...(diagLevel !== undefined && { diagLevel }),
    ...readRoutes(env),
    file: {
      path: isFileOff(env) ? defaultFile : (env.text('LIVE_OTEL_FILE') ?? defaultFile),
      maxBytes: env.integer('LIVE_OTEL_FILE_MAX_BYTES', { default: 100_000_000, min: 1, unit: 'bytes' }),
      maxFiles: env.integer('LIVE_OTEL_FILE_MAX_FILES', { default: 5, min: 1, unit: 'files' }),
    },
    exitTimeoutMs: env.integer('LIVE_OTEL_EXIT_TIMEOUT_MS', {
      default: 2_000,
      min: 0,
      max: 600_000,
      unit: 'milliseconds',
    }),
  };
  return { settings, warnings: env.warnings };
}

function isFileOff(env: EnvironmentReader): boolean {
  const value = env.textOrEmpty('LIVE_OTEL_FILE');
  return value === '' || value?.toLowerCase() === 'off';
}

function readDiagLevel(env: EnvironmentReader): DiagLevel | undefined {
  return env.text('OTEL_LOG_LEVEL') === undefined
    ? undefined
    : env.choice('OTEL_LOG_LEVEL', diagLevels, 'info');
}

/**
 * Nothing configured: everything goes to the file. As soon as OTLP is configured for any signal, the signals without
 * an exporter of their own use OTLP, the standard's default, and the file only where `LIVE_OTEL_FILE` names one.
 */
function readRoutes(env: EnvironmentReader): Pick<Settings, 'routes' | 'destinationNamed'> {
  const lists = signals.map((signal) => env.names(exporterVariable(signal)));
  const fileOff = isFileOff(env);
  const fileNamed = !fileOff && env.text('LIVE_OTEL_FILE') !== undefined;
  const configFile = env.text('OTEL_CONFIG_FILE') !== undefined;
  const otlpWanted = isEndpointConfigured(env) || lists.some((names) => names.includes('otlp'));

  const route = (signal: Signal, names: readonly string[]): SignalRoute => {
    if (configFile) return { file: fileNamed, network: true, exporters: '' };
    const chosen = names.length > 0 ? names : [otlpWanted ? 'otlp' : 'file'];
    if (chosen.includes('none')) return { file: false, network: false, exporters: 'none' };
    if (fileOff && names.includes('file')) {
      env.warn(
        `${exporterVariable(signal)} names file, but LIVE_OTEL_FILE turns the file off; no file is written.`,
      );
    }
    const file = !fileOff && (fileNamed || chosen.includes('file'));
    const network = chosen.includes('otlp');
    const others = chosen.filter((name) => name !== 'file' && name !== 'otlp');
    const exporters = [...(file || network ? ['otlp'] : []), ...others];
    return { file, network, exporters: exporters.join(',') || 'none' };
  };
  const [traces = [], metrics = [], logs = []] = lists;
  return {
    destinationNamed: fileNamed || configFile || otlpWanted || lists.some((names) => names.length > 0),
    routes: {
      traces: route('traces', traces),
      metrics: route('metrics', metrics),
      logs: route('logs', logs),
    },
  };
}

/** Whether an address says that OTLP is wanted, apart from the lists of exporters. */
function isEndpointConfigured(env: EnvironmentReader): boolean {
  return ['', 'TRACES_', 'METRICS_', 'LOGS_'].some(
    (signal) => env.text(`OTEL_EXPORTER_OTLP_${signal}ENDPOINT`) !== undefined,
  );
}

export function exporterVariable(signal: Signal): string {
  return `OTEL_${signal.toUpperCase()}_EXPORTER`;
}
