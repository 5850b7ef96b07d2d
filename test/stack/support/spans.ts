import type { FoundSpan } from './jaeger.ts';

/** Spans of one kind: those whose name begins with this word. */
export function named(spans: readonly FoundSpan[], name: string): readonly FoundSpan[] {
  return spans.filter((span) => span.name.split(' ')[0] === name);
}

/** @throws where there is not exactly one */
export function only(spans: readonly FoundSpan[], name: string): FoundSpan {
  const [found, ...others] = named(spans, name);
  if (found !== undefined && others.length === 0) return found;
  throw new Error(`There is not exactly one ${name} among ${spans.map((span) => span.name).join(', ')}.`);
}

export const closureOf = (spans: readonly FoundSpan[]): FoundSpan => only(spans, 'live_closure');

export const codeOf = (spans: readonly FoundSpan[]): unknown =>
  closureOf(spans).attributes['gemini.live.closure.code'];
