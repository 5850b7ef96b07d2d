import { describe, expect, it } from 'vitest';
import { type CheckedSetup, setupProblems } from '../../src/models/setup-problems.ts';
import { models } from '../../src/models/table.ts';

const plain: CheckedSetup = {
  responseModalities: ['AUDIO'],
  affectiveDialog: false,
  proactivity: false,
  thinking: false,
  blockingFunctionNames: [],
  nonBlockingFunctionNames: [],
};
const kinds = (more: Partial<CheckedSetup>) => setupProblems({ ...plain, ...more }).map(({ kind }) => kind);

describe('setupProblems', () => {
  it.each<[string, Partial<CheckedSetup>, readonly string[]]>([
    ['gemini-2.0-flash-live-001', {}, ['model_retired']],
    ['gemini-3.1-flash-live-preview', { responseModalities: ['TEXT'] }, ['modality']],
    ['gemini-3.5-transcribe-live', { responseModalities: ['AUDIO'] }, ['modality']],
    ['gemini-3.8-live', { affectiveDialog: true }, ['affective_dialog']],
    ['gemini-3.8-live', { proactivity: true }, ['proactivity']],
    ['gemini-3.8-live', { thinking: true, thinkingLevel: 'LOW' }, ['thinking_level']],
    ['gemini-3.8-live-extended-thinking', {}, ['thinking_level']],
    ['gemini-3.8-live-extended-thinking', { thinking: true, thinkingLevel: 'MINIMAL' }, ['thinking_level']],
    [
      'gemini-3.8-live-extended-thinking',
      { thinking: true, thinkingLevel: 'LOW', blockingFunctionNames: ['f'] },
      ['behavior'],
    ],
    ['gemini-3.1-flash-live-preview', { nonBlockingFunctionNames: ['f'] }, ['behavior']],
    ['gemini-3.8-live', { blockingFunctionNames: ['f'], nonBlockingFunctionNames: ['g'] }, []],
    ['gemini-3.8-live-extended-thinking', { thinking: true, thinkingLevel: 'LOW' }, []],
    ['gemini-2.5-flash-native-audio-preview-12-2025', { affectiveDialog: true, proactivity: true }, []],
  ])('of %s with %o are %j', (model, more, expected) => {
    expect(kinds({ model: `models/${model}`, ...more })).toEqual(expected);
  });

  it('are none of a model that is not in the table, or none that is named', () => {
    expect(kinds({ model: 'gemini-9-live', responseModalities: ['TEXT'], affectiveDialog: true })).toEqual(
      [],
    );
    expect(kinds({ responseModalities: ['TEXT'] })).toEqual([]);
  });

  it('name the model, and say what to do in a sentence', () => {
    for (const { name } of models) {
      const all = setupProblems({
        ...plain,
        model: name,
        responseModalities: ['TEXT'],
        affectiveDialog: true,
        proactivity: true,
        thinking: true,
        blockingFunctionNames: ['f'],
        nonBlockingFunctionNames: ['g'],
      });
      for (const { message, remedy } of all) {
        expect(message).toContain(name);
        expect([message, remedy].join(' ')).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
});
