import { describe, expect, it } from 'vitest';
import { families } from '../../src/models/families.ts';
import { isRetiredOrExperimental, liveModel } from '../../src/models/lookup.ts';
import { sources } from '../../src/models/sources.ts';
import { models } from '../../src/models/table.ts';

describe('the table of models', () => {
  it('has each name once, each of a family that it has', () => {
    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
    const ids = new Set(families.map(({ id }) => id));
    for (const { family } of models) expect(ids).toContain(family);
    expect(new Set(models.map(({ family }) => family))).toEqual(ids);
  });

  it('replaces what is gone by what is served', () => {
    for (const { name, status, replacedBy } of models) {
      if (status === 'retired') expect(replacedBy, name).toBeDefined();
      if (replacedBy === undefined) continue;
      expect(models.find((other) => other.name === replacedBy)?.status, name).toMatch(/stable|preview/);
    }
  });

  it('has a source for everything', () => {
    for (const { sources: named } of [...models, ...families]) {
      expect(named.length).toBeGreaterThan(0);
      for (const id of named) expect(sources[id]).toBeDefined();
    }
  });

  it('requires no thinking level that it does not name', () => {
    for (const { id, thinkingLevel, thinkingLevels = [] } of families) {
      if (thinkingLevel === 'required') expect(thinkingLevels.length, id).toBeGreaterThan(0);
    }
  });
});

describe('liveModel', () => {
  it.each(models.map(({ name, family }) => [name, family]))('knows %s', (name, family) => {
    for (const path of ['', 'models/', 'projects/p/locations/l/publishers/google/models/']) {
      expect(liveModel(path + name)).toMatchObject({ name, entry: { name }, family: { id: family } });
    }
  });

  it.each([
    ['gemini-3.9-live', '3.8-live'],
    ['gemini-4-live-preview', '3.8-live'],
    ['gemini-3.9-live-extended-thinking', '3.8-live-extended-thinking'],
    ['gemini-3.2-flash-live-preview', '3.1-flash-live'],
    ['gemini-2.5-flash-native-audio-preview-06-2026', '2.5-native-audio-vertex'],
    ['gemini-3.6-transcribe-live', '3.5-transcribe-live'],
    ['gemini-4-live-translate', '3.5-live-translate'],
    ['gemini-2.0-flash-live-002', '2.0-flash-live'],
  ])('takes %s for one of %s', (name, family) => {
    expect(liveModel(name).entry).toBeUndefined();
    expect(liveModel(name).family?.id).toBe(family);
  });

  it.each(['nova-sonic', 'gemini-pro', '', 'gemini-live'])('knows nothing of %j', (name) => {
    expect(liveModel(name)).toEqual({ name });
  });

  it('cuts a long name', () => {
    expect(liveModel('x'.repeat(10_000)).name.length).toBe(128);
  });
});

describe('isRetiredOrExperimental', () => {
  it.each([
    ['gemini-2.0-flash-live-001', true],
    ['gemini-2.0-flash-exp', true],
    ['gemini-9-live-exp-01', true],
    ['gemini-3.8-live', false],
    ['gemini-9-live', false],
  ])('of %s it is %s', (name, expected) => {
    expect(isRetiredOrExperimental(liveModel(name))).toBe(expected);
  });
});
