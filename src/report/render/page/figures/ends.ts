/** When sessions ended: by the age of the connection, and by the clock. */
import { lifetimes } from '../../../../conventions/lifetimes.ts';
import type { Charts } from '../../../report.ts';
import { seconds } from '../../text/format.ts';
import { binWidth, type Ends, laneCounts, lanesOf, type Run, runs } from '../charts/bins.ts';
import { figure } from '../charts/draw.ts';
import { type Bin, drawLanes, type LaneAxis } from '../charts/lanes.ts';
import { formats, isoTime } from '../formats.ts';
import { at, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { sum } from '../show.ts';
import { table } from '../table.ts';

const mostBins = 110;
const minute = 60;
const day = 86_400;

/** Seconds. */
const ageWidths = [1, 2, 5, 10, 15, 30, minute, 5 * minute, 15 * minute, 3_600, 4 * 3_600, day];
const timeWidths = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1_440, 2_880, 10_080];

const { idle, tenMinutes } = lifetimes;
const marks = [idle, tenMinutes].map(({ at }) => ({ at, label: `${at} s` }));

export function agesFigure(charts: Located<Charts>): Markup {
  const ages = at(charts, 'ages');
  const oldest = Math.max(1, ...ages.value.map(({ to }) => to));
  const width = binWidth(oldest, ageWidths, mostBins);
  return endsFigure(
    runs(ages, ({ from }) => from, { start: 0, stretch: oldest, width }),
    {
      id: 'ages',
      title: 'Age of the connection at its end',
      empty: 'No session has ended, so there are no ages to draw.',
      caption: `Ends in steps of ${ageTick(width)}. The service closes idle connections at about ${idle.at} s, and every connection at about ${tenMinutes.at} s.`,
      first: 'Age',
      label: ({ from, to }) => `${seconds(from)} to ${seconds(to)}`,
      axis: { kind: 'value', name: 'since connect()', format: ageTick, marks },
    },
  );
}

export function timeFigure(charts: Located<Charts>): Markup {
  const time = at(charts, 'time');
  const { timeBinMs } = charts.value;
  const first = time.value[0]?.at ?? 0;
  const stretch = (time.value.at(-1)?.at ?? 0) + timeBinMs - first;
  const width = binWidth(
    stretch,
    timeWidths.map((bins) => bins * timeBinMs),
    mostBins,
  );
  const days = stretch > 2 * day * 1_000;
  const brief = stretch < 10 * minute * 1_000;
  return endsFigure(
    runs(time, (bin) => bin.at, { start: first, stretch, width }),
    {
      id: 'timeline',
      title: 'Ends over time',
      empty: 'No session has ended, so there is no timeline to draw.',
      caption: `Ends in steps of ${formats.ms(width)}, in UTC. Ends of many sessions at the same time speak for an outage or a limit that they share.`,
      first: 'From',
      label: ({ from }) => formats.time(from),
      axis: {
        kind: 'time',
        name: 'UTC',
        format: (value) => isoTime(value).slice(...(days ? [5, 10] : brief ? [11, 19] : [11, 16])),
        marks: [],
      },
    },
  );
}

/** Seconds, short. */
function ageTick(value: number): string {
  return value < 2 * minute ? `${value} s` : value < 7_200 ? `${value / minute} min` : `${value / 3_600} h`;
}

interface EndsWords {
  readonly id: string;
  readonly title: string;
  readonly empty: string;
  readonly caption: string;
  readonly first: string;
  readonly label: (bin: Bin) => string;
  readonly axis: LaneAxis;
}

function endsFigure<T extends Ends>(found: readonly Run<T>[], words: EndsWords): Markup {
  const { id, title, empty, caption, first, label, axis } = words;
  const lanes = lanesOf(found);
  if (lanes.length === 0) return html`<p class="empty">${empty}</p>`;
  if (found.length === 1) {
    return html`<p class="empty">${title}: all fall into one step of the axis, so there is no course to draw.</p>`;
  }
  const peaks = lanes.map((lane) => {
    const most = Math.max(...lane.counts);
    const bin = found[lane.counts.indexOf(most)];
    return `${lane.label}: most at ${bin ? label(bin) : ''}`;
  });
  return figure({
    id,
    title,
    description: `${peaks.join('. ')}.`,
    caption: `${caption} All unexpected ends are drawn to one scale, the expected ones to their own; the number at the end of a row is that of its tallest bar.`,
    draw: (room) => drawLanes(lanes, found, axis, room),
    table: table(
      title,
      [
        { title: first, cell: (run: Run<T>) => html`<span data-range>${label(run)}</span>` },
        ...lanes.map(({ key, label: name }) => ({
          title: name,
          number: true as const,
          cell: (run: Run<T>) => sum(laneCounts(run.members, key)),
        })),
      ],
      found.filter((_run, index) => lanes.some(({ counts }) => counts[index] !== 0)),
    ),
  });
}
