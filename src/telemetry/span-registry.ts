import type { SpanContext } from '@opentelemetry/api';

/** How many ended spans of a kind can still be a parent or a link. */
const remembered = 32;

/** Open entities of one kind by their index in the session, and the contexts of those that ended last. */
export class SpanRegistry<Entry extends { readonly span: { readonly spanContext: SpanContext } }> {
  readonly #open = new Map<number, Entry>();
  readonly #ended = new Map<number, SpanContext>();

  has(index: number): boolean {
    return this.#open.has(index) || this.#ended.has(index);
  }

  get(index: number | undefined): Entry | undefined {
    return index === undefined ? undefined : this.#open.get(index);
  }

  /** Oldest first. */
  open(): Entry[] {
    return [...this.#open.values()];
  }

  /** Of an open span or one that ended not long ago. */
  contextOf(index: number | undefined): SpanContext | undefined {
    if (index === undefined) return undefined;
    return this.#open.get(index)?.span.spanContext ?? this.#ended.get(index);
  }

  add(index: number, entry: Entry): void {
    this.#open.set(index, entry);
  }

  remove(index: number): void {
    const entry = this.#open.get(index);
    if (entry === undefined) return;
    this.#open.delete(index);
    this.#ended.set(index, entry.span.spanContext);
    if (this.#ended.size <= remembered) return;
    for (const oldest of this.#ended.keys()) {
      this.#ended.delete(oldest);
      return;
    }
  }
}
