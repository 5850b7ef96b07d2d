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
interface Run {
  readonly all: Located<readonly LiveEvent[]>;
  readonly first: LiveEvent;
  readonly last: LiveEvent;
}

export function frameTable(closure: Located<ClosurePart>): Markup {
  const found = frameRuns(at(closure, 'events')).slice(-mostRuns);
  if (found.length === 0) return html`<p class="empty">No frames were kept.</p>`;
  return html`<div data-origin="${at(closure, 'endedAt').path}">${table(
    'Last frames before the end, oldest first; frames of one kind in a row are one line',
    [
      {
        title: 'Before the end',
        cell: ({ all, last }: Run) =>
          apart(closure.value.endedAt, at({ ...relative(all), value: last }, 'at')),
      },
      { title: 'Direction', cell: ({ first }: Run) => direction(first) },
      {
        title: 'Kind',
        cell: ({ all, last }: Run) =>
          say(at(at({ ...relative(all), value: last }, 'attributes'), 'gemini.live.frame.kind')),
      },
      { title: 'Frames', number: true, cell: (run: Run) => length(relative(run.all)) },
      {
        title: 'Bytes',
        number: true,
        cell: (run: Run) =>
          sum(each(each(relative(run.all), 'attributes'), 'gemini.live.frame.size'), 'bytes'),
      },
    ],
    found,
    ({ all }) => all.path,
  )}</div>`;
}

function frameRuns(events: Located<readonly LiveEvent[]>): readonly Run[] {
  const list = events.value;
  const found: Run[] = [];
  let from = 0;
  for (let to = 1; to <= list.length; to += 1) {
    const [first, last, next] = [list[from], list[to - 1], list[to]];
    if (first === undefined || last === undefined || (next && alike(first, next))) continue;
    if (first.attributes['gemini.live.frame.kind'] !== undefined) {
      found.push({ all: slice(events, from, to), first, last });
    }
    from = to;
  }
  return found;
}

function alike(a: LiveEvent, b: LiveEvent): boolean {
  return (
    a.attributes['gemini.live.frame.kind'] === b.attributes['gemini.live.frame.kind'] &&
    direction(a) === direction(b)
  );
}

function direction({ attributes }: LiveEvent): string {
  return attributes['gemini.live.frame.direction'] === 'sent' ? 'sent' : 'received';
}
