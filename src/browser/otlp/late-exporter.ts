import { diag, type TracerProvider } from '@opentelemetry/api';
import type { Origin } from './encode.ts';
import type { Exporter, OtlpOptions } from './exporter.ts';
import { createTracerProvider, type EndedSpan } from './tracer.ts';

export interface LateExporter extends Omit<Exporter, 'add'> {
  readonly provider: TracerProvider;
}

/** Loads the exporter as the page begins. What ends before it is there waits for it. */
export function loadExporter(options: OtlpOptions, origin: Omit<Origin, 'resource'>): LateExporter {
  let early: EndedSpan[] | undefined = [];
  let exporter: Exporter | undefined;
  const loading = import('./exporter.ts').then(
    ({ createExporter }) => {
      exporter = createExporter(options, origin);
      for (const span of early ?? []) exporter.add(span);
      early = undefined;
    },
    (error: unknown) => {
      early = undefined;
      diag.warn('live-otel: The exporter could not be loaded.', String(error));
    },
  );
  const provider = createTracerProvider((span) => {
    if (exporter === undefined) early?.push(span);
    else exporter.add(span);
  });
  const flush = async (): Promise<void> => {
    await loading;
    await exporter?.flush();
  };
  return {
    // An end that was not expected is flushed through its provider.
    provider: Object.assign(provider, { forceFlush: flush }),
    get dropped() {
      return exporter?.dropped ?? 0;
    },
    flush,
    retry: () => exporter?.retry(),
    leave: (how) => exporter?.leave(how),
  };
}
