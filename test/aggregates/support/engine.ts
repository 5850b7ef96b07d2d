/** A real ClickHouse engine, of the PyPI package chdb, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { python } from './python.ts';

export interface Engine {
  /** The JSON lines that the statements print. Rejects with what the engine says is wrong. */
  run(sql: string): Promise<string>;
  close(): Promise<void>;
}

export function startEngine(): Engine {
  const script = fileURLToPath(new URL('engine.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (sql: string): Promise<string> => {
    child.stdin.write(`${JSON.stringify({ sql })}\n`);
    const next = await answers.next();
    if (next.done) throw new Error('The engine ended without an answer.');
    const { rows, error } = JSON.parse(next.value) as { readonly rows?: string; readonly error?: string };
    if (rows === undefined) throw new Error(`${error}\n${sql}`);
    return rows;
  };
  return {
    run(sql) {
      const answer = last.catch(() => undefined).then(() => ask(sql));
      last = answer;
      return answer;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
