import { expect, test } from 'vitest';
import { modelName } from '../../src/telemetry/model-name.ts';

test.each([
  ['gemini-live', 'gemini-live'],
  ['models/gemini-live', 'gemini-live'],
  ['projects/p/locations/l/publishers/google/models/gemini-live', 'gemini-live'],
  ['models/', undefined],
  ['', undefined],
  [undefined, undefined],
])('the model of %j is %j', (resource, name) => {
  expect(modelName(resource)).toBe(name);
});
