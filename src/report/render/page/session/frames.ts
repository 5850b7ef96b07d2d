/** The frames of a session: those of its recording, or the last before the end, which the flight recorder has. */
import type { LiveEvent } from '../../../read/otlp.ts';
import type { FrameSummary, FrameRun as RecordedRun } from '../../../read/recordings.ts';
import type { ClosurePart } from '../../../read/sessions/model.ts';
import { at, each, items, type Located, relative, slice } from '../located.ts';
import { type Content, html, type Markup } from '../markup.ts';
import { apart, length, say, show, sum } from '../show.ts';
import { table } from '../table.ts';

/** `--format json` has all. */
const mostRuns = 24;

/** Frames of the same kind and direction that followed each other. */
export interface FrameRun {
  readonly direction: 'sent' | 'received';
  readonly all: readonly LiveEvent[];
  /** Where the first of them stands among the events. */
  readonly from: number;
  readonly first: LiveEvent;
  readonly last: LiveEvent;
}

export function frameTable(closure: Located<ClosurePart>): Markup {
  const events = at(closure, 'events');
  const found = frameRuns(events.value)
    .slice(-mostRuns)
    .map((run) => ({ ...run, where: slice(events, run.from, run.from + run.all.length) }));
  if (found.length === 0) return html`<p class="empty">No frames were kept.</p>`;
  type Row = (typeof found)[number];
  const last = ({ where, last: value }: Row) => ({ ...relative(where), value });
  return html`<div data-origin="${at(closure, 'endedAt').path}">${table(
    'Last frames before the end, oldest first; frames of one kind in a row are one line',
    [
      { title: 'Before the end', cell: (row: Row) => apart(closure.value.endedAt, at(last(row), 'at')) },
      { title: 'Direction', cell: ({ direction }: Row) => direction },
      {
        title: 'Kind',
        cell: (row: Row) => say(at(at(last(row), 'attributes'), 'gemini.live.frame.kind')),
      },
      { title: 'Frames', number: true, cell: ({ where }: Row) => length(relative(where)) },
      {
        title: 'Bytes',
        number: true,
        cell: ({ where }: Row) =>
          sum(each(each(relative(where), 'attributes'), 'gemini.live.frame.size'), 'bytes'),
      },
    ],
    found,
    { path: ({ where }) => where.path },
  )}</div>`;
}

/** From the first to the last, and how many are between. */
export function recordedFrames(summary: Located<FrameSummary>, startedAt: Located<number>): Markup {
  type Row = Located<RecordedRun> | undefined;
  const of = (row: Row): Located<RecordedRun> | undefined => row && relative(row);
  const shown = (cell: (run: Located<RecordedRun>) => Content) => (row: Row) => {
    const run = of(row);
    return run === undefined ? '…' : cell(run);
  };
  const { leftOut } = summary.value;
  const rows: readonly Row[] = [
    ...items(at(summary, 'first')),
    ...(leftOut > 0 ? [undefined] : []),
    ...items(at(summary, 'last')),
  ];
  return html`<div data-origin="${startedAt.path}">${table(
    'Frames of the recording, oldest first; frames of one kind in a row are one line',
    [
      { title: 'After', cell: shown((run) => apart(startedAt.value, at(run, 'from'))) },
      { title: 'Direction', cell: shown((run) => say(at(run, 'direction'))) },
      {
        title: 'Kind',
        cell: (row: Row) => {
          const run = of(row);
          return run === undefined
            ? html`${show(at(summary, 'leftOut'), 'count')} more frames`
            : say(at(run, 'kind'));
        },
      },
      { title: 'Frames', number: true, cell: shown((run) => show(at(run, 'frames'), 'count')) },
      { title: 'Bytes', number: true, cell: shown((run) => show(at(run, 'bytes'), 'bytes')) },
    ],
    rows,
    { path: (row) => row?.path ?? summary.path },
  )}</div>`;
}

/** Events that are no frames are left out. */
export function frameRuns(list: readonly LiveEvent[]): readonly FrameRun[] {
  const found: FrameRun[] = [];
  let from = 0;
  for (let to = 1; to <= list.length; to += 1) {
    const [first, last, next] = [list[from], list[to - 1], list[to]];
    if (first === undefined || last === undefined || (next && alike(first, next))) continue;
    if (first.attributes['gemini.live.frame.kind'] !== undefined) {
      found.push({ direction: directionOf(first), all: list.slice(from, to), from, first, last });
    }
    from = to;
  }
  return found;
}

function alike(a: LiveEvent, b: LiveEvent): boolean {
  return (
    a.attributes['gemini.live.frame.kind'] === b.attributes['gemini.live.frame.kind'] &&
    directionOf(a) === directionOf(b)
  );
}

function directionOf({ attributes }: LiveEvent): FrameRun['direction'] {
  return attributes['gemini.live.frame.direction'] === 'sent' ? 'sent' : 'received';
}
