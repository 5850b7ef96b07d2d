import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { attributes, namespace } from '../../src/conventions/attributes.ts';
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import { renamedAttributes, renamedMetrics } from '../../src/conventions/renames.ts';
import { schemaUrl, schemaVersion } from '../../src/conventions/schema.ts';

test('every name of ours has one old name, that of the map or the one under live.', () => {
  const ours = (names: object) => Object.keys(names).filter((name) => name.startsWith(namespace));
  expect([...renamedAttributes.values()].sort()).toEqual(ours(attributes).sort());
  expect([...renamedMetrics.values()].sort()).toEqual(ours(metricDefinitions).sort());
  expect(renamedAttributes.get('live.closure.code')).toBe('gemini.live.closure.code');
  expect(renamedAttributes.get('live.session.sent_bytes')).toBe('gemini.live.session.sent_size');
  expect(renamedAttributes.get('live.session.sent_size')).toBeUndefined();
  expect(renamedMetrics.get('live.audio.bytes')).toBe('gemini.live.audio.size');
});

test('the schema file of this version lists the renames that report follows', () => {
  const file = new URL(`../../docs/schema/${schemaVersion}`, import.meta.url);
  const { schema_url, versions } = parse(readFileSync(file, 'utf8'));
  const { all, metrics } = versions['0.2.0'];
  expect(schema_url).toBe(schemaUrl);
  expect(Object.fromEntries(renamedAttributes)).toMatchObject(all.changes[0].rename_attributes.attribute_map);
  expect(Object.fromEntries(renamedMetrics)).toMatchObject(metrics.changes[0].rename_metrics);
});
