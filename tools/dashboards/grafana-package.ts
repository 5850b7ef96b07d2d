/**
 * What draws Grafana's panels is a package of its own, tools/grafana, because `@grafana/ui` brings 400 MB that only pictures and
 * schema need. It is installed and bundled here, on demand.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../stack/command.ts';

export const grafanaPackage = path.join(path.dirname(import.meta.dirname), 'grafana');

type OnProgress = (line: string) => void;

export async function bundlePage(onProgress: OnProgress): Promise<void> {
  await installGrafana(onProgress);
  await npm("bundling Grafana's panels", ['run', '--silent', 'build'], onProgress);
}

export async function installGrafana(onProgress: OnProgress): Promise<void> {
  if (await isInstalled()) return;
  const what = 'installing @grafana/ui, about 450 MB';
  await npm(what, ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], onProgress);
}

async function npm(what: string, args: readonly string[], onProgress: OnProgress): Promise<void> {
  onProgress(what);
  await runCommand('npm', args, { cwd: grafanaPackage, what, onProgress });
}

/** npm writes down what it installed. */
async function isInstalled(): Promise<boolean> {
  const versions = async (file: string): Promise<Map<string, string>> => {
    const { packages } = JSON.parse(await readFile(path.join(grafanaPackage, file), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
    };
    return new Map(
      Object.entries(packages)
        .filter(([name, { optional }]) => name !== '' && optional !== true)
        .map(([name, { version = '' }]) => [name, version]),
    );
  };
  const wanted = await versions('package-lock.json');
  const installed = await versions('node_modules/.package-lock.json').catch(() => new Map<string, string>());
  return [...wanted].every(([name, version]) => installed.get(name) === version);
}
