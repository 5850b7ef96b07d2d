/** `live-otel experiment`. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { experimentBounds } from '../analysis/experiment/experiment.ts';
import { experimentFactors } from '../conventions/vocabulary.ts';

const { size, sessions, burst } = experimentBounds;

export function experimentCommand(): Command {
  return new Command('experiment')
    .description(
      'Settles whether something ends sessions: opens sessions that differ in it and in nothing else, a coin toss for each, and stops as soon as the difference is shown, or that there is none.',
    )
    .addArgument(new Argument('[factor]', 'what is suspected; not with --resume').choices(experimentFactors))
    .option(
      '--all',
      'in the place of a factor: sessions with several at once, then an experiment on each that stands out',
    )
    .option(
      '--against <service>',
      'simulator, or an address; default: the service of your key, as the SDK finds it',
    )
    .option('--script <name>', 'with the simulator: the script it plays', 'tool-single')
    .option('--model <name>', 'model of the sessions')
    .option('--region <name>', 'of Vertex AI')
    .option('--sdk <folder>', 'where @google/genai is found; default: the working directory')
    .option('--other <value>', 'the model, region, folder of the SDK, or address to compare with')
    .option(
      '--size <bytes>',
      'payload_size, encoding: size of the large response',
      wholeNumber(size.least, size.most),
    )
    .addOption(
      new Option('--encoding <name>', 'encoding: what to compare with ASCII').choices([
        'utf8',
        'base64',
        'text',
      ]),
    )
    .option(
      '--sessions <number>',
      'concurrency: sessions open at once, instead of the microphone',
      wholeNumber(sessions.least, sessions.most),
    )
    .option(
      '--burst <number>',
      'rate_limit: connects at once (default: 12)',
      wholeNumber(burst.least, burst.most),
    )
    .option(
      '--silence <seconds>',
      'connection: how long nothing is said; with --other: how long connections are held',
      wholeNumber(1, 900),
    )
    .option('--max-sessions <number>', 'stop after this many sessions', wholeNumber(10, 10_000), 400)
    .option(
      '--parallel <number>',
      'sessions at once, at most (default: 2; in the simulator 8)',
      wholeNumber(1, 50),
    )
    .option('--prices <file>', 'what tokens cost, to say what the experiment costs: docs/experiments.md')
    .option('--budget <amount>', 'with --prices: stops before it costs more', amount)
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--yes', 'do not ask before it begins')
    .option('--i-know', 'rate_limit: use up a quota on purpose')
    .option('--resume [file]', 'go on with an experiment that was interrupted; default: the last one')
    .option('--out <directory>', 'where its files go', '.experiment')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['text', 'markdown', 'json']).default('text'),
    )
    .option(
      '--seed <number>',
      'decides the coin, and what the simulator draws by chance',
      wholeNumber(1, 2 ** 31),
    )
    .option('--time-scale <factor>', 'with the simulator: how many times faster time passes', amount, 20)
    .action(async (factor, options) => {
      const { runCommand } = await import('./experiment/command.ts');
      await runCommand(factor, options);
    });
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is allowed.`);
  };
}

function amount(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('A number greater than 0 is allowed.');
}
