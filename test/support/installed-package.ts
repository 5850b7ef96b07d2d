import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './run-node.ts';

/**
 * A new folder in which the packed package is installed, with those of the project's packages that are named. The build
 * has to be there.
 */
export function installPacked(...others: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'live-otel-installed-'));
  unpackInto(path.join(folder, 'node_modules/live-otel'));
  for (const name of others) {
    const link = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), link);
  }
  return folder;
}

/** The package as it would be published, in place of what `target` holds. */
export function unpackInto(target: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'live-otel-packed-'));
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const packed = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' }));
  const [{ filename }] = (Array.isArray(packed) ? packed : Object.values(packed)) as [{ filename: string }];
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', filename, '-C', target, '--strip-components=1'], { cwd: folder });
  rmSync(folder, { recursive: true });
}
