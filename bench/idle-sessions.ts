import type { IdleInput, IdleResult } from './memory/idle.ts';
import { measureInChild } from './report/child.ts';
import { exact, spread } from './report/format.ts';
import type { Benchmark } from './report/section.ts';
import { median, range } from './report/statistics.ts';

const limitBytes = 6_000;
const sessions = 10_000;

export const idleSessions: Benchmark = {
  name: 'idle-sessions',
  async run({ quick }) {
    const results: Record<IdleInput['mode'], IdleResult[]> = { none: [], 'live-otel': [] };
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      for (const mode of ['none', 'live-otel'] as const) {
        results[mode].push(await measure({ mode, sessions }));
      }
    }
    const row = (title: string, key: keyof IdleResult) => {
      const of = (mode: IdleInput['mode']) => results[mode].map((result) => result[key] / 1_000);
      return [
        title,
        spread(range(of('none')), 'KB'),
        spread(range(of('live-otel')), 'KB'),
        exact(added(results, key) / 1_000, 'KB'),
      ];
    };
    const bytes = added(results, 'open');
    return {
      title: 'Open sessions',
      method: [
        `Memory that lives after garbage collection, heap and typed arrays, of ${sessions.toLocaleString('en')} sessions of the real client over a stand-in for the socket, in processes that take turns with and without \`live-otel\`. Per session:`,
      ],
      tables: [
        {
          title: 'Memory of one session',
          columns: ['Session', 'Without', 'With `live-otel`', 'Added'],
          rows: [
            row('open, setup complete', 'open'),
            row('after 64 frames of audio, in its first turn', 'talked'),
          ],
        },
      ],
      goals: [
        {
          what: `Memory of an idle session, of ${sessions.toLocaleString('en')} open at once`,
          limit: `≤ ${limitBytes / 1_000} KB`,
          measured: exact(bytes / 1_000, 'KB'),
          met: bytes <= limitBytes,
        },
      ],
    };
  },
};

const measure = (input: IdleInput) =>
  measureInChild<IdleResult>(new URL('./memory/idle.ts', import.meta.url), input);

const added = (results: Record<IdleInput['mode'], IdleResult[]>, key: keyof IdleResult): number =>
  median(results['live-otel'].map((result) => result[key])) -
  median(results.none.map((result) => result[key]));
