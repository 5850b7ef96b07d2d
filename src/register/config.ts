/**
 * What `live-otel/register` does, read from the standard `OTEL_*` variables and a few `LIVE_OTEL_*` ones
 * (docs/configuration.md). Pure: no file, no clock, no console.
 */
import { defaultFile } from '../conventions/support.ts';
import { type ClosureLog, closureLogs } from '../instrumentation/closure-log.ts';
import { type EnvironmentReader, maxTimerMs, readEnvironment } from './environment.ts';
import { isOtlpConfigured, type OtlpEndpoint, readOtlpEndpoint, type Signal } from './otlp-config.ts';

export const destinations = ['otlp', 'file', 'console'] as const;
export type Destination = (typeof destinations)[number];

export const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof samplers)[number];

export const propagators = ['tracecontext', 'baggage'] as const;
export type PropagatorName = (typeof propagators)[number];

export const temporalities = ['cumulative', 'delta', 'lowmemory'] as const;
export type Temporality = (typeof temporalities)[number];

export const diagLevels = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] as const;
export type DiagLevel = (typeof diagLevels)[number];

/** Where one signal goes. No destination: it is off. */
export interface SignalConfig {
  readonly destinations: readonly Destination[];
  readonly otlp: OtlpEndpoint;
}

export interface BatchConfig {
  readonly delayMs: number;
  readonly exportTimeoutMs: number;
  readonly maxQueueSize: number;
  readonly maxBatchSize: number;
}

export interface FileConfig {
  /** As given; a relative path is one of the working directory. */
  readonly path: string;
  /** Size at which the file is rotated. */
  readonly maxBytes: number;
  /** Files kept in all, the current one included. */
  readonly maxFiles: number;
}

export interface RegisterConfig {
  readonly disabled: boolean;
  /** Of the resource; `undefined` stands for the application's own name. */
  readonly serviceName?: string;
  readonly resourceAttributes: Readonly<Record<string, string>>;
  readonly captureContent: boolean;
  /** What is written to standard error as it happens. */
  readonly log: ClosureLog;
  /** Level of OpenTelemetry's own log, to standard error; `undefined` leaves it as it is. */
  readonly diagLevel?: DiagLevel;
  readonly propagators: readonly PropagatorName[];
  readonly sampler: { readonly name: SamplerName; readonly ratio: number };
  readonly signals: Readonly<Record<Signal, SignalConfig>>;
  readonly spanBatch: BatchConfig;
  readonly logBatch: BatchConfig;
  readonly metricInterval: { readonly everyMs: number; readonly timeoutMs: number };
  readonly temporality: Temporality;
  readonly file: FileConfig;
  /** Longest delay of the process's end for the sake of telemetry. */
  readonly exitTimeoutMs: number;
}

