/** `npm run stack`: Collector, Jaeger, Prometheus and Alertmanager on this machine, without Docker. */
import { Command, InvalidArgumentError } from 'commander';
import { findBinaries } from './stack/binaries.ts';
import { type Demo, startDemo } from './stack/demo.ts';
import { startStack, type Urls } from './stack/run.ts';

interface Options {
  readonly data: string;
  readonly buildOnly?: true;
  readonly withDemo?: number | true;
}

const began = performance.now();

await new Command('npm run stack --')
  .description('Runs Collector, Jaeger, Prometheus and Alertmanager on this machine until it is interrupted.')
  .option('--data <directory>', 'where data, logs and resolved configuration go', '.stack')
  .option('--build-only', 'find or build the programs, then exit')
  .option('--with-demo [sessions]', 'also run the example agent against the simulator, with faults', count)
  .action(stack)
  .parseAsync()
  .catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });

async function stack({ data, buildOnly, withDemo }: Options): Promise<void> {
  const binaries = await findBinaries({ onProgress: say });
  if (buildOnly) {
    for (const [name, file] of Object.entries(binaries)) process.stdout.write(`${name.padEnd(13)} ${file}\n`);
    return;
  }
  const interrupted = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve(undefined));
  });
  const stack = await startStack({ dataDir: data, binaries, onProgress: say });
  let demo: Demo | undefined;
  if (withDemo) {
    const sessions = withDemo === true ? undefined : withDemo;
    demo = await startDemo({
      otlp: stack.urls.otlpHttp,
      ...(sessions !== undefined && { sessions }),
      onProgress: say,
    });
  }
  process.stdout.write(addresses(stack.urls, data));
  const failure = await Promise.race([interrupted, stack.failure]);
  say(failure ?? 'stopping');
  await demo?.close();
  await stack.close();
  say(`stopped; the data stays in ${data}`);
  if (failure !== undefined) process.exitCode = 1;
}

function addresses({ otlpHttp, otlpGrpc, jaeger, prometheus, alertmanager }: Urls, data: string): string {
  return `
  OTLP          ${otlpHttp}  (HTTP)   ${otlpGrpc}  (gRPC)
  Jaeger        ${jaeger}
  Prometheus    ${prometheus}
  Alerts        ${prometheus}/user/alerts.html   ${alertmanager}
  Log records   ${data}/collector/logs/logs.jsonl

  OTEL_EXPORTER_OTLP_ENDPOINT=${otlpHttp} node --require live-otel/register app.js

Stop with Ctrl-C.
`;
}

function say(line: string): void {
  process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`);
}

function count(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= 1_000) return number;
  throw new InvalidArgumentError('A whole number from 1 to 1000 is allowed.');
}
