import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './run-node.ts';

/**
 * A new folder in which the packed package is installed, with those of the project's packages that are named. The build
 * has to be there.
 */
export function installPacked(...others: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'live-otel-installed-'));
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const packed = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' }));
  const [{ filename }] = (Array.isArray(packed) ? packed : Object.values(packed)) as [{ filename: string }];
  const target = path.join(folder, 'node_modules/live-otel');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', filename, '-C', target, '--strip-components=1'], { cwd: folder });
  for (const name of others) {
    const link = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), link);
  }
  return folder;
}
