import type { Client } from './audio/raw.ts';
import type { Rounds } from './audio/rounds.ts';
import { measureInChild } from './report/child.ts';
import { exact, percent, spread, times } from './report/format.ts';
import type { Benchmark, Goal, Section, Table } from './report/section.ts';
import { type Estimate, estimate, median, range } from './report/statistics.ts';

type Results = Record<string, Rounds>;

const scripts = {
  taps: new URL('./audio/taps.ts', import.meta.url),
  sdk: new URL('./audio/sdk.ts', import.meta.url),
  socket: new URL('./audio/socket.ts', import.meta.url),
};

const nanosecondLimit = 450;
const shareLimit = 0.01;
const cheaperLimit = 20;
/** In a row, without a collection of garbage in between: a microphone of a minute and a half. */
const busyFrames = 4_000;

/** Differences of the rounds that stood next to each other, in ns a frame. */
const added = (rounds: Rounds, mode: 'live-otel' | 'span-per-message'): Estimate =>
  estimate(rounds[mode].map((value, index) => 1_000 * (value - (rounds.none[index] ?? Number.NaN))));

interface TapCost {
  readonly ours: number;
  readonly theirs: number;
}

/** Frames of a socket without a client library are rows of their own. */
const rowNames: Readonly<Record<Client, (name: string) => string>> = {
  sdk: (name) => name,
  ws: (name) => `\`ws\`: ${name}`,
  global: (name) => `global \`WebSocket\`: ${name}`,
};
const clients = Object.keys(rowNames) as readonly Client[];

export const audioPath: Benchmark = {
  name: 'audio-path',
  async run({ quick }) {
    const processes = quick ? 1 : 5;
    const taps: Results[] = [];
    for (let index = 0; index < processes; index += 1) {
      taps.push(await measureAll(scripts.taps, { rounds: quick ? 5 : 25 }));
    }
    const cold = await measureAll(scripts.taps, { rounds: quick ? 5 : 40, cold: true });
    const sdk = await measure(scripts.sdk, { rounds: quick ? 5 : 60 });
    const busy = await measureAll(scripts.socket, {
      rounds: quick ? 3 : 20,
      framesPerRound: quick ? 1_000 : busyFrames,
      spaced: false,
    });
    const spaced = await measure(scripts.socket, {
      rounds: quick ? 2 : 40,
      framesPerRound: 100,
      spaced: true,
    });
    return section(taps, cold, sdk, busy, spaced);
  },
};

const measure = (script: URL, value: object): Promise<Results> => measureInChild<Results>(script, value);

/** With the SDK, and with sockets of the application's own. */
async function measureAll(script: URL, value: object): Promise<Results> {
  const all: Results = {};
  for (const client of clients) {
    const results = await measure(script, { ...value, client });
    for (const [name, rounds] of Object.entries(results)) all[rowNames[client](name)] = rounds;
  }
  return all;
}

