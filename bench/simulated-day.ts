import type { DayInput, DayResult } from './memory/day.ts';
import { measureInChild } from './report/child.ts';
import { exact } from './report/format.ts';
import type { Benchmark } from './report/section.ts';
import { slope } from './report/statistics.ts';

const hoursPerDay = 24;
/** The least that can leak is an entry of a table with its key, about 100 bytes. */
const limitBytes = 50;

const variants = [
  { title: 'Sessions one after the other', kind: 'sessions', unit: 'session', perHour: 500, quickly: 50 },
  { title: 'One session that never ends', kind: 'one-session', unit: 'turn', perHour: 2_000, quickly: 200 },
] as const;

export const simulatedDay: Benchmark = {
  name: 'simulated-day',
  async run({ quick }) {
    // Memory is measured, not time: they may run side by side.
    const results = await Promise.all(
      variants.map(async ({ title, kind, unit, perHour, quickly }) => {
        const perSample = quick ? quickly : perHour;
        const { bytes, frames, spans } = await measure({ kind, samples: 2 * hoursPerDay, perSample });
        const count = bytes.length * perSample;
        const growth = slope(bytes.slice(hoursPerDay)) / perSample;
        return { title, unit, bytes, frames, spans, count, growth };
      }),
    );
    return {
      title: 'A day',
      method: [
        'Memory that lives after garbage collection, each hour of two simulated days with `live-otel`: turns with audio both ways, tool calls, interruptions, usage and resumption handles; half of the sessions end with 1011 or 1008. The clocks of the process are simulated, the client is the real one, the socket a stand-in. The first day fills what is of bounded size (the 20,000 last resumption handles); growth is the slope over the second (Theil-Sen).',
      ],
      tables: [
        {
          title: 'Memory of the process',
          columns: ['', 'Work', 'First hour', 'One day', 'Two days', 'Growth on the second day'],
          rows: results.map(({ title, unit, bytes, frames, spans, count, growth }) => [
            title,
            `${count.toLocaleString('en')} ${unit}s, ${frames.toLocaleString('en')} frames, ${spans.toLocaleString('en')} spans`,
            megabytes(bytes[0]),
            megabytes(bytes[hoursPerDay - 1]),
            megabytes(bytes.at(-1)),
            exact(growth, `B per ${unit}`),
          ]),
        },
      ],
      remarks: [
        'Memory moves by single steps of a megabyte or more, up and down; the slope of all pairs is not decided by one of them.',
      ],
      goals: results.map(({ title, unit, growth }) => ({
        what: `No growth on the second day: ${title.toLowerCase()}`,
        limit: `≤ ${limitBytes} B per ${unit}`,
        measured: exact(growth, 'B'),
        met: growth <= limitBytes,
      })),
    };
  },
};

const measure = (input: DayInput) =>
  measureInChild<DayResult>(new URL('./memory/day.ts', import.meta.url), input);

const megabytes = (bytes: number | undefined): string => exact((bytes ?? Number.NaN) / 1_000_000, 'MB');
