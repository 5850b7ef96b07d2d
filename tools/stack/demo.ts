/**
 * The example agent against the simulator, without end: something to see in an empty stack. `npm run stack --
 * --with-demo` starts it, and the `demo` profile of docker compose runs this file:
 *
 *   OTEL_EXPORTER_OTLP_ENDPOINT=http://… DEMO_SESSIONS=12 node demo.ts
 */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Act, cast } from '../../src/cli/demo/acts.ts';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { type Child, startChild } from './child.ts';
import { endless, everySeconds, type Programme, programmes } from './demo-acts.ts';

const root = path.dirname(path.dirname(import.meta.dirname));
const defaultSessions = 12;

export interface DemoOptions {
  /** Address of the Collector, OTLP over HTTP. */
  readonly otlp: string;
  /** Sessions open at once, in all, at most. */
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
  const lines = Math.max(1, Math.round(sessions / programmes.length));
  const playing = programmes.map((programme, index) =>
    perform(programme, index + 1, lines, otlp, onProgress),
  );
  onProgress(`the demo takes ${lines * programmes.length} calls at once, many of which are made to die`);
  return { close: async () => void (await Promise.all(playing.map(({ close }) => close()))) };
}

/** The acts of a programme, one after the other. */
function perform(
  programme: Programme,
  seed: number,
  lines: number,
  otlp: string,
  onProgress: (line: string) => void,
): Demo {
  const closed = new AbortController();
  const over = (async () => {
    let deploys = false;
    for (let round = 0; !closed.signal.aborted; round += 1) {
      for (const { act, minutes, preload } of programme) {
        if (closed.signal.aborted) return;
        if (deploys) onProgress(`${act.service}: ${act.name} is deployed`);
        deploys = true;
        const demo = await play(endless(act, lines, everySeconds), seed + round, otlp, onProgress, preload);
        await sleep(minutes === undefined ? forEver : minutes * 60_000, undefined, closed).catch(
          () => undefined,
        );
        await demo.close();
      }
    }
  })().catch((error: unknown) => onProgress(`the demo of ${programme[0]?.act.service} ended: ${error}`));
  return {
    close: async () => {
      closed.abort();
      await over;
    },
  };
}

/** The longest time a timer of Node keeps: 24 days. */
const forEver = 2 ** 31 - 1;

/** One act until it is closed. */
export async function play(
  act: Act,
  seed: number,
  otlp: string,
  onProgress: (line: string) => void,
  preload?: string,
): Promise<Demo> {
  const script = act.scenes.map((scene) => cast(scene.script, scene.calls));
  const simulator = await LiveServerSimulator.start({ script, seed, timeScale: act.timeScale });
  const agent = await startChild({
    binary: process.execPath,
    args: [
      '--require',
      path.join(root, 'dist/register.cjs'),
      ...(preload === undefined ? [] : ['--import', path.join(import.meta.dirname, preload)]),
      path.join(root, 'examples/voice-agent/agent.mjs'),
      ...Object.entries(act.agent).flatMap(([option, value]) =>
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