/** @returns a configuration that can be used whatever the variables hold, and one sentence for each bad value. */
export function readConfig(variables: NodeJS.ProcessEnv): {
  readonly config: RegisterConfig;
  readonly warnings: readonly string[];
} {
  const env = readEnvironment(variables);
  const disabled = env.flag('OTEL_SDK_DISABLED');
  const { 'service.name': namedInResource, ...resourceAttributes } = env.pairs('OTEL_RESOURCE_ATTRIBUTES');
  const serviceName = env.text('OTEL_SERVICE_NAME') ?? namedInResource;
  const diagLevel = readDiagLevel(env);
  const config: RegisterConfig = {
    disabled,
    ...(serviceName !== undefined && { serviceName }),
    resourceAttributes,
    captureContent: env.flag('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'),
    log: env.choice('LIVE_OTEL_LOG', closureLogs, 'off'),
    ...(diagLevel !== undefined && { diagLevel }),
    propagators: readPropagators(env),
    sampler: readSampler(env),
    signals: readSignals(env),
    spanBatch: readBatch(env, 'OTEL_BSP_', 5_000),
    logBatch: readBatch(env, 'OTEL_BLRP_', 1_000),
    metricInterval: readMetricInterval(env),
    temporality: env.choice('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', temporalities, 'cumulative'),
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
  return { config, warnings: env.warnings };
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

function readPropagators(env: EnvironmentReader): readonly PropagatorName[] {
  const named = env.list('OTEL_PROPAGATORS', [...propagators, 'none'] as const, 'tracecontext and baggage');
  if (named === undefined) return propagators;
  return named.flatMap((name) => (name === 'none' || named.includes('none') ? [] : name));
}

function readSampler(env: EnvironmentReader): RegisterConfig['sampler'] {
  const name = env.choice('OTEL_TRACES_SAMPLER', samplers, 'parentbased_always_on');
  return { name, ratio: name.endsWith('traceidratio') ? env.ratio('OTEL_TRACES_SAMPLER_ARG', 1) : 1 };
}

/**
 * Nothing configured: everything goes to the file. As soon as OTLP is configured for any signal, the signals without
 * an exporter of their own use OTLP, the standard's default, and the file only where `LIVE_OTEL_FILE` names one.
 */
function readSignals(env: EnvironmentReader): RegisterConfig['signals'] {
  const listed = {
    traces: readExporters(env, 'traces'),
    metrics: readExporters(env, 'metrics'),
    logs: readExporters(env, 'logs'),
  };
  const otlpWanted = isOtlpConfigured(env) || Object.values(listed).some((names) => names?.includes('otlp'));
  const fileOff = isFileOff(env);
  const fileNamed = !fileOff && env.text('LIVE_OTEL_FILE') !== undefined;

  const read = (signal: Signal): SignalConfig => {
    const named = listed[signal] ?? [otlpWanted ? ('otlp' as const) : ('file' as const)];
    const off = named.includes('none');
    const chosen = destinations.filter((destination) => {
      if (off) return false;
      if (destination === 'file') return !fileOff && (fileNamed || named.includes('file'));
      return named.includes(destination);
    });
    if (!off && fileOff && listed[signal]?.includes('file')) {
      env.warn(
        `${exporterVariable(signal)} names file, but LIVE_OTEL_FILE turns the file off; no file is written.`,
      );
    }
    return { destinations: chosen, otlp: readOtlpEndpoint(env, signal) };
  };
  return { traces: read('traces'), metrics: read('metrics'), logs: read('logs') };
}

function readExporters(
  env: EnvironmentReader,
  signal: Signal,
): readonly (Destination | 'none')[] | undefined {
  const fallback = isOtlpConfigured(env) ? 'otlp' : 'the default';
  const names = env.list(exporterVariable(signal), [...destinations, 'none'] as const, fallback);
  if (names?.includes('none') && names.length > 1) {
    env.warn(`${exporterVariable(signal)} names none beside other exporters; none is used.`);
  }
  return names;
}

function exporterVariable(signal: Signal): string {
  return `OTEL_${signal.toUpperCase()}_EXPORTER`;
}

function readBatch(env: EnvironmentReader, prefix: string, delayMs: number): BatchConfig {
  const maxQueueSize = env.integer(`${prefix}MAX_QUEUE_SIZE`, { default: 2_048, min: 1, unit: 'items' });
  const maxBatchSize = env.integer(`${prefix}MAX_EXPORT_BATCH_SIZE`, {
    default: Math.min(512, maxQueueSize),
    min: 1,
    max: maxQueueSize,
    unit: 'items',
  });
  return {
    delayMs: env.integer(`${prefix}SCHEDULE_DELAY`, {
      default: delayMs,
      min: 0,
      max: maxTimerMs,
      unit: 'milliseconds',
    }),
    exportTimeoutMs: env.integer(`${prefix}EXPORT_TIMEOUT`, {
      default: 30_000,
      min: 1,
      max: maxTimerMs,
      unit: 'milliseconds',
    }),
    maxQueueSize,
    maxBatchSize,
  };
}

function readMetricInterval(env: EnvironmentReader): RegisterConfig['metricInterval'] {
  const rule = { min: 1, max: maxTimerMs, unit: 'milliseconds' };
  const everyMs = env.integer('OTEL_METRIC_EXPORT_INTERVAL', { ...rule, default: 60_000 });
  // The reader refuses a timeout longer than its interval.
  const timeoutMs = Math.min(
    everyMs,
    env.integer('OTEL_METRIC_EXPORT_TIMEOUT', { ...rule, default: 30_000 }),
  );
  return { everyMs, timeoutMs };
}
