import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Lines of standard output: what the application noticed. */
  readonly noticed: readonly string[];
  readonly stderr: string;
  readonly ms: number;
}

export interface RunOptions {
  readonly ending: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Sent each time the application says that it is ready. */
  readonly signal?: NodeJS.Signals | undefined;
  /** Standard input ends when this resolves. */
  readonly idleAfter?: Promise<unknown>;
  readonly preloadFlag?: '--import' | '--require';
}

const preload = fileURLToPath(new URL('./fixture/preload.ts', import.meta.url));
const application = fileURLToPath(new URL('./fixture/app.ts', import.meta.url));

/** Runs the fixture application to its end, in a clean environment. */
export async function runApplication({
  ending,
  env,
  cwd,
  signal,
  preloadFlag = '--import',
  idleAfter,
}: RunOptions): Promise<Run> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [preloadFlag, preload, application, ending], { cwd, env });
  void idleAfter?.then(() => child.stdin.end());
  let stdout = '';
  let stderr = '';
  let readySeen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const ready = stdout.split('ready\n').length - 1;
    for (; readySeen < ready; readySeen++) if (signal !== undefined) child.kill(signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, endedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return {
    code,
    signal: endedBy,
    noticed: stdout.split('\n').filter((line) => line !== ''),
    stderr,
    ms: performance.now() - startedAt,
  };
}

interface SpanLine {
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** `name: ending` of every span in OTLP/JSON trace messages, sorted. */
export function endingsOf(messages: readonly unknown[]): readonly string[] {
  const traces = messages as readonly {
    readonly resourceSpans?: readonly {
      readonly scopeSpans: readonly { readonly spans: readonly SpanLine[] }[];
    }[];
  }[];
  return traces
    .flatMap((message) => message.resourceSpans ?? [])
    .flatMap((resource) => resource.scopeSpans)
    .flatMap((scope) => scope.spans)
    .map(({ name, attributes }) => {
      const ending = attributes.find(({ key }) => key === 'ending')?.value.stringValue;
      return `${name}: ${ending}`;
    })
    .sort();
}

/** Every line of an OTLP/JSON-lines file, parsed. */
export function readLines(path: string): readonly unknown[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.pop() !== '') throw new Error(`${path} does not end with a line feed`);
  return lines.map((line): unknown => JSON.parse(line));
}
