/**
 * The example agent against the simulator, without end: something to see in an empty stack. `npm run stack --
 * --with-demo` starts it, and the `demo` profile of docker compose runs this file:
 *
 *   OTEL_EXPORTER_OTLP_ENDPOINT=http://… DEMO_SESSIONS=12 node demo.ts
 */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Act, acts, cast } from '../../src/cli/demo/acts.ts';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { type Child, startChild } from './child.ts';

const root = path.dirname(path.dirname(import.meta.dirname));
/** More than anybody waits for. */
const conversations = 1_000_000;
const defaultSessions = 12;

export interface DemoOptions {
  /** Address of the Collector, OTLP over HTTP. */
  readonly otlp: string;
  /** Sessions open at once, in all. */
  readonly sessions?: number;
  readonly onProgress: (line: string) => void;
}

export interface Demo {
  readonly close: () => Promise<void>;
}

export async function startDemo({
  otlp,
  sessions = defaultSessions,
  onProgress,
}: DemoOptions): Promise<Demo> {
  const parallel = Math.max(1, Math.round(sessions / acts.length));
  const playing = await Promise.all(
    acts.map((act, index) => play(act, index + 1, parallel, otlp, onProgress)),
  );
  onProgress(`the demo holds ${parallel * acts.length} sessions open, many of which are made to die`);
  return { close: async () => void (await Promise.all(playing.map(({ close }) => close()))) };
}

/** One act until it is closed. */
export async function play(
  act: Act,
  seed: number,
  parallel: number,
  otlp: string,
  onProgress: (line: string) => void,
): Promise<Demo> {
  const script = act.scenes.map((scene) => cast(scene.script, scene.calls));
  const simulator = await LiveServerSimulator.start({ script, seed, timeScale: act.timeScale });
  const options: Act['agent'] = { ...act.agent, conversations, parallel };
  const agent = await startChild({
    binary: process.execPath,
    args: [
      '--require',
      path.join(root, 'dist/register.cjs'),
      path.join(root, 'examples/voice-agent/agent.mjs'),
      ...Object.entries(options).flatMap(([option, value]) =>
        value === true ? [`--${option}`] : [`--${option}`, String(value)],
      ),
    ],
    env: {
      ...process.env,
      GEMINI_BASE_URL: simulator.url,
      GEMINI_API_KEY: 'demo',
      TIME_SCALE: String(act.timeScale),
      LIVE_OTEL_FILE: 'off',
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
      OTEL_SERVICE_NAME: act.service,
      ...(act.version !== undefined && {
        OTEL_RESOURCE_ATTRIBUTES: `service.version=${act.version}`,
      }),
      OTEL_METRIC_EXPORT_INTERVAL: '5000',
    },
    cwd: root,
    logFile: path.join(tmpdir(), `live-otel-demo-${process.pid}.log`),
  });
  let closing = false;
  void agent.ended.then((how) => {
    if (!closing) onProgress(`the agent of the ${act.name} ${how}`);
  });
  return {
    close: async () => {
      closing = true;
      await endAgent(agent);
      await simulator.close();
    },
  };
}

async function endAgent(agent: Child): Promise<void> {
  if (agent.running()) agent.signal('SIGTERM');
  await agent.ended;
}

if (import.meta.main) {
  const demo = await startDemo({
    otlp: process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? 'http://127.0.0.1:4318',
    sessions: Number(process.env.DEMO_SESSIONS || defaultSessions),
    onProgress: (line) => console.log(line),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void demo.close());
}
