import { trace } from '@opentelemetry/api';
import { forceFlush } from './force-flush.ts';

type Flush = (timeoutMs: number) => Promise<void>;

/** Of every copy of this package in the process. */
const key = Symbol.for('live-otel.flush');
const firstKey = Symbol.for('live-otel.flush.first');
const holder = globalThis as { [key]?: Set<Flush>; [firstKey]?: Set<Flush> };
/** Of the time that there is, for the sessions that are being closed. */
const firstShare = 0.4;

/** For whoever runs an SDK: {@link flush} calls it. */
export function addFlush(added: Flush): void {
  holder[key] ??= new Set();
  holder[key].add(added);
}

/** For whoever records sessions: {@link flush} awaits it before it delivers. */
export function addBeforeFlush(added: Flush): void {
  holder[firstKey] ??= new Set();
  holder[firstKey].add(added);
}

/**
 * Delivers what was recorded so far, for a process that is about to be frozen (AWS Lambda, Cloud Run with CPU only
 * during requests): call it at the end of the handler, when you have closed the session; it waits for the service to answer the
 * close. Settles when the receiver has
 * answered, or after `timeoutMs`; it never rejects. A process that ends needs no call.
 *
 * @param timeoutMs longest time to wait, in milliseconds. Default 5,000.
 */
export async function flush(timeoutMs = 5_000): Promise<void> {
  const deliver = async (): Promise<void> => {
    await Promise.allSettled([...(holder[firstKey] ?? [])].map((run) => run(firstShare * timeoutMs)));
    const flushes = [...(holder[key] ?? [])].map((run) => run(timeoutMs));
    await Promise.allSettled([...flushes, forceFlush(trace.getTracerProvider())]);
  };
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([deliver(), bound]);
  clearTimeout(timer);
}
