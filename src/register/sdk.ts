/**
 * Starts the OpenTelemetry SDK of `@opentelemetry/sdk-node` from the environment, without registering anything: which
 * of its providers become global is decided by whoever started it. Bundled with that SDK (tsdown.config.ts).
 */
import { resolve } from 'node:path';
import { diag, type LoggerProvider, type MeterProvider, type TextMapPropagator } from '@opentelemetry/api';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import { forceFlush } from '../instrumentation/force-flush.ts';
import { deliverTo } from './delivery.ts';
import { readEnvironment } from './environment.ts';
import { createFileWriter } from './file-exporter.ts';
import { openJsonLinesFile } from './jsonl-file.ts';
import { createLosses } from './losses.ts';
import { createOutbox, type Parcel, partlyRefused, withoutSecrets } from './outbox.ts';
import type { PostResult } from './post.ts';
import {
  drainMetrics,
  drainQueue,
  holdQueue,
  logProcessorsOf,
  metricReadersOf,
  spanProcessorsOf,
} from './queues.ts';
import { baseResource, harmlessDetectors } from './resource.ts';
import { capture } from './sdk-api.ts';
import { sendSync } from './send-sync.ts';
import { exporterVariable, type Settings, signals } from './settings.ts';
import type { InTurn } from './threads.ts';

/** A provider is absent where its signal is off. */
export interface RunningSdk {
  readonly tracerProvider?: TracerProvider;
  readonly meterProvider?: MeterProvider;
  readonly loggerProvider?: LoggerProvider;
  readonly propagator?: TextMapPropagator;
  /** Settles when everything so far is delivered or given up, at the latest after `timeoutMs`. */
  forceFlush(timeoutMs: number): Promise<void>;
  /** What is recorded from now on waits for {@link flushSync}, however much it is. */
  hold(): void;
  /** Delivers while the calling thread waits, for at most `exitTimeoutMs`; works in the `exit` event. Never throws. */
  flushSync(inTurn?: InTurn): void;
}

/** @param complain takes a sentence about configuration that does not work here. */
export function startSdk(settings: Settings, complain: (sentence: string) => void): RunningSdk {
  const warn = (sentence: string): void => diag.warn(`live-otel: ${sentence}`);
  const losses = createLosses();
  const outbox = createOutbox({ warn, losses });
  const path = resolve(settings.file.path);
  const file = createFileWriter(
    openJsonLinesFile({ ...settings.file, path, warn: complain }),
    path,
    complain,
    (signal, items) => losses.count(signal, 'file', items),
  );
  deliverTo({ routes: settings.routes, file, outbox });

  const captured = capture(() => {
    withEnvironment(environmentFor(settings, complain), () => {
      startNodeSdk({
        baseResource: baseResource(),
        ...(!isSet('OTEL_NODE_RESOURCE_DETECTORS') && { resourceDetectors: [...harmlessDetectors] }),
      });
    });
  });
  // With a level, they are in the log already.
  if (settings.diagLevel === undefined) for (const complaint of captured.complaints) complain(complaint);
  const { tracerProvider, meterProvider, loggerProvider, propagator } = captured;
  if (meterProvider !== undefined) losses.countIn(meterProvider);
  const queues = [
    ...(tracerProvider === undefined ? [] : spanProcessorsOf(tracerProvider)),
    ...(loggerProvider === undefined ? [] : logProcessorsOf(loggerProvider)),
  ];
  const readers = meterProvider === undefined ? [] : metricReadersOf(meterProvider);
  const providers = [tracerProvider, loggerProvider, meterProvider];

  const flush = async (timeoutMs: number): Promise<void> => {
    await within(timeoutMs, async () => {
      await Promise.allSettled(providers.map(forceFlush));
      await outbox.idle();
    });
  };

  return {
    ...(tracerProvider !== undefined && { tracerProvider: tracerProvider as TracerProvider }),
    ...(meterProvider !== undefined && { meterProvider }),
    ...(loggerProvider !== undefined && { loggerProvider }),
    ...(propagator !== undefined && { propagator }),
    forceFlush: flush,
    hold() {
      queues.forEach(holdQueue);
    },
    flushSync(inTurn = (send) => send()) {
      outbox.hold();
      for (const queue of queues) guarded(() => drainQueue(queue));
      for (const reader of readers) guarded(() => drainMetrics(reader));
      const parcels = outbox.takeAll();
      const results = parcels.length === 0 ? [] : inTurn(() => sendSync(parcels, settings.exitTimeoutMs));
      const refusals = new Map<string, string>();
      const lost: { parcel: Parcel; result: Exclude<PostResult, { status: 'delivered' }> }[] = [];
      for (const [index, parcel] of parcels.entries()) {
        const result = results[index];
        if (result === undefined) continue;
        if (result.status !== 'delivered') {
          lost.push({ parcel, result });
          continue;
        }
        const refusal = parcel.refusedIn?.(result.answer);
        if (refusal !== undefined) refusals.set(parcel.to.url, partlyRefused(parcel, refusal));
      }
      for (const sentence of refusals.values()) warn(sentence);
      const [first] = lost;
      if (first === undefined) return;
      const items = lost.reduce((sum, { parcel }) => sum + parcel.items, 0);
      const where = withoutSecrets(first.parcel.to.url);
      const { reason, status } = first.result;
      warn(
        status === 'retryable'
          ? `${items} items of telemetry could not be sent to ${where} within ${settings.exitTimeoutMs} ms before the process ended: ${reason}; a larger LIVE_OTEL_EXIT_TIMEOUT_MS gives it more time.`
          : `${where} refused ${items} items of telemetry before the process ended: ${reason}; they are lost.`,
      );
    },
  };
}

