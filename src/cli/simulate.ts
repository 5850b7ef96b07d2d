import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { duration } from '../conventions/words.ts';
import type { Recording, Script, SimulatedSession, SimulatorOptions } from '../testing/index.ts';
import { checkScript, LiveServerSimulator, scripts } from '../testing/index.ts';
import { integer } from './integer.ts';
import { interrupted } from './interrupted.ts';
import { loadRecording } from './replay/load.ts';

/** Where the command writes and what stops it; for tests. */
export interface SimulateContext {
  readonly write?: (line: string) => void;
  /** Stops the simulator, as SIGINT and SIGTERM do. */
  readonly signal?: AbortSignal;
}

interface Options {
  readonly port: number;
  readonly host: string;
  readonly script: readonly Script[];
  readonly replay?: Recording;
  readonly seed: number;
  readonly timeScale: number;
  readonly tls?: true | readonly string[];
  readonly list?: true;
}

/** `live-otel simulate`: runs the simulator on a port until it is interrupted. */
export function simulateCommand(context: SimulateContext = {}): Command {
  const write = context.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  const command = new Command('simulate')
    .description('Run a simulated Live service on a port, to test an agent without a key.')
    .option('--port <port>', 'port to listen on, 0 for any', integer(0, 65_535), 8080)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--script <name...>', 'scripts by name, or JSON files; sessions take turns', addScript, [])
    .option('--replay <file>', 'serve a recording instead of a script', readRecording)
    .option('--seed <number>', 'decides ids, delays and probabilities', integer(0, 2 ** 32 - 1), 1)
    .option('--time-scale <factor>', 'how many times faster than real time the protocol runs', positive, 1)
    .option(
      '--tls [name...]',
      'serve TLS with a certificate of its own, for localhost, the host and these names',
    )
    .option('--list', 'list the scripts and exit');
  return command.action(async (options: Options) => {
    if (options.list) return listScripts(write);
    const simulator = await start(options, command);
    if (simulator) await serve(simulator, write, context.signal);
  });
}

async function start(options: Options, command: Command): Promise<LiveServerSimulator | undefined> {
  const { port, host, seed, timeScale, replay, script, tls } = options;
  const what: SimulatorOptions = replay ? { recording: replay } : script.length > 0 ? { script } : {};
  try {
    return await LiveServerSimulator.start({
      port,
      host,
      seed,
      timeScale,
      ...(tls && { tls: tls === true || { names: tls } }),
      ...what,
    });
  } catch (error) {
    return command.error(`error: cannot listen on ${host}:${port}: ${messageOf(error)}`, { exitCode: 1 });
  }
}

async function serve(
  simulator: LiveServerSimulator,
  write: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  write(`Simulated Live service at ${simulator.url}`);
  write('Point an agent at it:');
  write(
    `  new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: '${simulator.url}' } })  // vertexai: true for Vertex AI`,
  );
  if (simulator.ca !== undefined) {
    const file = join(mkdtempSync(join(tmpdir(), 'live-otel-ca-')), 'ca.pem');
    writeFileSync(file, simulator.ca);
    write('Let its clients trust its certificate:');
    write(`  export NODE_EXTRA_CA_CERTS=${file}  # Node.js`);
    write(`  export SSL_CERT_FILE=${file}  # Python, Go and others`);
  }
  write('Stop it with Ctrl-C.');
  const stopped = interrupted(signal);
  const reports = reportSessions(simulator, write);
  await stopped;
  await simulator.close();
  await reports;
}

/** One line for each session when it ends. */
async function reportSessions(simulator: LiveServerSimulator, write: (line: string) => void): Promise<void> {
  const lines: Promise<void>[] = [];
  try {
    for (;;) {
      const session = await simulator.nextSession();
      lines.push(session.closed.then(() => write(describe(session))));
    }
  } catch {
    // The simulator was closed: there is no next session.
    await Promise.all(lines);
  }
}

function describe(session: SimulatedSession): string {
  const { end } = session;
  const messages = session.received.reduce((sum, { count }) => sum + count, 0);
  const reason = end?.reason ? ` "${end.reason}"` : '';
  return [
    `session ${session.index + 1}`,
    session.script ?? 'no setup',
    session.api,
    duration(end?.at ?? 0),
    `${messages} received, ${session.sent.frames} sent`,
    `closed by ${end?.by} ${end?.code}${reason}`,
  ].join('  ');
}

function listScripts(write: (line: string) => void): void {
  const width = Math.max(...Object.keys(scripts).map((name) => name.length));
  for (const { name, description } of Object.values<Script>(scripts)) {
    write(`${name.padEnd(width)}  ${description}`);
  }
}

function addScript(value: string, before: readonly Script[]): readonly Script[] {
  return [...before, value.endsWith('.json') ? readScript(value) : namedScript(value)];
}

function namedScript(name: string): Script {
  const script = Object.values<Script>(scripts).find((one) => one.name === name);
  if (script) return script;
  throw new InvalidArgumentError(`There is no such script: ${Object.keys(scripts).join(', ')} are allowed.`);
}

function readScript(path: string): Script {
  try {
    return checkScript(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}

function readRecording(path: string): Recording {
  try {
    return loadRecording(path);
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}

function positive(value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('A number greater than 0 is allowed.');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
