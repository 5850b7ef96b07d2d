import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { spanDefinitions } from '../conventions/spans.ts';
import type { Signal } from './settings.ts';

/** What an exporter is given at once, by signal. */
export interface Batches {
  readonly traces: ReadableSpan[];
  readonly metrics: ResourceMetrics;
  readonly logs: ReadableLogRecord[];
}

/** A message of a batch, serialized. */
export interface Part {
  readonly body: Uint8Array;
  /** Spans, metrics or log records in it. */
  readonly items: number;
  /** Holds closures, and nothing else: the last to be given up. */
  readonly evidence: boolean;
}

/** The part of a serializer that is used here. */
export type Serialize<Batch> = Pick<ISerializer<Batch, unknown>, 'serializeRequest'>;

/**
 * Serializes a batch to messages of at most `maxBytes`, where items can be told apart. Closures get messages of their
 * own: a receiver that refuses the content of a session does not refuse its end.
 */
export function partsOf<S extends Signal>(
  signal: S,
  batch: Batches[S],
  serializer: Serialize<Batches[S]>,
  maxBytes: number,
): readonly Part[] {
  switch (signal) {
    case 'traces': {
      const spans = batch as ReadableSpan[];
      const serialize = (part: readonly ReadableSpan[]) =>
        (serializer as Serialize<ReadableSpan[]>).serializeRequest([...part]);
      const closures = spans.filter(isClosure);
      const others = closures.length === 0 ? spans : spans.filter((span) => !isClosure(span));
      return [...split(closures, serialize, maxBytes, true), ...split(others, serialize, maxBytes, false)];
    }
    case 'logs': {
      const serialize = (part: readonly ReadableLogRecord[]) =>
        (serializer as Serialize<ReadableLogRecord[]>).serializeRequest([...part]);
      return split(batch as ReadableLogRecord[], serialize, maxBytes, false);
    }
    case 'metrics': {
      const whole = batch as ResourceMetrics;
      const metrics = whole.scopeMetrics.flatMap(({ scope, metrics }) =>
        metrics.map((metric) => ({ scope, metric })),
      );
      const serialize = (part: typeof metrics) => {
        const scopes = new Map<ResourceMetrics['scopeMetrics'][number]['scope'], MetricData[]>();
        for (const { scope, metric } of part) {
          const of = scopes.get(scope) ?? [];
          scopes.set(scope, of);
          of.push(metric);
        }
        return (serializer as Serialize<ResourceMetrics>).serializeRequest({
          resource: whole.resource,
          scopeMetrics: [...scopes].map(([scope, metrics]) => ({ scope, metrics })),
        });
      };
      return split(metrics, serialize, maxBytes, false);
    }
    default:
      return [];
  }
}

function isClosure(span: ReadableSpan): boolean {
  return span.name === closureName;
}

const closureName: string = 'live_closure' satisfies keyof typeof spanDefinitions;

function split<Item>(
  items: readonly Item[],
  serialize: (items: Item[]) => Uint8Array | undefined,
  maxBytes: number,
  evidence: boolean,
): readonly Part[] {
  if (items.length === 0) return [];
  const body = serialize([...items]);
  if (body === undefined) return [];
  if (body.length <= maxBytes || items.length === 1) return [{ body, items: items.length, evidence }];
  const half = Math.ceil(items.length / 2);
  return [items.slice(0, half), items.slice(half)].flatMap((part) =>
    split(part, serialize, maxBytes, evidence),
  );
}
