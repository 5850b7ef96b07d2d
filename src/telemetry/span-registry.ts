import type { SpanContext } from '@opentelemetry/api';

/** How many ended spans of a kind can still be a parent or a link. */
const remembered = 32;

/**
 * Open entities of one kind by their index in the session, and the contexts of those that ended last. An idle
 * session has no such thing and holds no map for it.
 */
export class SpanRegistry<Entry extends { readonly span: { readonly spanContext: SpanContext } }> {
  #open: Map<number, Entry> | undefined;
  #ended: Map<number, SpanContext> | undefined;

  has(index: number): boolean {
    return this.contextOf(index) !== undefined;
  }

  get(index: number | undefined): Entry | undefined {
    return index === undefined ? undefined : this.#open?.get(index);
  }

  /** Oldest first. */
  open(): Entry[] {
    return [...(this.#open?.values() ?? [])];
  }

  /** Of an open span or one that ended not long ago. */
  contextOf(index: number | undefined): SpanContext | undefined {
    if (index === undefined) return undefined;
    return this.#open?.get(index)?.span.spanContext ?? this.#ended?.get(index);
  }

  add(index: number, entry: Entry): void {
    this.#open ??= new Map();
    this.#open.set(index, entry);
  }

  remove(index: number): void {
    const entry = this.#open?.get(index);
    if (entry === undefined) return;
    this.#open?.delete(index);
    this.#ended ??= new Map();
    this.#ended.set(index, entry.span.spanContext);
    if (this.#ended.size <= remembered) return;
    for (const oldest of this.#ended.keys()) {
      this.#ended.delete(oldest);
      return;
    }
  }
}
