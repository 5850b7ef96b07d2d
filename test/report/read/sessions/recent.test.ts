import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecent } from '../../../../src/report/read/sessions/recent.ts';

const uncut = { cutFrom: -1, cutTo: -1 };
const agent = { service: 'agent', node: '24.1.0', os: 'linux' };
const other = { ...agent, service: 'other' };
const text = (json: Uint8Array) => Buffer.from(json).toString();

function spanOf(content: string) {
  const bytes = Buffer.from(`before${content}after`);
  return { bytes, from: 6, to: 6 + content.length, ...uncut };
}

describe('the spans that were read last', () => {
  it('are found by their session, the last one first', () => {
    const recent = createRecent({ bytes: 100, spans: 10 });
    recent.push(1, spanOf('one'), agent);
    recent.push(2, spanOf('two'), agent);
    recent.push(1, spanOf('three'), other);
    expect(recent.of(1).map(({ json, resource }) => [text(json), resource])).toEqual([
      ['three', other],
      ['one', agent],
    ]);
    expect([[...recent.sessions()], recent.has(2), recent.has(3)]).toEqual([[2, 1].toSorted(), true, false]);
  });

  it('leave out what is cut from them', () => {
    const recent = createRecent({ bytes: 100, spans: 10 });
    const bytes = Buffer.from('{"events":[{"name":"a"}],"status":{}}');
    recent.push(1, { bytes, from: 0, to: bytes.length, cutFrom: 10, cutTo: 24 }, agent);
    expect(recent.of(1).map(({ json }) => text(json))).toEqual(['{"events":[],"status":{}}']);
  });

  it('are the very last ones, as many as there is room for', () => {
    const bounds = { bytes: 64, spans: 5 };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 }))),
        (spans) => {
          const recent = createRecent(bounds);
          const contents = spans.map(([session, length], index) => ({
            session,
            content: String.fromCharCode(97 + (index % 26)).repeat(length),
          }));
          for (const { session, content } of contents) recent.push(session, spanOf(content), agent);
          const there = [1, 2, 3].flatMap((session) => recent.of(session)).length;
          expect(there).toBe(spans.length - recent.lost);
          expect(there).toBeGreaterThanOrEqual(Math.min(spans.length, 1));
          const last = contents.slice(recent.lost);
          for (const session of [1, 2, 3]) {
            expect(recent.of(session).map(({ json }) => text(json))).toEqual(
              last
                .filter((span) => span.session === session)
                .map(({ content }) => content)
                .toReversed(),
            );
          }
        },
      ),
    );
  });
});
