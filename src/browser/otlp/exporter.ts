/** What is loaded for a page that has no OpenTelemetry SDK: it takes ended spans, and sends them. */
import type { Attributes } from '@opentelemetry/api';
import { Delivery, type Leaving } from './delivery.ts';
import { encodeSpan, type Origin } from './encode.ts';
import type { EndedSpan } from './tracer.ts';
import { createTransport } from './transport.ts';

export interface OtlpOptions {
  /** The whole address, mostly one that ends in `/v1/traces`; may be relative to the page. */
  readonly url: string;
  /** Sent with every message. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `service.name`. Default: the host of the page. */
  readonly serviceName?: string;
  /** Further attributes of the resource. */
  readonly resourceAttributes?: Attributes;
  /** Of the spans that wait to be sent, for instance while the page is offline. Default: 1,000,000. */
  readonly maxBufferedBytes?: number;
}

export interface Exporter {
  /** Spans that could not be delivered. */
  readonly dropped: number;
  add(span: EndedSpan): void;
  flush(): Promise<void>;
  retry(): void;
  leave(how: Leaving): void;
}

const maxBufferedBytes = 1_000_000;

export function createExporter(
  options: OtlpOptions,
  { scope, schemaUrl }: Omit<Origin, 'resource'>,
): Exporter {
  const delivery = new Delivery({
    transport: createTransport({ url: options.url, headers: options.headers ?? {} }),
    mostBytes: options.maxBufferedBytes ?? maxBufferedBytes,
    origin: {
      scope,
      schemaUrl,
      resource: {
        'service.name': options.serviceName ?? location.host,
        'telemetry.sdk.name': scope.name,
        'telemetry.sdk.language': 'webjs',
        'telemetry.sdk.version': scope.version,
        'user_agent.original': navigator.userAgent,
        ...options.resourceAttributes,
      },
    },
  });
  return {
    get dropped() {
      return delivery.dropped;
    },
    add: (span) => delivery.add(encodeSpan(span)),
    flush: () => delivery.flush(),
    retry: () => delivery.retry(),
    leave: (how) => delivery.leave(how),
  };
}
