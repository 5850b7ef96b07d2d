import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modalities } from '../../src/conventions/vocabulary.ts';
import type { UsageSummary } from '../../src/protocol/frame.ts';
import type { SessionFact } from '../../src/session/facts.ts';
import { settleMs, type Turn } from '../../src/session/model.ts';
import { reduce } from '../../src/session/reduce.ts';
import { wholeSession } from './arbitraries.ts';
import { closureOf, only } from './build.ts';
import { runs, start } from './property.ts';

describe('whatever the sequence of events', () => {
  it('usage is counted once: on the open turn, on the one that just ended, or on the session alone', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const state = start();
        const facts: SessionFact[] = [];
        const session: UsageSummary[] = [];
        const byTurn = new Map<Turn, UsageSummary[]>();
        let last: UsageSummary | undefined;
        for (const { event, now } of events) {
          const endedBefore = new Set(only(facts, 'turn_ended').map(({ turn }) => turn));
          const over = state.closed;
          const said = reduce(state, event, now);
          facts.push(...said);
          if (only(said, 'turn_started').length > 0) last = undefined;
          if (over || event.type !== 'frame_received' || event.frame.usage === undefined) continue;
          const { usage } = event.frame;
          const update =
            last?.promptTokens === usage.promptTokens && usage.responseTokens >= last.responseTokens;
          const added = difference(usage, update ? last : undefined);
          last = usage;
          session.push(added);
          const turn = only(facts, 'turn_started').at(-1)?.turn;
          if (turn === undefined || endedBefore.has(turn)) continue;
          if (turn.endedAt !== undefined && turn.endedAt + settleMs <= state.now) continue;
          byTurn.set(turn, [...(byTurn.get(turn) ?? []), added]);
        }
        expect(sumOf([closureOf(facts).usage ?? []].flat())).toEqual(sumOf(session));
        for (const { turn } of only(facts, 'turn_ended')) {
          expect(sumOf([turn.usage ?? []].flat())).toEqual(sumOf(byTurn.get(turn) ?? []));
        }
      }),
      runs,
    );
  });
});

function sumOf(usages: readonly UsageSummary[]): Record<string, number> {
  const total: Record<string, number> = {};
  const add = (key: string, value: number | undefined) => {
    total[key] = (total[key] ?? 0) + (value ?? 0);
  };
  for (const usage of usages) {
    for (const key of ['promptTokens', 'toolUsePromptTokens', 'responseTokens', 'thoughtsTokens'] as const) {
      add(key, usage[key]);
    }
    for (const key of ['cachedTokens', 'totalTokens'] as const) add(key, usage[key]);
    for (const modality of modalities) {
      add(`input.${modality}`, usage.inputByModality[modality]);
      add(`output.${modality}`, usage.outputByModality[modality]);
    }
  }
  return total;
}

function difference(after: UsageSummary, before: UsageSummary | undefined): UsageSummary {
  if (before === undefined) return after;
  const minus = (left: number | undefined, right: number | undefined) => (left ?? 0) - (right ?? 0);
  return {
    promptTokens: minus(after.promptTokens, before.promptTokens),
    toolUsePromptTokens: minus(after.toolUsePromptTokens, before.toolUsePromptTokens),
    responseTokens: minus(after.responseTokens, before.responseTokens),
    thoughtsTokens: minus(after.thoughtsTokens, before.thoughtsTokens),
    cachedTokens: minus(after.cachedTokens, before.cachedTokens),
    totalTokens: minus(after.totalTokens, before.totalTokens),
    inputByModality: Object.fromEntries(
      modalities.map((modality) => [
        modality,
        minus(after.inputByModality[modality], before.inputByModality[modality]),
      ]),
    ),
    outputByModality: Object.fromEntries(
      modalities.map((modality) => [
        modality,
        minus(after.outputByModality[modality], before.outputByModality[modality]),
      ]),
    ),
  };
}
