import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  defaultResource,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { version } from '../version.ts';

/** What everything else overrides: the application's own name, and ours. */
export function baseResource(): Resource {
  // A name that was given is not of the package that happens to be there, nor is its version.
  const named = (process.env.OTEL_SERVICE_NAME?.trim() ?? '') !== '';
  const application = named ? {} : readApplication(applicationFolder());
  return defaultResource().merge(
    resourceFromAttributes({
      'telemetry.distro.name': 'live-otel',
      'telemetry.distro.version': version,
      ...(application.name !== undefined && { 'service.name': application.name }),
      ...(application.version !== undefined && { 'service.version': application.version }),
    }),
  );
}

/**
 * Where `OTEL_NODE_RESOURCE_DETECTORS` names none: the SDK's own, without what may be secret (command line, paths,
 * user) and without what takes time to find out, so that an ending process need not wait for it.
 */
export const harmlessDetectors: readonly ResourceDetector[] = [
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
  only(processDetector, ['process.pid', 'process.runtime.name', 'process.runtime.version']),
  only(hostDetector, ['host.name', 'host.arch']),
  only(osDetector, ['os.type']),
];

function only(detector: ResourceDetector, names: readonly string[]): ResourceDetector {
  return {
    detect(config) {
      const { attributes = {} } = detector.detect(config);
      return { attributes: Object.fromEntries(names.map((name) => [name, attributes[name]])) };
    },
  };
}

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
