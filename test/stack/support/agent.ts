import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { root } from '../../support/run-node.ts';

/** For simulators whose turns are counted: as many as the application asks for, since a tool call ends none. */
export const oneTurnEach = { callEndsTurn: false };

/** Part of what the application does; defaults stand in `app/agent.mjs`. */
export interface Part {
  readonly url: string;
  readonly sessions?: number;
  readonly parallel?: number;
  readonly everyMs?: number;
  readonly turns?: number;
  readonly answerBytes?: number;
  readonly answerAfterMs?: number;
  readonly letter?: string;
  readonly wrongId?: string;
  readonly fails?: boolean;
  readonly audio?: boolean;
  readonly resumes?: number;
  readonly hangUpAfterMs?: number;
  readonly model?: string;
  readonly vertexai?: boolean;
  /** Trace ids, one a session: the trace goes on from there, and each answer to a tool says which. */
  readonly traceIds?: readonly string[];
}

/** A session that is over, as the application saw it; `failed` where it never opened. */
export interface Ended {
  readonly part: number;
  readonly session?: number;
  readonly code?: number;
  readonly reason?: string;
  readonly failed?: string;
}

/** What the application noticed of its own pace. */
export interface Pace {
  readonly sends: number;
  readonly sendMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly loopMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly largestRss: number;
}

export interface AgentOptions {
  /** Base URL of the collector's OTLP/HTTP receiver; without one the application runs without `live-otel`. */
  readonly otlp: string | undefined;
  readonly service: string;
  readonly parts: readonly Part[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Agent {
  readonly ended: readonly Ended[];
  /** All sessions are over; the process still runs. */
  readonly finished: Promise<Pace>;
  /** Lets the process end; resolves with its standard error. */
  end(): Promise<string>;
}

const app = fileURLToPath(new URL('../app/agent.mjs', import.meta.url));

/** An application of its own process that is preloaded with `live-otel/register`, as a user would. */
export function startAgent({ otlp, service, parts, env = {} }: AgentOptions): Agent {
  const preload = otlp === undefined ? [] : ['--require', 'live-otel/register'];
  const child = spawn(process.execPath, [...preload, app, JSON.stringify({ parts })], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      OTEL_SERVICE_NAME: service,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      ...(otlp !== undefined && { OTEL_EXPORTER_OTLP_ENDPOINT: otlp }),
      ...env,
    },
  });
  const ended: Ended[] = [];
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = once(child, 'close');
  const finished = new Promise<Pace>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const said = JSON.parse(line) as Ended | (Pace & { done: true });
      if ('done' in said) resolve(said);
      else ended.push(said);
    });
    void closed.then(([code]) => reject(new Error(`The application ended with ${code}: ${stderr}`)));
  });
  // Whoever does not wait for it is told by what is missing.
  finished.catch(() => {});
  return {
    ended,
    finished,
    async end() {
      child.stdin.end();
      await closed;
      return stderr;
    },
  };
}
