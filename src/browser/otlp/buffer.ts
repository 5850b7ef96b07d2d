/** Ended spans that wait to be sent: bounded, and closures last to be given up. Pure. */

/** A span, as OTLP's JSON has it. */
export interface EncodedSpan {
  readonly json: string;
  /** In UTF-8. */
  readonly bytes: number;
  /** `live_closure`, which stands for its session where nothing else arrives. */
  readonly closure: boolean;
}

export class SpanBuffer {
  readonly #mostBytes: number;
  #spans: EncodedSpan[] = [];
  #bytes = 0;

  /** @param mostBytes of all spans together */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.#spans.length === 0;
  }

  /** @returns how many spans were given up for it */
  add(span: EncodedSpan): number {
    this.#spans.push(span);
    this.#bytes += span.bytes;
    return this.#makeRoom();
  }

  /**
   * Spans for one message, closures first, else the oldest.
   *
   * @param mostBytes of them together; a span that is larger by itself comes alone, where `alone` allows it.
   */
  take(mostBytes: number, { alone }: { readonly alone: boolean }): readonly EncodedSpan[] {
    const taken = new Set<EncodedSpan>();
    let left = mostBytes;
    for (const closure of [true, false]) {
      for (const span of this.#spans) {
        if (span.closure !== closure || span.bytes > left) continue;
        taken.add(span);
        left -= span.bytes;
      }
    }
    const [first] = this.#spans;
    if (taken.size === 0 && alone && first !== undefined) taken.add(first);
    this.#spans = this.#spans.filter((span) => !taken.has(span));
    for (const { bytes } of taken) this.#bytes -= bytes;
    return [...taken];
  }

  /**
   * What could not be sent, and is to be sent again.
   *
   * @returns how many spans were given up for it
   */
  putBack(spans: readonly EncodedSpan[]): number {
    this.#spans.unshift(...spans);
    for (const { bytes } of spans) this.#bytes += bytes;
    return this.#makeRoom();
  }

  /** @returns how many there were */
  clear(): number {
    const count = this.#spans.length;
    this.#spans = [];
    this.#bytes = 0;
    return count;
  }

  #makeRoom(): number {
    let dropped = 0;
    while (this.#bytes > this.#mostBytes) {
      const oldest = Math.max(
        0,
        this.#spans.findIndex(({ closure }) => !closure),
      );
      this.#bytes -= this.#spans.splice(oldest, 1)[0]?.bytes ?? 0;
      dropped += 1;
    }
    return dropped;
  }
}
