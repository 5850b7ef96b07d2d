/** `npm run demo`: the command of the sources, with the instrumentation of the build. */
import { run } from '../src/cli/program.ts';

process.exitCode = await run(['demo', ...process.argv.slice(2)]);
