import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLoggerProvider } from '../../src/register/logger-provider.ts';
import { exportTo } from '../../src/register/writers.ts';

let batches: ReadableLogRecord[][];
beforeEach(() => {
  batches = [];
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});
afterEach(() => vi.useRealTimers());

const resource = resourceFromAttributes({});
const provider = () =>
  createLoggerProvider({
    resource,
    exporter: exportTo([(batch: ReadableLogRecord[]) => batches.push(batch)]),
    batch: { delayMs: 1_000, exportTimeoutMs: 1_000, maxQueueSize: 10, maxBatchSize: 3 },
  });
const bodies = () => batches.map((batch) => batch.map(({ body }) => body));

it('exports after the delay', () => {
  const logger = provider().getLogger('scope');
  logger.emit({ body: 'one' });
  vi.advanceTimersByTime(999);
  expect(bodies()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(bodies()).toEqual([['one']]);
});

it('exports a full batch at once', () => {
  const logger = provider().getLogger('scope');
  for (const body of ['one', 'two', 'three', 'four']) logger.emit({ body });
  expect(bodies()).toEqual([['one', 'two', 'three']]);
});

it('exports everything before flushSync returns', () => {
  const logs = provider();
  logs.getLogger('scope').emit({ body: 'one' });
  logs.flushSync();
  expect(bodies()).toEqual([['one']]);
});

it('takes no record after its shutdown', async () => {
  const logs = provider();
  const logger = logs.getLogger('scope');
  await logs.shutdown();
  logger.emit({ body: 'late' });
  logs.flushSync();
  expect({ enabled: logger.enabled(), batches }).toEqual({ enabled: false, batches: [] });
});

it('keeps what the record says, and describes an exception', () => {
  const logs = provider();
  const error = new TypeError('bad');
  logs.getLogger('scope', '1.0.0', { schemaUrl: 'https://schema' }).emit({
    exception: error,
    attributes: { kind: 'a', absent: undefined },
    severityText: 'ERROR',
  });
  logs.flushSync();
  expect(batches).toEqual([
    [
      {
        hrTime: [1_700_000_000, 0],
        hrTimeObserved: [1_700_000_000, 0],
        severityText: 'ERROR',
        resource,
        instrumentationScope: { name: 'scope', version: '1.0.0', schemaUrl: 'https://schema' },
        attributes: {
          'exception.type': 'TypeError',
          'exception.message': 'bad',
          'exception.stacktrace': error.stack,
          kind: 'a',
        },
        droppedAttributesCount: 0,
      },
    ],
  ]);
});

it('gives the same logger for the same scope', () => {
  const logs = provider();
  expect(logs.getLogger('scope', '1')).toBe(logs.getLogger('scope', '1'));
  expect(logs.getLogger('scope', '1')).not.toBe(logs.getLogger('scope', '2'));
});
