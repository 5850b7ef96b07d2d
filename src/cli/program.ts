/** `live-otel`: only the code of the command that is called gets loaded. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { packageRoot } from './package-files.ts';
import { UsageError } from './usage-error.ts';

interface LazyCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const commands: readonly LazyCommand[] = [
  {
    name: 'report',
    summary: 'why the recorded sessions closed, and what to do first',
    load: async () => (await import('./report.ts')).reportCommand(),
  },
  {
    name: 'issue',
    summary: 'the same as Markdown, to paste into an issue, and where to post it',
    load: async () => (await import('./issue.ts')).issueCommand(),
  },
  {
    name: 'explain',
    summary: 'what a close code or a reason text can mean, and what would decide',
    load: async () => (await import('./explain.ts')).explainCommand(),
  },
  {
    name: 'models',
    summary: 'what each Live model takes, and which are retired',
    load: async () => (await import('./models.ts')).modelsCommand(),
  },
  {
    name: 'doctor',
    summary: 'whether an application in this directory would be instrumented, and why not',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  {
    name: 'simulate',
    summary: 'a Live API server on a local port, for agents without a key',
    load: async () => (await import('./simulate.ts')).simulateCommand(),
  },
  {
    name: 'receive',
    summary: 'a file for the sessions of pages, which can write none',
    load: async () => (await import('./receive.ts')).receiveCommand(),
  },
  {
    name: 'demo',
    summary: 'a voice agent against the simulator, and the report of what happened',
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  {
    name: 'record',
    summary: 'runs an application and writes each Live session to a file, without what was said',
    load: async () => (await import('./record.ts')).recordCommand(),
  },
  {
    name: 'replay',
    summary: 'why a recorded session ended, and whether it does so again',
    load: async () => (await import('./replay.ts')).replayCommand(),
  },
  {
    name: 'experiment',
    summary:
      'whether a suspected factor ends sessions: opens sessions that differ in it alone, and gives a verdict',
    load: async () => (await import('./experiment.ts')).experimentCommand(),
  },
  {
    name: 'init',
    summary:
      'the Collector configuration, dashboards, alert rules and the example agent, written into a directory',
    load: async () => (await import('./init.ts')).initCommand(),
  },
];

/** Runs one command line; resolves to the exit code: 0 well, 1 not, 2 wrong usage. */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command('live-otel')
    // For `record`, whose arguments are a command of their own.
    .enablePositionalOptions()
    .description('OpenTelemetry for the Gemini Live API.')
    .version(packageVersion(), '-v, --version')
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .exitOverride();
  const wanted = args.find((arg) => !arg.startsWith('-') && arg !== 'help');
  for (const { name, summary, load } of commands) {
    const command = name === wanted ? await load() : new Command(name);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCode(error);
  }
}

function exitCode(error: unknown): number {
  // Help and version end a command line by an error with code 0; commander has printed all others.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 || error.code === 'commander.error' ? error.exitCode : 2;
  }
  if (error instanceof UsageError) {
    process.stderr.write(`live-otel: ${error.message}\n`);
    return error.exitCode;
  }
  throw error;
}

function oneLine(text: string): string {
  const said = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ');
  const help = /^(unknown|missing|option|command-argument|too many)/.test(said)
    ? ' See live-otel --help.'
    : '';
  return `live-otel: ${said}${/[.?)]$/.test(said) ? '' : '.'}${help}\n`;
}

function packageVersion(): string {
  const manifest = path.join(packageRoot(), 'package.json');
  const { version } = createRequire(import.meta.url)(manifest) as { readonly version: string };
  return version;
}
