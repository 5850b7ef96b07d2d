import { expect, it } from 'vitest';
import { runNode } from '../support/run-node.ts';

const app = `
import { GoogleGenAI } from '@google/genai';
await new Promise((resolve) => setTimeout(resolve, 200));
const count = () => ['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => process.listenerCount(signal));
const seen = [count()];
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => {});
seen.push(count(), process.listeners('SIGTERM').length, process.eventNames().includes('SIGTERM'));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(signal);
seen.push(count(), process.eventNames().includes('SIGTERM'), typeof GoogleGenAI);
console.log(JSON.stringify(seen));
process.exit(0);
`;

it('an application counts the listeners of its signals as it does without us', async () => {
  const run = (preload: readonly string[]) =>
    runNode([...preload, '--input-type=module', '-e', app], { env: { LIVE_OTEL_FILE: 'off' } });
  const bare = await run([]);
  expect(JSON.parse(bare.stdout)[1]).toEqual([1, 1, 1]);
  expect(await run(['--require', 'live-otel/register'])).toEqual(bare);
});
