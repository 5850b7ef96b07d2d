import { exact, spread, times } from './report/format.ts';
import type { Benchmark, Goal, Section } from './report/section.ts';
import { median, range } from './report/statistics.ts';
import { install, type ProcessCost, runProcess } from './start-up/processes.ts';

const limit = 0.35;
/** What a process may pay that never opens a session, in milliseconds. */
const idleLimitMs = 30;

const preloads = {
  none: undefined,
  'live-otel': 'live-otel-bench/register',
  auto: '@opentelemetry/auto-instrumentations-node/register',
} as const;
type Preload = keyof typeof preloads;

const applications = [
  { name: 'nothing', title: 'loads nothing' },
  { name: 'genai', title: 'loads `@google/genai`' },
  { name: 'session', title: 'is about to open its first session' },
] as const;

/** Where nothing listens. Resource detectors are off: those of cloud platforms ask servers, which is not start-up. */
const destinations = {
  'exporters of OTLP over HTTP': {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_NODE_RESOURCE_DETECTORS: 'none',
  },
  'no exporters': {
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_NODE_RESOURCE_DETECTORS: 'none',
  },
} as const;

interface Variant {
  readonly title: string;
  readonly application: string;
  readonly env: Readonly<Record<string, string>>;
  readonly costs: Readonly<Record<Preload, ProcessCost[]>>;
}

export const startUp: Benchmark = {
  name: 'start-up',
  async run({ quick }) {
    install();
    const variants: readonly Variant[] = applications.flatMap(({ name, title }) =>
      Object.entries(destinations).map(([destination, env]) => ({
        title: `${title}; ${destination}`,
        application: name,
        env,
        costs: { none: [], 'live-otel': [], auto: [] },
      })),
    );
    const rounds = quick ? 2 : 15;
    for (let round = -1; round < rounds; round += 1) {
      for (const { application, env, costs } of variants) {
        for (const preload of Object.keys(preloads) as Preload[]) {
          const cost = await runProcess(application, preloads[preload], env);
          // The first round fills the file cache.
          if (round >= 0) costs[preload].push(cost);
        }
      }
    }
    return section(variants);
  },
};

const of = (costs: readonly ProcessCost[], key: keyof ProcessCost): readonly number[] =>
  costs.map((cost) => cost[key]);

/** Medians of the ratios of processes that ran one after the other. */
function ratios({ costs }: Variant, key: keyof ProcessCost) {
  const [none, ours, auto] = [of(costs.none, key), of(costs['live-otel'], key), of(costs.auto, key)];
  const added = (values: readonly number[], index: number) => (values[index] ?? 0) - (none[index] ?? 0);
  return {
    whole: median(ours.map((value, index) => value / (auto[index] ?? Number.NaN))),
    added: median(ours.map((_, index) => added(ours, index) / added(auto, index))),
    addedMs: median(ours.map((_, index) => added(ours, index))),
  };
}

function section(variants: readonly Variant[]): Section {
  const rows = (key: keyof ProcessCost) =>
    variants.map((variant) => {
      const { whole, added, addedMs } = ratios(variant, key);
      const { costs, title } = variant;
      const cells = (Object.keys(preloads) as Preload[]).map((preload) =>
        spread(range(of(costs[preload], key)), 'ms'),
      );
      return [title, ...cells, exact(addedMs, 'ms'), times(whole), times(added)];
    });
  const columns = [
    'Application',
    'No preload',
    '`live-otel`',
    '`auto-instrumentations-node`',
    'Added',
    'Ratio',
    'Ratio of what is added',
  ];
  return {
    title: 'Start-up',
    method: [
      'Whole processes, one after the other in turns: no preload, `--require live-otel/register`, and `--require @opentelemetry/auto-instrumentations-node/register` beside it. They end as soon as the SDK has started. `live-otel` starts its SDK when the application has loaded `@google/genai`, so a process that never does pays for the hook only. What records sessions is loaded with the first one, or a second later: that is in the last rows, which are no start of a process any more and have no goal.',
    ],
    tables: [
      { title: 'From spawn to exit', columns, rows: rows('wall') },
      { title: 'CPU time of all threads', columns, rows: rows('cpu') },
    ],
    goals: variants.flatMap((variant) => [...goals(variant), ...idleGoals(variant)]),
  };
}

function goals(variant: Variant): readonly Goal[] {
  if (variant.application === 'session') return [];
  return (['wall', 'cpu'] as const).map((key) => {
    const { whole } = ratios(variant, key);
    return {
      what: `Start-up beside \`auto-instrumentations-node\`, ${key === 'wall' ? 'time' : 'CPU'}: ${variant.title}`,
      limit: `≤ ${times(limit)}`,
      measured: times(whole),
      met: whole <= limit,
    };
  });
}

function idleGoals(variant: Variant): readonly Goal[] {
  if (variant.application !== 'nothing') return [];
  const { addedMs } = ratios(variant, 'wall');
  return [
    {
      what: `Added to the start of a process that ${variant.title}`,
      limit: `≤ ${exact(idleLimitMs, 'ms')}`,
      measured: exact(addedMs, 'ms'),
      met: addedMs <= idleLimitMs,
    },
  ];
}
