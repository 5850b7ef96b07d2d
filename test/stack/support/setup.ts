import type { TestProject } from 'vitest/node';
import type { Urls } from '../../../tools/stack/run.ts';
import { freePort } from './free-port.ts';
import { startTestStack } from './stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly urls: Urls;
    readonly dataDir: string;
  }
}

/** The stack that the files share; those that break something start one of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startTestStack({ webhookUrl: `http://127.0.0.1:${await freePort()}/` });
  project.provide('urls', stack.urls);
  project.provide('dataDir', stack.dataDir);
  void stack.failure.then((sentence) => process.stderr.write(`stack: ${sentence}\n`));
  return () => stack.close();
}
