import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ISerializer } from '@opentelemetry/otlp-transformer';

/** Takes a batch in its entirety, at once: it writes it or keeps it for sending. May throw. */
export type Writer<Batch> = (batch: Batch) => void;

/** The part of a serializer that is used here. */
export type Serializer<Batch> = Pick<ISerializer<Batch, unknown>, 'serializeRequest'>;

/** What the span processor, the metric reader and the logger provider all export to. */
export interface BatchExporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * One exporter for several destinations: one queue, and one failing destination does not keep the others from theirs.
 * `export` is synchronous, so that an ending process can flush without an event loop.
 */
export function exportTo<Batch>(writers: readonly Writer<Batch>[]): BatchExporter<Batch> {
  return {
    export(batch, done) {
      let failure: Error | undefined;
      for (const write of writers) {
        try {
          write(batch);
        } catch (error) {
          failure = error instanceof Error ? error : new Error(String(error));
        }
      }
      done(
        failure === undefined
          ? { code: ExportResultCode.SUCCESS }
          : { code: ExportResultCode.FAILED, error: failure },
      );
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

/**
 * Serializes a batch to lines of at most `maxBytes`, where items can be told apart. The Collector's file receiver
 * takes lines of 1 MiB by default.
 */
export function serializeLines<Item>(
  serializer: Serializer<Item[]>,
  items: readonly Item[],
  maxBytes: number,
): readonly Uint8Array[] {
  if (items.length === 0) return [];
  const line = serializer.serializeRequest([...items]);
  if (line === undefined) return [];
  if (line.length <= maxBytes || items.length === 1) return [line];
  const half = Math.ceil(items.length / 2);
  return [items.slice(0, half), items.slice(half)].flatMap((part) =>
    serializeLines(serializer, part, maxBytes),
  );
}
