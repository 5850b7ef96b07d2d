/**
 * The lanes as one drawing. Everything stands at a percentage of the inner `svg`, so that the page's script zooms by
 * widening and shifting that alone, and neither text nor dots are stretched.
 */
import { count, duration } from '../../../../conventions/words.ts';
import type { LiveSession } from '../../../read/sessions/model.ts';
import { html, type Markup, raw } from '../markup.ts';
import { type Lane, lanesOf, type Mark } from './lanes.ts';

/** Pixels. */
const laneHeight = 24;
const axisHeight = 22;
/** Parallel marks of a lane share its height. */
const mostRows = 4;
/** The last ones of each lane: more would be a grey beam. */
const mostMarks = 200;
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 1_800_000, 3_600_000, 7_200_000,
];

export function lanesDrawing(session: LiveSession): Markup {
  const whole = lanesOf(session);
  const lanes = whole.map((lane) => ({ ...lane, marks: lane.marks.slice(-mostMarks) }));
  const left = marksOf(whole) - marksOf(lanes);
  const span = Math.max(session.endedAt - session.startedAt, 1);
  const height = lanes.length * laneHeight + axisHeight;
  const marks = lanes.map((lane, index) => laneMarks(lane, index * laneHeight, session.startedAt, span));
  return html`<figure class="lanes" data-span="${span}">
<figcaption><strong>What happened when.</strong> Solid: someone spoke, generated or worked. Pale: something was awaited. Dots: the first audio of a turn, a handle to resume with. Lines: interruptions, responses, the announced end, the end.${left > 0 && html` <span data-range>Of the busiest lanes the last ${mostMarks} marks are drawn; ${count(left)} earlier ones are not.</span>`}</figcaption>
<div class="zoom"><button type="button" data-zoom="in">Zoom in</button> <button type="button" data-zoom="out">Zoom out</button> <button type="button" data-zoom="end">Last seconds</button> <button type="button" data-zoom="whole">Whole session</button> <output></output></div>
<div class="lane-box"><ul aria-hidden="true">${lanes.map(({ title }) => html`<li>${title}</li>`)}</ul>
<svg class="plot" height="${height}" role="img" tabindex="0" aria-label="${spoken(lanes)}"><svg class="moving" x="0" width="100%" height="${height}">${ticks(span, height)}${marks}</svg></svg></div>
</figure>`;
}

function marksOf(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, { marks }) => sum + marks.length, 0);
}

/** What is drawn, for who does not see it: the steps below have all of it. */
function spoken(lanes: readonly Lane[]): string {
  const said = lanes.map(({ title, marks }) => `${title}: ${marks.length || 'nothing'}`).join('; ');
  return `Lanes over time. ${said}. Plus and minus zoom, the arrow keys move, 0 shows the whole session.`;
}

function ticks(span: number, height: number): Markup {
  const step = steps.find((one) => span / one <= 6) ?? span / 6;
  const at = Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
  return html`<g class="ticks">${at.map((ms) => html`<line x1="${percent(ms / span)}" x2="${percent(ms / span)}" y2="${height - axisHeight}"/><text x="${percent(ms / span)}" y="${height - 6}">${duration(ms)}</text>`)}</g>`;
}

function laneMarks({ marks }: Lane, top: number, start: number, span: number): readonly Markup[] {
  const x = (at: number) => Math.min(1, Math.max(0, (at - start) / span || 0));
  const { rows, rowOf } = stacked(marks);
  const room = (laneHeight - 6) / rows;
  return marks.map((mark) => {
    const [from, to] = [x(mark.from), x(mark.to)];
    const attributes = raw(` class="${mark.shape}${mark.bad ? ' bad' : ''}"`);
    const text = html`<title>${mark.text}</title>`;
    if (mark.shape === 'dot') {
      return html`<circle${attributes} cx="${percent(from)}" cy="${top + laneHeight / 2}" r="4">${text}</circle>`;
    }
    if (mark.shape === 'cut') {
      return html`<line${attributes} x1="${percent(from)}" x2="${percent(from)}" y1="${top + 1}" y2="${top + laneHeight - 1}">${text}</line>`;
    }
    const isWait = mark.shape === 'wait';
    const y = top + 3 + (isWait ? 0 : (rowOf.get(mark) ?? 0) * room);
    const height = isWait ? laneHeight - 7 : room - 1;
    return html`<rect${attributes} x="${percent(from)}" width="${percent(Math.max(to - from, 0.0015))}" y="${Number(y.toFixed(1))}" height="${Number(height.toFixed(1))}">${text}</rect>`;
  });
}

/** Bars that overlap are put below each other. */
function stacked(marks: readonly Mark[]): {
  readonly rows: number;
  readonly rowOf: ReadonlyMap<Mark, number>;
} {
  const bars = marks.filter(({ shape }) => shape === 'bar').toSorted((a, b) => a.from - b.from);
  const ends: number[] = [];
  const rowOf = new Map<Mark, number>();
  for (const bar of bars) {
    const free = ends.findIndex((end) => end <= bar.from);
    const row = free >= 0 ? free : Math.min(ends.length, mostRows - 1);
    ends[row] = Math.max(ends[row] ?? 0, bar.to);
    rowOf.set(bar, row);
  }
  return { rows: Math.max(1, ends.length), rowOf };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
