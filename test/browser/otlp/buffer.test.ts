import { describe, expect, it } from 'vitest';
import { type EncodedSpan, SpanBuffer } from '../../../src/browser/otlp/buffer.ts';

const span = (json: string, bytes = 10, closure = false): EncodedSpan => ({ json, bytes, closure });
const names = (spans: readonly EncodedSpan[]) => spans.map(({ json }) => json).join('');

describe('spans that wait to be sent', () => {
  it('are taken closures first, else the oldest, as many as there is room for', () => {
    const buffer = new SpanBuffer(1_000);
    for (const one of [span('a'), span('b'), span('C', 10, true), span('d')]) buffer.add(one);
    expect(names(buffer.take(25, { alone: true }))).toBe('Ca');
    expect(names(buffer.take(25, { alone: true }))).toBe('bd');
    expect(buffer.isEmpty).toBe(true);
  });

  it('leave out one that is too large, which comes alone where that is allowed', () => {
    const buffer = new SpanBuffer(1_000);
    for (const one of [span('L', 500), span('a'), span('b')]) buffer.add(one);
    expect(names(buffer.take(100, { alone: true }))).toBe('ab');
    expect(names(buffer.take(100, { alone: false }))).toBe('');
    expect(names(buffer.take(100, { alone: true }))).toBe('L');
  });

  it('are given up beyond the bound, the oldest first and closures last, and counted', () => {
    const buffer = new SpanBuffer(40);
    for (const one of [span('A', 10, true), span('b'), span('c'), span('d')]) expect(buffer.add(one)).toBe(0);
    expect(buffer.add(span('E', 20, true))).toBe(2);
    expect(names(buffer.take(100, { alone: true }))).toBe('AEd');
    expect(buffer.add(span('F', 30, true))).toBe(0);
    expect(buffer.add(span('G', 30, true))).toBe(1);
    expect(buffer.add(span('h', 50))).toBe(1);
    expect(names(buffer.take(100, { alone: true }))).toBe('G');
  });

  it('come first again when they are put back', () => {
    const buffer = new SpanBuffer(30);
    buffer.add(span('a'));
    buffer.add(span('b'));
    const taken = buffer.take(20, { alone: true });
    buffer.add(span('c'));
    expect(buffer.putBack(taken)).toBe(0);
    buffer.add(span('d'));
    expect(names(buffer.take(100, { alone: true }))).toBe('bcd');
    buffer.add(span('e'));
    expect(buffer.clear()).toBe(1);
    expect(buffer.isEmpty).toBe(true);
  });
});
