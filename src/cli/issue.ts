/** `live-otel issue`: what was recorded, as Markdown to report it with. */
import { Argument, Command } from 'commander';

export function issueCommand(): Command {
  return new Command('issue')
    .description(
      'Prints what was recorded as Markdown, to paste into an issue: when sessions closed, with what, their setup in summary, one session with its last frames. Says on standard error where people report such things.',
    )
    .addArgument(
      new Argument('[file...]', 'as live-otel report takes them').default(
        [],
        'live-otel.jsonl and the files rotated away from it',
      ),
    )
    .option(
      '--session <id>',
      'only about the session with this session id or trace id, or whose id begins with it',
    )
    .option('--jaeger <url>', 'read the traces of a Jaeger (its address) instead of files')
    .option('--tempo <url>', 'the same from a Grafana Tempo')
    .option('--service <name>', 'with --jaeger and --tempo: traces of this service only')
    .option('--since <time>', 'with --jaeger and --tempo: from then on, as 30m, 1h, 2d or a date', '1h')
    .option('--until <time>', 'with --jaeger and --tempo: up to then (default: now)')
    .option('--recordings <directory>', 'with --session: where its recording may be', '.recordings')
    .action(async (files: readonly string[], { recordings, ...options }) => {
      const { runReport } = await import('./report/run.ts');
      await runReport(files, { ...options, format: 'markdown' });
      if (options.session !== undefined) {
        const { attachmentWords } = await import('./issue/attachment.ts');
        const words = attachmentWords(options.session, recordings);
        if (words !== undefined) process.stderr.write(`\n${words}\n`);
      }
      process.stderr.write(whereToReport);
    });
}

const whereToReport = `
Read it before you post it. Where such things are reported:
  the SDK and the Gemini API   https://github.com/googleapis/js-genai/issues
  the Gemini API, forum        https://discuss.ai.google.dev/c/gemini-api
  Vertex AI                    your Google Cloud support, or https://issuetracker.google.com
`;
