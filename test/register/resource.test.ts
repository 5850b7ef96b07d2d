import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectResources } from '@opentelemetry/resources';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baseResource, harmlessDetectors, readApplication } from '../../src/register/resource.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-otel-resource-'));
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readApplication', () => {
  it('takes name and version from the nearest package.json that has a name', () => {
    writeFileSync(join(folder, 'package.json'), '{"name":"agent","version":"1.2.3"}');
    writeFileSync(join(folder, 'a', 'package.json'), '{"type":"module"}');
    expect(readApplication(join(folder, 'a', 'b'))).toEqual({ name: 'agent', version: '1.2.3' });
  });

  it.each(['{', 'null', '[]', '{"name":1}', '{"name":""}'])(
    'passes over a package.json that holds %s',
    (text) => {
      writeFileSync(join(folder, 'package.json'), '{"name":"agent"}');
      writeFileSync(join(folder, 'a', 'package.json'), text);
      expect(readApplication(join(folder, 'a'))).toEqual({ name: 'agent' });
    },
  );
});

describe('the resource', () => {
  it('tells nothing of the command line, the user or paths, and is there at once', () => {
    const resource = baseResource().merge(detectResources({ detectors: [...harmlessDetectors] }));
    expect(resource.asyncAttributesPending).toBeFalsy();
    expect(Object.keys(resource.attributes).sort()).toEqual([
      'host.arch',
      'host.name',
      'os.type',
      'process.pid',
      'process.runtime.name',
      'process.runtime.version',
      'service.instance.id',
      'service.name',
      'service.version',
      'telemetry.distro.name',
      'telemetry.distro.version',
      'telemetry.sdk.language',
      'telemetry.sdk.name',
      'telemetry.sdk.version',
    ]);
  });
});