/** Longer values are cut: a tool's result of megabytes would fill requests, and backends refuse it. In characters. */
const maxValueLength = 65_536;
/** Spans and log records that wait for a moment in which many sessions end. */
const maxQueueSize = '16384';

/** What the SDK is to read in place of what is set, and the defaults that differ from its own. */
function environmentFor({ routes }: Settings, complain: (sentence: string) => void): NodeJS.ProcessEnv {
  // In a configuration file, all is said there.
  if (isSet('OTEL_CONFIG_FILE')) return {};
  const variables: NodeJS.ProcessEnv = valueLimits(complain);
  for (const name of ['OTEL_BSP_MAX_QUEUE_SIZE', 'OTEL_BLRP_MAX_QUEUE_SIZE']) {
    if (!isSet(name)) variables[name] = maxQueueSize;
  }
  for (const signal of signals) variables[exporterVariable(signal)] = routes[signal].exporters;
  return variables;
}

/** The SDK takes a value that is no number for no limit, and a negative one for cutting everything. */
function valueLimits(complain: (sentence: string) => void): NodeJS.ProcessEnv {
  const env = readEnvironment(process.env);
  const rule = { default: maxValueLength, min: 0, unit: 'characters' };
  const general = 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT';
  const limit = env.integer(general, rule);
  const limits: NodeJS.ProcessEnv = { [general]: String(limit) };
  for (const items of ['SPAN', 'LOGRECORD']) {
    const name = `OTEL_${items}_ATTRIBUTE_VALUE_LENGTH_LIMIT`;
    if (isSet(name)) limits[name] = String(env.integer(name, { ...rule, default: limit }));
  }
  for (const warning of env.warnings) complain(warning);
  return limits;
}

function isSet(name: string): boolean {
  return (process.env[name]?.trim() ?? '') !== '';
}

/** The SDK reads `process.env` and nothing else; it does so before this returns. */
function withEnvironment(variables: NodeJS.ProcessEnv, work: () => void): void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** The bound is a timer that holds the event loop: whoever asked for a flush waits for it. */
async function within(ms: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work(), bound]);
  clearTimeout(timer);
}

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    diag.warn(`live-otel: telemetry could not be flushed: ${String(error)}`);
  }
}
