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

/** With the part of the batch that is in it. */
export interface PartOf<Batch> extends Part {
  readonly batch: Batch;
  /** Its only item was too large for a message, so that its values were cut. */
  readonly cut: boolean;
}

/** The part of a serializer that is used here. */
export type Serialize<Batch> = Pick<ISerializer<Batch, unknown>, 'serializeRequest'>;

export interface PartOptions {
  /** Of a message, where its items can be told apart. */
  readonly maxBytes: number;
  /** Of a message with one item: values of a larger one are cut. */
  readonly maxItemBytes: number;
}

/**
 * Serializes a batch to messages of a bounded size. Closures get messages of their own: a receiver that refuses the
 * content of a session does not refuse its end.
 */
export function partsOf<S extends Signal>(
  signal: S,
  batch: Batches[S],
  serializer: Serialize<Batches[S]>,
  options: PartOptions,
): readonly PartOf<Batches[S]>[] {
  type Parts = readonly PartOf<Batches[S]>[];
  switch (signal) {
    case 'traces': {
      const spans = batch as ReadableSpan[];
      const closures = spans.filter(isClosure);
      const others = closures.length === 0 ? spans : spans.filter((span) => !isClosure(span));
      const by = {
        serializer: serializer as Serialize<ReadableSpan[]>,
        batchOf: (items: ReadableSpan[]) => items,
        shorten,
        ...options,
      };
      return [...split(closures, by, true), ...split(others, by, false)] as unknown as Parts;
    }
    case 'logs': {
      const by = {
        serializer: serializer as Serialize<ReadableLogRecord[]>,
        batchOf: (items: ReadableLogRecord[]) => items,
        shorten,
        ...options,
      };
      return split(batch as ReadableLogRecord[], by, false) as unknown as Parts;
    }
    case 'metrics': {
      const whole = batch as ResourceMetrics;
      const metrics = whole.scopeMetrics.flatMap(({ scope, metrics }) =>
        metrics.map((metric) => ({ scope, metric })),
      );
      const batchOf = (part: readonly (typeof metrics)[number][]): ResourceMetrics => {
        const scopes = new Map<ResourceMetrics['scopeMetrics'][number]['scope'], MetricData[]>();
        for (const { scope, metric } of part) {
          const of = scopes.get(scope) ?? [];
          scopes.set(scope, of);
          of.push(metric);
        }
        return {
          resource: whole.resource,
          scopeMetrics: [...scopes].map(([scope, metrics]) => ({ scope, metrics })),
        };
      };
      const by = { serializer: serializer as Serialize<ResourceMetrics>, batchOf, ...options };
      return split(metrics, by, false) as unknown as Parts;
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

interface SplitOptions<Item, Batch> extends PartOptions {
  readonly serializer: Serialize<Batch>;
  readonly batchOf: (items: Item[]) => Batch;
  /** The item with values of at most so many characters. */
  readonly shorten?: (item: Item, maxCharacters: number) => Item;
}

/**
 * What has been serialized says how many of the next items fit, so that a process that ends with thousands of sessions
 * serializes each about once.
 */
function split<Item, Batch>(
  items: readonly Item[],
  options: SplitOptions<Item, Batch>,
  evidence: boolean,
): readonly PartOf<Batch>[] {
  const { serializer, batchOf, maxBytes, maxItemBytes } = options;
  const parts: PartOf<Batch>[] = [];
  let count = firstLook;
  for (let from = 0; from < items.length; ) {
    const part = items.slice(from, from + count);
    const batch = batchOf(part);
    const body = serializer.serializeRequest(batch);
    const fitting = (part.length * maxBytes * fill) / (body?.length || 1);
    // Items grow and shrink: not too many more at once than were looked at.
    count = Math.max(1, Math.floor(Math.min(fitting, part.length * 2)));
    if (body !== undefined && body.length > maxBytes && part.length > 1) continue;
    if (body !== undefined) {
      const [only] = part;
      const cut = body.length > maxItemBytes && only !== undefined ? cutDown(only, options) : undefined;
      parts.push({ ...(cut ?? { body, batch }), cut: cut !== undefined, items: part.length, evidence });
    }
    from += part.length;
  }
  return parts;
}

/** Of the allowed bytes, so that items somewhat larger than those before still fit. */
const fill = 0.8;

/** Values of at most so many characters, until the item fits: the first is what values are cut at by default. */
const shorter = [65_536, 8_192, 1_024, 128];

/** @returns nothing where there is nothing to cut. */
function cutDown<Item, Batch>(
  item: Item,
  { serializer, batchOf, shorten, maxItemBytes }: SplitOptions<Item, Batch>,
): Pick<PartOf<Batch>, 'body' | 'batch'> | undefined {
  let last: Pick<PartOf<Batch>, 'body' | 'batch'> | undefined;
  for (const maxCharacters of shorten === undefined ? [] : shorter) {
    const batch = batchOf([shorten?.(item, maxCharacters) ?? item]);
    const body = serializer.serializeRequest(batch);
    if (body === undefined) return undefined;
    last = { body, batch };
    if (body.length <= maxItemBytes) break;
  }
  return last;
}

/** What a span or a log record holds of the application's. */
interface Contents {
  readonly attributes?: unknown;
  readonly body?: unknown;
  readonly events?: unknown;
  readonly links?: unknown;
}

/** Everything else of the item, its methods included, stays what it is. */
function shorten<Item extends Contents>(item: Item, maxCharacters: number): Item {
  const names = (['attributes', 'body', 'events', 'links'] as const).filter(
    (name) => item[name] !== undefined,
  );
  return Object.create(
    item,
    Object.fromEntries(names.map((name) => [name, { value: shortened(item[name], maxCharacters) }])),
  ) as Item;
}

function shortened(value: unknown, maxCharacters: number): unknown {
  if (typeof value === 'string') return value.slice(0, maxCharacters);
  if (value instanceof Uint8Array) return value.subarray(0, maxCharacters);
  if (Array.isArray(value)) return value.map((item) => shortened(item, maxCharacters));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, shortened(item, maxCharacters)]),
  );
}
