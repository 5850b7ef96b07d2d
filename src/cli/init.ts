/** `live-otel init DIR`: what the package advertises, written out to start from. */
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { renderWebPages, webPageFolder } from './init/web-pages.ts';
import { packageRoot } from './package-files.ts';
import { UsageError } from './usage-error.ts';

interface Part {
  /** Its place, in the package and in what is written: files refer to each other by it. */
  readonly at: string;
  readonly what: string;
  /** In place of a copy of what the package has there; `file` is its place within `at`, empty for `at` itself. */
  readonly files?: (root: string) => Promise<readonly { readonly file: string; readonly text: string }[]>;
}

const parts: readonly Part[] = [
  { at: 'examples/voice-agent', what: 'a voice agent to try live-otel on' },
  { at: 'collector', what: 'the Collector: one machine, and in collector/scale many' },
  { at: 'dashboards/json', what: 'Grafana dashboards' },
  {
    at: 'deploy/prometheus',
    what: 'Prometheus: recording and alert rules',
  },
  { at: webPageFolder, what: 'the pages that alerts link to', files: renderWebPages },
  { at: 'deploy/alertmanager', what: 'Alertmanager: where alerts go' },
  { at: 'deploy/grafana', what: 'Grafana: data sources' },
  { at: 'deploy/jaeger', what: 'Jaeger: storage and links' },
  { at: 'deploy/kubernetes', what: 'values for the Helm charts, the operator, an example' },
  { at: 'deploy/aggregates', what: 'ClickHouse queries for live-otel report --from-aggregates' },
  {
    at: 'tools/stack/webhook.ts',
    what: 'prints alerts until Alertmanager has somewhere else to send them',
  },
  {
    at: 'docker-compose.yml',
    what: 'all of it on one machine: docker compose up',
    files: async (root) => [
      { file: '', text: withoutClone(await readFile(path.join(root, 'docker-compose.yml'), 'utf8')) },
    ],
  },
  { at: '.env', what: 'its images and ports' },
];

export function initCommand(): Command {
  return new Command('init')
    .description(
      'Writes the Collector configuration, dashboards, alert rules, docker-compose.yml and the example agent into a directory.',
    )
    .argument('<directory>', 'is created if it does not exist')
    .option('--force', 'overwrite files that exist')
    .action((directory: string, { force = false }: { readonly force?: boolean }) => init(directory, force));
}

async function init(directory: string, force: boolean): Promise<void> {
  const root = packageRoot();
  if (!force) await refuseToOverwrite(root, directory);
  for (const { at, files } of parts) {
    if (files === undefined) {
      await cp(path.join(root, at), path.join(directory, at), { recursive: true });
      continue;
    }
    for (const { file, text } of await files(root)) {
      const to = path.join(directory, at, file);
      await mkdir(path.dirname(to), { recursive: true });
      await writeFile(to, text);
    }
  }
  const width = Math.max(...parts.map(({ at }) => at.length));
  const lines = parts.map(({ at, what }) => `  ${at.padEnd(width)}  ${what}`);
  process.stdout.write(
    `Written to ${directory}:\n\n${lines.join('\n')}\n\nNext:  cd ${directory} && docker compose up -d\n       OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 node --require live-otel/register app.js\n`,
  );
}

async function refuseToOverwrite(root: string, directory: string): Promise<void> {
  for (const { at, files } of parts) {
    const written =
      files === undefined
        ? (await filesIn(path.join(root, at))).map((file) => path.relative(root, file))
        : (await files(root)).map(({ file }) => path.join(at, file));
    for (const file of written) {
      const to = path.join(directory, file);
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
