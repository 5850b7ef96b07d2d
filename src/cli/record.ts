/** `live-otel record -- node app.js`: runs an application and writes each of its Live sessions to a file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import path from 'node:path';
import { Argument, Command } from 'commander';
import { packageRoot } from './package-files.ts';
import { UsageError } from './usage-error.ts';

export function recordCommand(): Command {
  return new Command('record')
    .description(
      'Runs a command and writes a file for each Live session of its Node.js processes: every frame with its time, size and structure, without what was said.',
    )
    .addArgument(new Argument('<command...>', 'after --: live-otel record -- node app.js'))
    .option('--out <directory>', 'where the files go', '.recordings')
    .option('--content', 'keep what was said; for your own machine')
    .passThroughOptions()
    .action(async ([command = '', ...args]: readonly string[], { out, content }) => {
      const register = path.join(packageRoot(), 'dist/register.cjs');
      const child = spawn(command, args, {
        stdio: 'inherit',
        env: {
          ...process.env,
          NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(register)}`.trim(),
          LIVE_OTEL_RECORD: path.resolve(out),
          ...(content && { LIVE_OTEL_RECORD_CONTENT: 'true' }),
        },
      });
      // Those of the terminal reach the command by themselves: this process has to outlive it.
      const ignore = (): void => {};
      const pass = (signal: NodeJS.Signals): void => {
        child.kill(signal);
      };
      process.on('SIGINT', ignore).on('SIGTERM', pass);
      const [code, signal] = (await once(child, 'close').catch((error: Error) => {
        throw new UsageError(`Cannot run ${command}: ${error.message}.`, 1);
      })) as [number | null, NodeJS.Signals | null];
      process.off('SIGINT', ignore).off('SIGTERM', pass);
      process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
    });
}
