/** `live-otel init DIR`: what the package advertises, written out to start from. */
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { packageRoot } from './package-files.ts';
import { UsageError } from './usage-error.ts';

/** Files and folders of the package, and what they are; they keep their places, by which they refer to each other. */
const parts: readonly { readonly from: string; readonly what: string }[] = [
  { from: 'examples/voice-agent', what: 'a voice agent to try live-otel on' },
  { from: 'collector', what: 'the Collector: one machine, and in collector/scale many' },
  { from: 'dashboards/json', what: 'Grafana dashboards' },
  { from: 'deploy/prometheus', what: 'Prometheus: recording and alert rules, with their promtool tests' },
  { from: 'deploy/alertmanager', what: 'Alertmanager: where alerts go' },
  { from: 'deploy/grafana', what: 'Grafana: data sources' },
  { from: 'deploy/jaeger', what: 'Jaeger: storage and links' },
  { from: 'deploy/aggregates', what: 'ClickHouse queries for live-otel report --from-aggregates' },
  { from: 'docs/closures.md', what: 'every cause of a closure, which the alerts link to' },
  { from: 'docs/runbook.md', what: 'what to do when an alert fires' },
  {
    from: 'tools/stack/webhook.ts',
    what: 'prints alerts until Alertmanager has somewhere else to send them',
  },
  { from: 'docker-compose.yml', what: 'all of it on one machine: docker compose up' },
  { from: '.env', what: 'its images and ports' },
];

export function initCommand(): Command {
  return new Command('init')
    .description(
      'Writes the Collector configuration, dashboards, alert rules, docker-compose.yml and the example agent into a directory.',
    )
    .argument('<directory>', 'is made where there is none')
    .option('--force', 'write over files that are there')
    .action((directory: string, { force = false }: { readonly force?: boolean }) => init(directory, force));
}

async function init(directory: string, force: boolean): Promise<void> {
  const root = packageRoot();
  if (!force) await refuseToOverwrite(root, directory);
  for (const { from } of parts) {
    const to = path.join(directory, from);
    await mkdir(path.dirname(to), { recursive: true });
    if (from === 'docker-compose.yml') {
      await writeFile(to, withoutClone(await readFile(path.join(root, from), 'utf8')));
    } else await cp(path.join(root, from), to, { recursive: true });
  }
  const width = Math.max(...parts.map(({ from }) => from.length));
  const lines = parts.map(({ from, what }) => `  ${from.padEnd(width)}  ${what}`);
  process.stdout.write(
    `Written to ${directory}:\n\n${lines.join('\n')}\n\nNext:  cd ${directory} && docker compose up -d\n       OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 node --require live-otel/register app.js\n`,
  );
}

async function refuseToOverwrite(root: string, directory: string): Promise<void> {
  for (const { from } of parts) {
    for (const file of await filesIn(path.join(root, from))) {
      const to = path.join(directory, path.relative(root, file));
      if (await exists(to)) {
        throw new UsageError(`${to} is there already, so nothing was written. --force writes over it.`, 1);
      }
    }
  }
}

async function filesIn(at: string): Promise<readonly string[]> {
  if (!(await stat(at)).isDirectory()) return [at];
  const entries = await readdir(at, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

function exists(at: string): Promise<boolean> {
  return stat(at).then(
    () => true,
    () => false,
  );
}

/** Without the services that are built from the sources. */
function withoutClone(compose: string): string {
  return compose.replace(/^ *# In a clone only, from here …\n[\s\S]*?^ *# … to here\.\n/m, '');
}
