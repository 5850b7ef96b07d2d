import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { SDK_INFO } from '@opentelemetry/core';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { version } from '../version.ts';
import type { RegisterConfig } from './config.ts';

/**
 * Who sends the telemetry. Command line, user and path of the executable stay out: they may hold what is secret. All
 * of it is known at once, so that an ending process need not wait for it.
 */
export function createResource(config: Pick<RegisterConfig, 'serviceName' | 'resourceAttributes'>): Resource {
  const application = config.serviceName === undefined ? readApplication(applicationFolder()) : {};
  return resourceFromAttributes({
    'telemetry.sdk.language': SDK_INFO['telemetry.sdk.language'],
    'telemetry.sdk.name': SDK_INFO['telemetry.sdk.name'],
    'telemetry.sdk.version': SDK_INFO['telemetry.sdk.version'],
    'telemetry.distro.name': 'live-otel',
    'telemetry.distro.version': version,
    'process.pid': process.pid,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'host.name': hostname(),
    'host.arch': hostArchitectures[process.arch] ?? process.arch,
    'os.type': process.platform === 'win32' ? 'windows' : process.platform,
    'service.instance.id': randomUUID(),
    ...(application.version !== undefined && { 'service.version': application.version }),
    ...config.resourceAttributes,
    'service.name': config.serviceName ?? application.name ?? 'unknown_service:node',
  });
}

/** Names of the semantic conventions, where Node has others. */
const hostArchitectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: 'x86', arm: 'arm32' };

/** Of the main script; the working directory where that is a tool that runs the application, or there is none. */
function applicationFolder(): string {
  const script = process.argv[1];
  return script === undefined || script.includes('node_modules') ? process.cwd() : dirname(script);
}

/** Name and version from the nearest `package.json` with a name, from `folder` upwards. */
export function readApplication(folder: string): { readonly name?: string; readonly version?: string } {
  for (let current = folder, parent = dirname(current); ; current = parent, parent = dirname(current)) {
    const { name, version } = readJson(join(current, 'package.json'));
    if (typeof name === 'string' && name !== '') {
      return { name, ...(typeof version === 'string' && version !== '' && { version }) };
    }
    if (parent === current) return {};
  }
}

function readJson(path: string): { readonly name?: unknown; readonly version?: unknown } {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
