import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a measurement in a Node process of its own, with `gc()`, so that none sees the compiled code, the heap or the
 * garbage of another.
 *
 * @param script takes its input from {@link input} and gives its result to {@link reply}
 */
export async function measureInChild<Result>(script: URL, value: object): Promise<Result> {
  const child = spawn(process.execPath, ['--expose-gc', fileURLToPath(script), JSON.stringify(value)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: cleanEnvironment(),
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${fileURLToPath(script)} ended with code ${code} instead of a result.`);
  return JSON.parse(output) as Result;
}

export function input<Value>(): Value {
  return JSON.parse(process.argv[2] ?? '{}') as Value;
}

export function reply(result: object): void {
  process.stdout.write(JSON.stringify(result));
}

/** Nothing of `OTEL_*`, `LIVE_OTEL_*` and `NODE_OPTIONS` changes what is measured. */
export function cleanEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('gc() is not exposed: run Node with --expose-gc.');
  globalThis.gc();
}
