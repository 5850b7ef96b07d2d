/** `live-otel report`. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { defaultFile } from '../conventions/support.ts';

const mostSessions = 10_000;

export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Says which hypothesis the recorded sessions support, and what to do first. Reads OTLP files, as live-otel or the OpenTelemetry Collector write them, and recordings of sessions.',
    )
    .addArgument(
      new Argument(
        '[file...]',
        'OTLP files (JSON lines or protobuf; plain, gzip or zstd), recordings, directories of them, - for standard input',
      ).default([], `${defaultFile} and the files rotated away from it`),
    )
    .addOption(
      new Option('--format <format>', 'how to print').choices(['text', 'markdown', 'json']).default('text'),
    )
    .option('--html <file>', 'write a page as well: one file that needs no network')
    .option(
      '--all',
      'everything, printed above the answer: all hypotheses, closures, tools, a session in full',
    )
    .option('--session <id>', 'only the session with this session id or trace id, or whose id begins with it')
    .option('--sessions <number>', 'how many sessions JSON and page show in full (default: 200)', wholeNumber)
    .option(
      '--compare',
      'compare two inputs, before and after a change: live-otel report --compare BEFORE AFTER',
    )
    .option(
      '--fail-on <rule>',
      "exit with 3 if the report breaks the rule, for example 'unexpected>1%'; can be given several times",
      (rule: string, rules: readonly string[]) => [...rules, rule],
      [],
    )
    .option('--prices <file>', 'prices of tokens, to show what they cost: docs/report.md')
    .option('--jaeger <url>', 'read the traces of a Jaeger (its address) instead of files')
    .option('--tempo <url>', 'the same from a Grafana Tempo')
    .option('--service <name>', 'with --jaeger and --tempo: traces of this service only')
    .option('--since <time>', 'with --jaeger and --tempo: from then on, as 30m, 1h, 2d or a date', '1h')
    .option('--until <time>', 'with --jaeger and --tempo: up to then (default: now)')
    .option(
      '--from-aggregates',
      'the files hold aggregates that a ClickHouse made of the spans: docs/aggregates.md',
    )
    .option('--ascii', 'draw with ASCII characters only')
    .option('--no-progress', 'no progress bar')
    .action(async (files: readonly string[], options) => {
      // Loaded here, so that help and a mistyped option answer at once.
      const { runReport } = await import('./report/run.ts');
      await runReport(files, options);
    });
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= mostSessions) return number;
  throw new InvalidArgumentError(`A whole number from 0 to ${mostSessions} is allowed.`);
}
