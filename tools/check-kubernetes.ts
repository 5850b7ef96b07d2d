/**
 * npm run kubernetes:check -- [--charts DIRECTORY] [--schemas LOCATION …]
 *
 * Renders the values of deploy/kubernetes with the official charts, and holds what comes out, the example and the
 * operator's object to the schemas of Kubernetes. Needs Go, which runs helm and kubeconform, and the network.
 *
 *   --charts DIRECTORY   charts on this machine: `opentelemetry-collector` and `jaeger` in there, unpacked
 *   --schemas LOCATION   in place of kubeconform's own and the CRDs catalogue; may be repeated
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const helm = 'helm.sh/helm/v3/cmd/helm@v3.19.2';
const kubeconform = 'github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0';
const folder = join(import.meta.dirname, '../deploy/kubernetes');

const charts = [
  {
    chart: 'opentelemetry-collector',
    version: '0.170.0',
    repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
    values: 'collector-values.yaml',
  },
  {
    chart: 'jaeger',
    version: '4.11.1',
    repository: 'https://jaegertracing.github.io/helm-charts',
    values: 'jaeger-values.yaml',
  },
] as const;

const { values: options } = parseArgs({
  options: {
    charts: { type: 'string' },
    schemas: {
      type: 'string',
      multiple: true,
      default: [
        'default',
        'https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
      ],
    },
  },
});

for (const { chart, version, repository, values } of charts) {
  const place =
    options.charts === undefined
      ? [chart, '--repo', repository, '--version', version]
      : [join(options.charts, chart)];
  check(
    values,
    go([helm, 'template', 'live-otel', '--kube-version', '1.34', ...place, '--values', join(folder, values)]),
  );
}
for (const file of ['agent.yaml', 'instrumentation.yaml'])
  check(file, readFileSync(join(folder, file), 'utf8'));

function check(name: string, manifests: string): void {
  const locations = options.schemas.flatMap((location) => ['-schema-location', location]);
  process.stdout.write(`${name}: ${go([kubeconform, '-strict', '-summary', ...locations], manifests)}`);
}

/** What a Go program prints. Ends the process where it fails, with what it said. */
function go(command: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync('go', ['run', ...command], {
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
  if (error) throw error;
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exit(1);
  }
  return stdout;
}
