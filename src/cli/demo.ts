/** `live-otel demo`: the example agent against the simulator, then the report of what was recorded. */
import { access, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { LiveServerSimulator } from '../testing/index.ts';
import { type Act, acts, cast, guestsOf } from './demo/acts.ts';
import { type AgentEnd, runAgent } from './demo/agent-process.ts';
import { placeAgent } from './demo/place-agent.ts';
import { nextStep, opening, whatWasPlanted } from './demo/words.ts';
import { probeOtlp } from './otlp-probe.ts';
import { packageRoot } from './package-files.ts';
import { createProgress, type Progress } from './progress.ts';
import { runReport } from './report/run.ts';
import { UsageError } from './usage-error.ts';

/** Far more than it takes; a machine may be busy. */
const agentTimeoutMs = 180_000;
/** Of an act with more guests than that, nobody reads a line for each. */
const linesWorthReading = 30;
const probeTimeoutMs = 500;

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'Runs a voice agent against a simulated Live API, and reports what happened to its sessions.',
    )
    .option('--out <directory>', 'where the telemetry files go', '.demo')
    .option('--seed <number>', 'decides what the simulated service draws by chance', Number, 1)
    .option('--ascii', 'draw with ASCII characters only')
    .action(demo);
}

interface DemoOptions {
  readonly out: string;
  readonly seed: number;
  readonly ascii?: true;
}

async function demo({ out, seed, ascii }: DemoOptions): Promise<void> {
  await mkdir(out, { recursive: true });
  const places = await locate(out);
  const files = acts.map(({ name }) => path.join(out, `${name.replaceAll(' ', '-')}.jsonl`));
  // Those of the last run, and nothing else: the directory may be anybody's.
  await Promise.all(files.map((file) => rm(file, { force: true })));
  const otlp = await reachableOtlp();
  process.stderr.write(opening(`${out}${otlp ? ` and ${otlp}` : ''}`));
  const progress = createProgress(process.stderr);
  await Promise.all(
    acts.map((act, index) =>
      // Chance is of each act's own.
      play(act, files[index] ?? out, { places, seed: seed + 10_000 * index, otlp, progress }),
    ),
  );
  progress.end();
  const page = path.join(out, 'report.html');
  // Before the report, whose answer is to be what one sees last.
  process.stdout.write(whatWasPlanted());
  await runReport(files, { format: 'text', html: page, ...(ascii && { ascii }) });
  if (otlp) process.stdout.write(`The same went to ${otlp}.\n`);
  process.stdout.write(nextStep(page));
}

interface Stage {
  readonly places: { readonly agent: string; readonly register: string };
  readonly seed: number;
  readonly otlp: string | undefined;
  readonly progress: Progress;
}

async function play(act: Act, file: string, { places, seed, otlp, progress }: Stage): Promise<void> {
  const script = act.scenes.map((scene) => cast(scene.script, scene.calls));
  await using simulator = await LiveServerSimulator.start({ script, seed, timeScale: act.timeScale });
  let lines = 0;
  const report = (line: string): void => {
    lines += 1;
    if (guestsOf(act) <= linesWorthReading) progress.say(`${act.name}, ${line}`);
    else if (lines % 50 === 0) progress.say(`${act.name}, ${lines} calls so far`);
  };
  const end = await runAgent({
    ...places,
    args: Object.entries(act.agent).flatMap(([option, value]) =>
      value === true ? [`--${option}`] : [`--${option}`, String(value)],
    ),
    env: {
      GEMINI_BASE_URL: simulator.url,
      GEMINI_API_KEY: 'demo',
      TIME_SCALE: String(act.timeScale),
      LIVE_OTEL_FILE: file,
      OTEL_SERVICE_NAME: act.service,
      // Makes OTLP one of the destinations where only the default address answers.
      OTEL_TRACES_EXPORTER: otlp ? 'otlp,file' : 'file',
      OTEL_METRICS_EXPORTER: otlp ? 'otlp,file' : 'file',
      OTEL_LOGS_EXPORTER: otlp ? 'otlp,file' : 'file',
    },
    timeoutMs: agentTimeoutMs,
    onLine: report,
  });
  if (end.code !== 0) progress.say(howItEnded(act, end));
}

function howItEnded({ name }: Act, { code, signal, stderr }: AgentEnd): string {
  const how = signal === undefined ? `exited with ${code}` : `was ended by ${signal}`;
  return `The agent of the ${name} ${how}.${stderr === '' ? '' : ` It said: ${stderr.trim()}`}`;
}

/** Where a collector is there to take the telemetry as well. */
async function reachableOtlp(): Promise<string | undefined> {
  const { url, answer } = await probeOtlp(process.env, probeTimeoutMs);
  return 'status' in answer && answer.status < 400 ? url : undefined;
}

/** The agent and the module that instruments it: of the build where this is the build, else the sources. */
async function locate(out: string): Promise<Stage['places']> {
  const root = packageRoot();
  const register = path.join(root, 'dist/register.cjs');
  await access(register).catch(() => {
    throw new UsageError(`There is no ${register}: run npm run build first.`, 1);
  });
  return { agent: await placeAgent(path.join(root, 'examples/voice-agent'), out), register };
}
