/** `live-otel replay`: a recorded session once more. */
import { Argument, Command, InvalidArgumentError } from 'commander';

export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'Says why a recorded session ended, from its frames alone; with --against, sends what the application sent again and says whether the session ends as it did. To serve the side of the service: live-otel simulate --replay FILE.',
    )
    .addArgument(new Argument('<file>', 'as LIVE_OTEL_RECORD and live-otel record write it'))
    .option('--against <service>', 'simulator, or the address of a service: sends what the application sent')
    .option('--script <name>', 'with the simulator: the script it plays', 'tool-single')
    .option('--time-scale <factor>', 'how many times faster than it was recorded', positive, 1)
    .action(async (file: string, options) => {
      const { runReplay } = await import('./replay/run.ts');
      await runReplay(file, options);
    });
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('A number greater than 0 is allowed.');
}
