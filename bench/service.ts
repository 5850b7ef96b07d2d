import { type Mode, modes } from './audio/client.ts';
import { measureInChild } from './report/child.ts';
import { exact, percent } from './report/format.ts';
import type { Benchmark } from './report/section.ts';
import { median } from './report/statistics.ts';
import type { ServiceInput, ServiceResult } from './service/run.ts';
import { frameMs, turnMs } from './service/talk.ts';

/** Measured with so many sessions; computed from the last two, in a straight line, with so many. */
const measured = [10, 200] as const;
const computed = 2_000;

type Figures = Omit<ServiceResult, 'spans'>;
type ByMode = Readonly<Record<Mode, Figures>>;

export const service: Benchmark = {
  name: 'service',
  async run({ quick }) {
    const sizes = quick ? [2, 10] : measured;
    const rounds = quick ? 1 : 3;
    const seconds = quick ? 2 : 15;
    const bySize = new Map<number, ByMode>();
    for (const sessions of sizes) {
      const results: Record<Mode, ServiceResult[]> = { none: [], 'live-otel': [], 'span-per-message': [] };
      for (let round = 0; round < rounds; round += 1) {
        for (const turn of modes.keys()) {
          // Who goes first changes, so that none always follows the same one.
          const mode = modes[(turn + round) % modes.length] as Mode;
          results[mode].push(await measure({ mode, sessions, seconds }));
        }
      }
      bySize.set(sessions, {
        none: middle(results.none),
        'live-otel': middle(results['live-otel']),
        'span-per-message': middle(results['span-per-message']),
      });
    }
    const [few = 0, many = 0] = sizes;
    const all = [...bySize, [computed, beyond(few, many, bySize)] as const];
    return {
      title: 'A service',
      method: [
        `What a process with so many sessions at once pays. Each session sends and receives a frame of ${frameMs} ms of audio ten times a second, and has a turn with a tool call every ${turnMs / 1_000} s; the service is another process. Opening and closing are no part of it. The telemetry is made as an exporter makes it (OTLP over protobuf, in batches), and dropped instead of sent. Medians of ${rounds} rounds of ${seconds} s, in which processes without instrumentation, with \`live-otel\` and with a span per message take turns. ${computed.toLocaleString('en')} sessions are computed from the lines through ${few} and ${many}: they are more than one core serves.`,
      ],
      tables: [
        {
          title: 'CPU, of one core',
          columns: ['Sessions', 'Without', '`live-otel` adds', 'A span per message adds'],
          rows: all.map(([sessions, figures]) => [
            label(sessions),
            percent(figures.none.cores),
            percent(figures['live-otel'].cores - figures.none.cores),
            percent(figures['span-per-message'].cores - figures.none.cores),
          ]),
        },
        {
          title: 'Memory that lives',
          columns: ['Sessions', 'Without', '`live-otel` adds', 'A span per message adds'],
          rows: all.map(([sessions, figures]) => [
            label(sessions),
            megabytes(figures.none.bytes),
            megabytes(figures['live-otel'].bytes - figures.none.bytes),
            megabytes(figures['span-per-message'].bytes - figures.none.bytes),
          ]),
        },
        {
          title: 'Telemetry',
          columns: ['Sessions', '`live-otel`', 'A span per message'],
          rows: all.map(([sessions, figures]) => [
            label(sessions),
            rate(figures['live-otel'].telemetry),
            rate(figures['span-per-message'].telemetry),
          ]),
        },
      ],
      remarks: [
        'What happens when a service closes 1,000 sessions at once stands in [reliability.md](reliability.md).',
      ],
      goals: [],
    };
  },
};

const measure = (input: ServiceInput) =>
  measureInChild<ServiceResult>(new URL('./service/run.ts', import.meta.url), input);

function middle(results: readonly ServiceResult[]): Figures {
  return {
    cores: median(results.map(({ cores }) => cores)),
    bytes: median(results.map(({ bytes }) => bytes)),
    telemetry: median(results.map(({ telemetry }) => telemetry)),
  };
}

function beyond(few: number, many: number, bySize: ReadonlyMap<number, ByMode>): ByMode {
  const figures = (mode: Mode): Figures => {
    const line = (of: keyof Figures): number => {
      const [low = 0, high = 0] = [few, many].map((sessions) => bySize.get(sessions)?.[mode][of]);
      return high + ((high - low) / (many - few)) * (computed - many);
    };
    return { cores: line('cores'), bytes: line('bytes'), telemetry: line('telemetry') };
  };
  return {
    none: figures('none'),
    'live-otel': figures('live-otel'),
    'span-per-message': figures('span-per-message'),
  };
}

function label(sessions: number): string {
  return sessions === computed ? `${computed.toLocaleString('en')}, computed` : `${sessions}`;
}

const megabytes = (bytes: number): string => exact(bytes / 1e6, 'MB');
const rate = (bytes: number): string => exact(bytes / 1_000, 'KB/s');
