import { trace } from '@opentelemetry/api';
import { forceFlush } from './force-flush.ts';

type Flush = (timeoutMs: number) => Promise<void>;

/** Of every copy of this package in the process. */
const key = Symbol.for('live-otel.flush');
const holder = globalThis as { [key]?: Set<Flush> };

/** For whoever runs an SDK: {@link flush} calls it. */
export function addFlush(added: Flush): void {
  holder[key] ??= new Set();
  holder[key].add(added);
}

/**
 * Delivers what was recorded so far, for a process that is about to be frozen (AWS Lambda, Cloud Run with CPU only
 * during requests): call it at the end of the handler, when the session is closed. Settles when the receiver has
 * answered, or after `timeoutMs`; it never rejects. A process that ends needs no call.
 *
 * @param timeoutMs longest time to wait, in milliseconds. Default 5,000.
 */
export async function flush(timeoutMs = 5_000): Promise<void> {
  const flushes = [...(holder[key] ?? [])].map((run) => run(timeoutMs));
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([Promise.allSettled([...flushes, forceFlush(trace.getTracerProvider())]), bound]);
  clearTimeout(timer);
}
