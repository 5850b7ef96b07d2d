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
      const serialize = (part: readonly (typeof metrics)[number][]) => {
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

/** As many as one batch of the SDK holds: the first look at how large these items are. */
const firstLook = 512;

/**
 * What has been serialized says how many of the next items fit, so that a process that ends with thousands of sessions
 * serializes each about once.
 */
function split<Item>(
  items: readonly Item[],
  serialize: (items: readonly Item[]) => Uint8Array | undefined,
  maxBytes: number,
  evidence: boolean,
): readonly Part[] {
  const parts: Part[] = [];
  let count = firstLook;
  for (let from = 0; from < items.length; ) {
    const part = items.slice(from, from + count);
    const body = serialize(part);
    const fitting = (part.length * maxBytes * fill) / (body?.length || 1);
    // Items grow and shrink: not too many more at once than were looked at.
    count = Math.max(1, Math.floor(Math.min(fitting, part.length * 2)));
    if (body !== undefined && body.length > maxBytes && part.length > 1) continue;
    if (body !== undefined) parts.push({ body, items: part.length, evidence });
    from += part.length;
  }
  return parts;
}

/** Of the allowed bytes, so that items somewhat larger than those before still fit. */
const fill = 0.8;