function section(
  taps: readonly Results[],
  cold: Results,
  sdk: Results,
  busy: Results,
  spaced: Results,
): Section {
  const names = Object.keys(busy);
  const costs = new Map<string, TapCost>();
  const tapRows = names.map((name) => {
    const each = taps.map((results) => results[name] as Rounds);
    const ours = range(each.map((rounds) => added(rounds, 'live-otel').median));
    const theirs = range(each.map((rounds) => added(rounds, 'span-per-message').median));
    costs.set(name, { ours: ours.median, theirs: theirs.median });
    return [name, spread(ours, 'ns'), spread(theirs, 'ns'), times(theirs.median / ours.median)];
  });
  return {
    title: 'Audio path',
    method: [
      'CPU time of the client thread (user and system) per audio frame; the service is another process. Sent frames are 16 kHz PCM through `session.sendRealtimeInput()`, received ones 24 kHz PCM in the layouts of the services; an application without the SDK writes and parses them as JSON, on a socket of `ws` or the global one (with `binaryType` `arraybuffer`). Sessions without instrumentation, with `live-otel` and with a span per message take turns in one process; differences are those of neighbouring rounds. The instrumentation that makes a span of each message is a lean one: it parses the message for its type and sets three attributes.',
    ],
    tables: [
      {
        title:
          'The taps alone, in a tight loop: what stands between the SDK, or an application without it, and the socket (median and range of the processes)',
        columns: ['Frame', '`live-otel` adds', 'A span per message adds', 'Ratio'],
        rows: tapRows,
      },
      {
        title:
          'The taps alone, after other work has taken the processor’s caches (single calls, elapsed time; median and 95 % interval of the rounds)',
        columns: ['Frame', '`live-otel` adds', 'A span per message adds'],
        rows: names.map((name) => {
          const of = (mode: 'live-otel' | 'span-per-message'): string => {
            const { median: middle, low, high } = added(cold[name] as Rounds, mode);
            return spread({ median: middle, min: low, max: high }, 'ns');
          };
          return [name, of('live-otel'), of('span-per-message')];
        }),
      },
      wholePath('The SDK, with a socket that does nothing', sdk),
      wholePath(
        'The SDK, or an application without it, and a loopback socket, frames one after the other (a busy process)',
        busy,
      ),
      wholePath('The SDK and a loopback socket, 1 ms of sleep between frames (an idle process)', spaced),
    ],
    remarks: [
      "In brackets: the range of the processes, and 95 % confidence intervals of the median. The first table says how much work is done when all of it is at hand, the others what a process pays for it in between its other work, and that is several times as much. The same holds for the span per message and for single calls of the clock, so the likely reason is the processor's caches, which other work has taken in the meantime: the second table shows what a call costs then.",
      'Where that goes was measured with the same walks around single steps: reading the clock 2 to 4 µs, looking at 16 samples for speech 1.5 µs, a search for the end of the base64 0.7 µs, comparing what surrounds it 0.2 µs, noting the frame 0.15 µs. Recognising a frame by its layouts took 9 to 11 µs, so a frame is now compared with the one before; the reducer, 0.1 µs when it is at hand and several when it is not, takes the frames of a quarter of a second together. What remains is mostly the clock and the calls in between.',
    ],
    goals: goals(names, costs, busy),
  };
}

/** The client's own cost of a frame in ns. */
const whole = (results: Results, name: string): number => 1_000 * median(results[name]?.none ?? []);

function wholePath(title: string, results: Results): Table {
  return {
    title,
    columns: ['Frame', 'Without', '`live-otel` adds', 'Share', 'A span per message adds'],
    rows: Object.entries(results).map(([name, rounds]) => {
      const none = 1_000 * median(rounds.none);
      const ours = added(rounds, 'live-otel');
      return [
        name,
        exact(none, 'ns'),
        spread({ median: ours.median, min: ours.low, max: ours.high }, 'ns'),
        percent(ours.median / none),
        exact(added(rounds, 'span-per-message').median, 'ns'),
      ];
    }),
  };
}

function goals(
  names: readonly string[],
  costs: ReadonlyMap<string, TapCost>,
  busy: Results,
): readonly Goal[] {
  const of = (name: string): TapCost => costs.get(name) ?? { ours: Number.NaN, theirs: Number.NaN };
  const cheaper = Math.min(...names.map((name) => of(name).theirs / of(name).ours));
  const paid = Math.max(
    ...names.map((name) => added(busy[name] as Rounds, 'live-otel').median / whole(busy, name)),
  );
  return [
    ...names.map((name) => ({
      what: `Work per audio frame: ${name}`,
      limit: `≤ ${nanosecondLimit} ns`,
      measured: exact(of(name).ours, 'ns'),
      met: of(name).ours <= nanosecondLimit,
    })),
    ...names.map((name) => ({
      what: `That work as a share of the client's own cost with a socket: ${name}`,
      limit: `≤ ${percent(shareLimit)}`,
      measured: percent(of(name).ours / whole(busy, name)),
      met: of(name).ours / whole(busy, name) <= shareLimit,
    })),
    {
      what: 'What a busy process pays, as a share of the same: the highest of them',
      limit: `≤ ${percent(shareLimit)}`,
      measured: percent(paid),
      met: paid <= shareLimit,
    },
    {
      what: 'Cheaper than a span per message: the least of them',
      limit: `≥ ${cheaperLimit}×`,
      measured: times(cheaper),
      met: cheaper >= cheaperLimit,
    },
  ];
}
