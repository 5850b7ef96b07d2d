import { describe, expect, it } from 'vitest';
import {
  closureColumn,
  column,
  connectColumn,
  kind,
  responseColumn,
  rowLength,
} from '../../../../src/analysis/risk/record.ts';
import { createFrame, regionOf } from '../../../../src/report/read/sessions/frame.ts';

type Cells = Readonly<Record<number, number>>;

function row(which: number, session: number, cells: Cells = {}) {
  const rows = new Float64Array(rowLength).fill(0);
  rows[column.kind] = which;
  rows[column.session] = session;
  rows[column.weight] = 1;
  for (const [at, value] of Object.entries(cells)) rows[Number(at)] = value;
  return { rows, at: 0, texts: [''] };
}
const unexpected = { [closureColumn.expected]: 0 };
const expected = { [closureColumn.expected]: 1 };

describe('the frame', () => {
  it('puts a session together, in whatever order its spans come', () => {
    const frame = createFrame();
    frame.span(row(kind.toolResponse, 5, { [responseColumn.index]: 2 }));
    frame.closure(row(kind.closure, 5, { ...unexpected, [closureColumn.responses]: 3 }));
    frame.span(row(kind.connect, 5, { [connectColumn.openBefore]: 4, [connectColumn.connectsBefore]: 7 }));
    frame.span(row(kind.toolResponse, 5, { [responseColumn.index]: 1 }));
    const { sessions, missingResponses } = frame.finish();
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ openBefore: 4, connectsBefore: 7, weight: 1 });
    expect(sessions[0]?.responses.map(({ index }) => index)).toEqual([1, 2]);
    expect(missingResponses).toBe(1);
  });

  it('leaves out unexpected ends of sessions of which nothing else was recorded, and counts them', () => {
    const frame = createFrame();
    frame.closure(row(kind.closure, 1, unexpected));
    frame.closure(row(kind.closure, 2, expected));
    frame.span(row(kind.session, 3));
    frame.closure(row(kind.closure, 3, unexpected));
    expect(frame.finish()).toMatchObject({ sessions: [{}], outside: [{ weight: 1 }], thinned: false });
  });

  it.each([
    ['a sampled session whose end is kept anyway', [1, 5, 5], { weight: 5, response: 1 }],
    ['a sampled session whose end was sampled as well', [5, 5, 5], { weight: 5, response: 1 }],
    ['a session of which only responses were thinned', [1, 1, 4], { weight: 1, response: 4 }],
    ['a session that was chosen by its end', [1, 1, 1], { weight: 1, response: 1 }],
  ])('counts %s as often as it stands for others', (_, [end = 1, connect = 1, rest = 1], expected) => {
    const { weight, response } = expected;
    const frame = createFrame();
    frame.span(row(kind.session, 1, { [column.weight]: end }));
    frame.span(row(kind.connect, 1, { [column.weight]: connect }));
    frame.span(row(kind.toolResponse, 1, { [column.weight]: rest }));
    frame.closure(row(kind.closure, 1, { ...unexpected, [column.weight]: end }));
    expect(frame.finish().sessions[0]).toMatchObject({ weight, responses: [{ weight: response }] });
  });

  it('takes the span of a closure over its log record', () => {
    const frame = createFrame();
    frame.span(row(kind.session, 1));
    frame.closure(row(kind.closure, 1, { ...unexpected, [closureColumn.tokens]: 900 }));
    frame.closure(row(kind.log, 1, { ...unexpected, [closureColumn.tokens]: -1 }));
    expect(frame.finish().sessions[0]?.tokens).toBe(900);
  });

  it('has the same of sessions that are put away once others have ended as of those that are kept to the end', () => {
    const bounds = { unexpected: 100, expected: 100, pending: 50 };
    const frames = [createFrame({ ...bounds, complete: 2 }), createFrame({ ...bounds, complete: 50 })];
    for (const frame of frames) {
      for (let session = 1; session <= 20; session += 1) {
        frame.span(row(kind.connect, session, { [connectColumn.openBefore]: session }));
        frame.span(row(kind.session, session));
        frame.closure(row(kind.closure, session, session % 3 === 0 ? unexpected : expected));
        // In the next message, as that of a batch which was held up.
        if (session > 1) frame.span(row(kind.toolResponse, session - 1, { [responseColumn.index]: 1 }));
      }
    }
    const [early, late] = frames.map((frame) => frame.finish());
    expect(early).toEqual(late);
    expect(early?.sessions.filter(({ responses }) => responses.length === 1)).toHaveLength(19);
  });

  it('keeps a part of too many, each for as many as its share says', () => {
    const frame = createFrame({ unexpected: 100, expected: 100, pending: 50, complete: 10 });
    for (let session = 0; session < 1_000; session += 1) {
      const hash = Math.floor(((session * 7_919) % 1_000) * (2 ** 52 / 1_000)) + 1;
      frame.span(row(kind.session, hash));
      frame.closure(row(kind.closure, hash, unexpected));
    }
    const { sessions, thinned } = frame.finish();
    expect(sessions).toHaveLength(100);
    expect(thinned).toBe(true);
    expect(sessions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1_000, -1);
  });
});

it.each([
  ['europe-west4-aiplatform.googleapis.com', 'europe-west4'],
  ['generativelanguage.googleapis.com', ''],
])('the region of %s is %s', (address, region) => {
  expect(regionOf(address)).toBe(region);
});
