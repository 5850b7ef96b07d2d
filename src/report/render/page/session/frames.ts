/** The last frames before the end: the flight recorder. */
import type { LiveEvent } from '../../../read/otlp.ts';
import type { ClosurePart } from '../../../read/sessions/model.ts';
import { at, each, type Located, relative, slice } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { apart, length, say, sum } from '../show.ts';
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
    ({ where }) => where.path,
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
