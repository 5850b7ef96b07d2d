// node apps/next/next.mjs build: builds the application. node apps/next/next.mjs start: serves it, asks it once, and stops it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const [command] = process.argv.slice(2);
const port = command === 'start' ? ['--port', '0'] : [];
const next = spawn(process.execPath, ['node_modules/next/dist/bin/next', command, 'apps/next', ...port], {
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(next, 'exit');
let printed = '';
for await (const text of next.stdout) {
  printed += text;
  const url = /Local:\s+(\S+)/.exec(printed)?.[1];
  if (command !== 'start' || url === undefined || !printed.includes('Ready')) continue;
  console.log(await (await fetch(`${url}/api/talk`)).text());
  next.kill();
  break;
}
const [code] = await ended;
if (command === 'build') {
  if (code !== 0) console.error(printed);
  process.exitCode = code;
}
