/** Delivers ended spans: in small messages while the page lives, and what fits where it is left. */
import { diag } from '@opentelemetry/api';
import { byteLength } from '../../protocol/bytes.ts';
import { type EncodedSpan, SpanBuffer } from './buffer.ts';
import { encodeMessage, type Origin } from './encode.ts';
import type { Transport } from './transport.ts';

/** Of all messages that a browser still sends for a page that is left, 64 KiB together, with some for their headers. */
const keepaliveBytes = 60_000;
const delayMs = 5_000;
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;

/**
 * `hidden`: out of sight, and perhaps gone without a further word. `kept`: left, and the browser may bring it back.
 * `gone`: left for good.
 */
export type Leaving = 'hidden' | 'kept' | 'gone';

export interface DeliveryOptions {
  readonly transport: Transport;
  readonly origin: Origin;
  /** Of the spans that wait. */
  readonly mostBytes: number;
}

export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #buffer: SpanBuffer;
  /** Bytes of messages under way that outlive the page. */
  #underWay = 0;
  #sending: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = firstRetryMs;
  #dropped = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#buffer = new SpanBuffer(options.mostBytes);
  }

  /** Spans that were given up. */
  get dropped(): number {
    return this.#dropped;
  }

  add(span: EncodedSpan): void {
    this.#drop(this.#buffer.add(span), 'Too many waited to be sent');
    this.#schedule(delayMs);
  }

  /** Sends all that waits, one message after the other. Settles when it is sent, or the receiver cannot be reached. */
  flush(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  /** The receiver may be reached again. */
  retry(): void {
    this.#retryMs = firstRetryMs;
    void this.flush();
  }

  /** The page may be gone in a moment, or is: sends what fits into what a browser sends after that. */
  leave(how: Leaving): void {
    const { transport, origin } = this.#options;
    // A page that comes back sends when it is online again.
    if (how !== 'gone' && !transport.online) return;
    while (!this.#buffer.isEmpty) {
      const spans = this.#buffer.take(this.#room(), { alone: false });
      if (spans.length === 0) break;
      const body = encodeMessage(spans, origin);
      // What becomes of a beacon is not told, so a page that stays sends none.
      if (how !== 'hidden' && transport.beacon(body)) this.#occupy(byteLength(body));
      else void this.#send(spans, body);
    }
    if (how === 'gone') {
      this.#drop(this.#buffer.clear(), 'The page was left, and a browser sends 64 KB after that');
    } else if (!this.#buffer.isEmpty) void this.flush();
  }

  async #sendAll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.#buffer.isEmpty && this.#options.transport.online) {
      const spans = this.#buffer.take(keepaliveBytes - this.#headBytes, { alone: true });
      if (!(await this.#send(spans, encodeMessage(spans, this.#options.origin)))) return;
    }
  }

  /** @returns whether to go on */
  async #send(spans: readonly EncodedSpan[], body: string): Promise<boolean> {
    const bytes = byteLength(body);
    const keepalive = bytes <= keepaliveBytes - this.#underWay;
    if (keepalive) this.#underWay += bytes;
    const outcome = await this.#options.transport.send(body, { keepalive });
    if (keepalive) this.#underWay -= bytes;
    if (outcome === 'later') {
      this.#drop(
        this.#buffer.putBack(spans),
        'The receiver could not be reached, and too many waited to be sent',
      );
      this.#schedule(this.#retryMs);
      this.#retryMs = Math.min(2 * this.#retryMs, longestRetryMs);
      return false;
    }
    this.#retryMs = firstRetryMs;
    if (outcome !== 'delivered')
      this.#drop(spans.length, `The receiver refused them with ${outcome.refused}`);
    return true;
  }

  #schedule(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms);
  }

  /** For spans, in one more message of those that outlive the page. */
  #room(): number {
    return Math.max(0, keepaliveBytes - this.#underWay - this.#headBytes);
  }

  /** No one tells when a beacon has arrived. */
  #occupy(bytes: number): void {
    this.#underWay += bytes;
    setTimeout(() => {
      this.#underWay -= bytes;
    }, delayMs);
  }

  get #headBytes(): number {
    return byteLength(encodeMessage([], this.#options.origin));
  }

  #drop(spans: number, why: string): void {
    if (spans === 0) return;
    if (this.#dropped === 0) {
      diag.warn(
        `live-otel: Spans were not delivered. ${why}. This is said once; \`dropped\` has their number.`,
      );
    }
    this.#dropped += spans;
  }
}
