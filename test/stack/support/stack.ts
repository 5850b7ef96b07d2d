import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, type StackOptions, startStack } from '../../../tools/stack/run.ts';

/**
 * The stack of `npm run stack` on free ports, with its data in a folder that is gone after `close()`, and without the
 * intervals that make people wait.
 */
export async function startTestStack(
  options: Pick<StackOptions, 'env' | 'webhookUrl' | 'pace' | 'only'> = {},
): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'live-otel-stack-'));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const stack = await startStack({
      dataDir,
      ports: 'free',
      onProgress: (line) => process.stderr.write(`stack: ${line}\n`),
      ...options,
      pace: { ...quick, ...options.pace },
    });
    const close = () => stack.close().finally(remove);
    return { ...stack, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    remove();
    throw error;
  }
}

const quick = {
  scrape: '1s',
  evaluation: '1s',
  groupWait: '1s',
  groupInterval: '1s',
  repeatInterval: '1h',
  spanMetrics: '1s',
} as const;
