/**
 * The few configuration files whose servers expand no variables, written for one run: addresses, and the pace where a
 * test asks for another. The Collector and Jaeger read the repository's files as they are.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Document, isMap, isScalar, parseDocument, visit } from 'yaml';
import { type Ports, portTable } from './ports.ts';

/** Intervals other than those of the files, as Prometheus writes durations (`1s`). */
export interface Pace {
  readonly scrape?: string;
  readonly evaluation?: string;
  readonly groupWait?: string;
  readonly groupInterval?: string;
  readonly repeatInterval?: string;
  /** At which the Collector sends metrics made of spans. */
  readonly spanMetrics?: string;
}

export interface Configuration {
  /** Of the repository. */
  readonly root: string;
  readonly dataDir: string;
  readonly ports: Ports;
  readonly webhookUrl: string;
  readonly pace: Pace;
}

export async function writeConfiguration(configuration: Configuration): Promise<void> {
  const { root, dataDir, ports, webhookUrl, pace } = configuration;
  const from = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8');
  const to = path.join(dataDir, 'config');
  await rm(to, { recursive: true, force: true });
  await mkdir(path.join(to, 'prometheus/targets'), { recursive: true });
  await cp(path.join(root, 'deploy/prometheus/rules'), path.join(to, 'prometheus/rules'), {
    recursive: true,
  });
  const write = (file: string, text: string): Promise<void> => writeFile(path.join(to, file), text);
  await write(
    'prometheus/prometheus.yml',
    resolvePrometheus(await from('deploy/prometheus/prometheus.yml'), pace),
  );
  await write('prometheus/targets/alertmanager.yml', JSON.stringify([target(ports.alertmanager)]));
  await write('prometheus/targets/stack.yml', JSON.stringify(scraped(ports)));
  await write(
    'alertmanager.yml',
    resolveAlertmanager(await from('deploy/alertmanager/alertmanager.yml'), webhookUrl, pace),
  );
  await write('jaeger-ui.json', resolveJaegerUi(await from('deploy/jaeger/ui.json'), ports));
}

export function resolvePrometheus(text: string, { scrape, evaluation }: Pace): string {
  const document = parseDocument(text);
  setWhereGiven(document, ['global', 'scrape_interval'], scrape);
  setWhereGiven(document, ['global', 'evaluation_interval'], evaluation);
  return document.toString();
}

/** With the address in the place of each `url_file`. */
export function resolveAlertmanager(text: string, webhookUrl: string, pace: Pace): string {
  const document = parseDocument(text);
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'url_file' || !isScalar(value)) return;
      key.value = 'url';
      value.value = webhookUrl;
    },
  });
  setWhereGiven(document, ['route', 'group_wait'], pace.groupWait);
  setWhereGiven(document, ['route', 'group_interval'], pace.groupInterval);
  setWhereGiven(document, ['route', 'repeat_interval'], pace.repeatInterval);
  return document.toString();
}

/** With the ports of this run in the links. */
export function resolveJaegerUi(text: string, ports: Ports): string {
  return (['jaeger', 'prometheus', 'grafana'] as const).reduce(
    (result, name) =>
      result.replaceAll(`//localhost:${portTable[name].number}/`, `//localhost:${ports[name]}/`),
    text,
  );
}

function setWhereGiven(document: Document, at: readonly string[], value: string | undefined): void {
  if (value === undefined) return;
  if (!isMap(document.getIn(at.slice(0, -1)))) throw new Error(`The configuration has no ${at[0]}.`);
  document.setIn(at, value);
}

interface Target {
  readonly targets: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

function target(port: number, job?: string): Target {
  return { targets: [`127.0.0.1:${port}`], ...(job !== undefined && { labels: { job } }) };
}

/** The jobs of deploy/prometheus/targets/stack.yml. */
function scraped(ports: Ports): readonly Target[] {
  return [
    target(ports.collectorMetrics, 'otel-collector'),
    target(ports.jaegerMetrics, 'jaeger'),
    target(ports.prometheus, 'prometheus'),
    target(ports.alertmanager, 'alertmanager'),
  ];
}
