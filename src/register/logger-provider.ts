import {
  type Attributes,
  context,
  isSpanContextValid,
  type Logger,
  type LoggerOptions,
  type LoggerProvider,
  type LogRecord,
  trace,
} from '@opentelemetry/api';
import { suppressTracing, timeInputToHrTime } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { BatchConfig } from './config.ts';
import type { BatchExporter } from './writers.ts';

/** A logger provider that exports in batches, and at once where nothing asynchronous runs any more. */
export interface BatchingLoggerProvider extends LoggerProvider {
  flushSync(): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

export interface LoggerProviderOptions {
  readonly resource: Resource;
  readonly exporter: BatchExporter<ReadableLogRecord[]>;
  readonly batch: BatchConfig;
}

/**
 * Stands in for `@opentelemetry/sdk-logs`, which cannot be loaded beside API 1.9 (it reads names of 1.10 while it is
 * evaluated) and whose batches leave one microtask too late for an ending process.
 */
export function createLoggerProvider({
  resource,
  exporter,
  batch,
}: LoggerProviderOptions): BatchingLoggerProvider {
  const loggers = new Map<string, Logger>();
  let queue: ReadableLogRecord[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const flushSync = (): void => {
    clearTimeout(timer);
    timer = undefined;
    while (queue.length > 0) {
      const records = queue.splice(0, batch.maxBatchSize);
      context.with(suppressTracing(context.active()), () => exporter.export(records, () => {}));
    }
  };

  const enqueue = (record: ReadableLogRecord): void => {
    if (stopped || queue.length >= batch.maxQueueSize) return;
    queue.push(record);
    if (queue.length >= batch.maxBatchSize) {
      flushSync();
    } else if (timer === undefined) {
      timer = setTimeout(flushSync, batch.delayMs);
      timer.unref();
    }
  };

  const createLogger = (scope: ReadableLogRecord['instrumentationScope']): Logger => ({
    emit: (record) => enqueue(readable(record, scope, resource)),
    enabled: () => !stopped,
  });

  return {
    getLogger(name: string, version?: string, options?: LoggerOptions) {
      const scope = {
        name,
        ...(version !== undefined && { version }),
        ...(options?.schemaUrl !== undefined && { schemaUrl: options.schemaUrl }),
        ...(options?.attributes !== undefined && { attributes: options.attributes }),
      };
      const key = JSON.stringify(scope);
      const logger = loggers.get(key) ?? createLogger(scope);
      loggers.set(key, logger);
      return logger;
    },
    flushSync,
    async forceFlush() {
      flushSync();
      await exporter.forceFlush();
    },
    async shutdown() {
      flushSync();
      stopped = true;
      queue = [];
      await exporter.shutdown();
    },
  };
}

function readable(
  record: LogRecord,
  instrumentationScope: ReadableLogRecord['instrumentationScope'],
  resource: Resource,
): ReadableLogRecord {
  const now = Date.now();
  const spanContext = trace.getSpanContext(record.context ?? context.active());
  const { severityNumber, severityText, body, eventName } = record;
  return {
    hrTime: timeInputToHrTime(record.timestamp ?? now),
    hrTimeObserved: timeInputToHrTime(record.observedTimestamp ?? now),
    ...(spanContext !== undefined && isSpanContextValid(spanContext) && { spanContext }),
    ...(severityNumber !== undefined && { severityNumber }),
    ...(severityText !== undefined && { severityText }),
    ...(body !== undefined && { body }),
    ...(eventName !== undefined && { eventName }),
    resource,
    instrumentationScope,
    attributes: { ...exceptionAttributes(record.exception), ...defined(record.attributes) },
    droppedAttributesCount: 0,
  };
}

function defined(attributes: Attributes = {}): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

function exceptionAttributes(exception: unknown): Attributes {
  if (exception === undefined || exception === null) return {};
  if (!(exception instanceof Error)) return { 'exception.message': String(exception) };
  return defined({
    'exception.type': exception.name,
    'exception.message': exception.message,
    'exception.stacktrace': exception.stack,
  });
}
