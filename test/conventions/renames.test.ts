import { expect, test } from 'vitest';
import { attributes, namespace } from '../../src/conventions/attributes.ts';
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import { renamedAttributes, renamedMetrics } from '../../src/conventions/renames.ts';

test('every name of ours has one old name, that of the map or the one under live.', () => {
  const ours = (names: object) => Object.keys(names).filter((name) => name.startsWith(namespace));
  expect([...renamedAttributes.values()].sort()).toEqual(ours(attributes).sort());
  expect([...renamedMetrics.values()].sort()).toEqual(ours(metricDefinitions).sort());
  expect(renamedAttributes.get('live.closure.code')).toBe('gemini.live.closure.code');
  expect(renamedAttributes.get('live.session.duration')).toBe('gemini.live.session.age');
  expect(renamedAttributes.get('live.session.age')).toBeUndefined();
  expect(renamedMetrics.get('live.audio.bytes')).toBe('gemini.live.audio.size');
});
