import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  categories,
  confidences,
  hypotheses,
  initiators,
  retries,
} from '../../src/conventions/vocabulary.ts';
import { catalogue } from '../../src/diagnosis/catalogue/catalogue.ts';
import { diagnose, diagnoseWith } from '../../src/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { noOthers } from '../../src/diagnosis/others.ts';
import { isEstablished, type RankInput, rank } from '../../src/diagnosis/rank.ts';
import { type SignalId, signalIds } from '../../src/diagnosis/signals/signals.ts';
import { reduce } from '../../src/session/reduce.ts';
import { createSession } from '../../src/session/state.ts';
import { wholeSession } from '../session/arbitraries.ts';
import { epoch, closureOf as reducedClosure } from '../session/build.ts';
import { closureOf } from './closures.ts';

const texts = catalogue.flatMap((cause) => cause.texts);
const reason = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom(...texts).map((text) => Buffer.from(text).subarray(0, 123).toString()),
  fc.string({ maxLength: 200 }),
  fc.constantFrom('', '<…>', '<', '…', '\u0000', '__proto__'),
);
const code = fc.oneof(
  fc.constantFrom(...new Set(catalogue.flatMap(({ codes }) => codes.slice(0, 4)))),
  fc.integer({ min: -1, max: 70_000 }),
);
const signals = fc.subarray([...signalIds]);
const input: fc.Arbitrary<RankInput> = fc.record(
  {
    code: fc.option(code, { nil: undefined }),
    reason: fc.option(reason, { nil: undefined }),
    api: fc.constantFrom('gemini', 'vertex'),
    initiator: fc.constantFrom(...initiators),
    seen: signals.map((ids) => new Set(ids)),
    rest: fc.constantFrom('absent', 'unknown'),
  },
  { requiredKeys: ['code', 'reason', 'seen', 'rest'] },
);

function expectWhole(diagnosis: Diagnosis): void {
  const { evidence, against, context } = diagnosis;
  expect(evidence.length + context.length).toBeGreaterThan(0);
  if (diagnosis.cause === 'unknown') expect(evidence).toEqual([]);
  expect(context.filter((sentence) => [...evidence, ...against].includes(sentence))).toEqual([]);
  expect(diagnosis.rivals.length).toBeLessThanOrEqual(3);
  const sentences = [
    diagnosis.explanation,
    diagnosis.retry.why,
    ...evidence,
    ...against,
    ...context,
    ...diagnosis.rivals.map(({ toTellApart }) => toTellApart),
  ];
  for (const sentence of sentences) {
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/\b(?:undefined|NaN|Infinity)\b/);
  }
  expect(categories).toContain(diagnosis.category);
  expect(hypotheses).toContain(diagnosis.hypothesis);
  expect(confidences).toContain(diagnosis.confidence);
  expect(retries).toContain(diagnosis.retry.when);
  expect(diagnosis.cause === 'unknown').toBe(diagnosis.hypothesis === 'not_established');
  expect(diagnosis.cause === 'unknown').toBe(diagnosis.confidence === 'none');
  expect(diagnosis.rivals.map(({ cause }) => cause)).not.toContain(diagnosis.cause);
}

describe('diagnose', () => {
  it('says something whole, with evidence, of any session that can be', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const state = createSession({ startedAt: epoch, api: 'vertex', captureContent: true });
        const closure = reducedClosure(events.flatMap(({ event, now }) => [...reduce(state, event, now)]));
        expectWhole(diagnose(closure));
      }),
      { numRuns: 300 },
    );
  });

  it('says something whole, with evidence, of any code, text and signals', () => {
    fc.assert(
      fc.property(input, (drawn) => {
        const closure = closureOf({
          code: drawn.code,
          reason: drawn.reason?.replaceAll(/undefined|NaN|Infinity/g, '') ?? '',
          initiator: drawn.initiator ?? 'server',
          api: drawn.api ?? 'gemini',
        });
        const seen = new Map(
          [...signalIds].filter((id) => drawn.seen.has(id)).map((id) => [id, `Seen: ${id}.`]),
        );
        const diagnosis = diagnoseWith(closure, noOthers, seen, catalogue);
        expectWhole(diagnosis);
        expect(diagnoseWith(closure, noOthers, seen, catalogue)).toEqual(diagnosis);
      }),
      { numRuns: 500 },
    );
  });
});

describe('rank', () => {
  it('does not depend on the order in which signals were seen', () => {
    fc.assert(
      fc.property(input, signals, (drawn, ids) => {
        const there = rank({ ...drawn, seen: new Set(ids) }, catalogue);
        expect(rank({ ...drawn, seen: new Set([...ids].reverse()) }, catalogue)).toEqual(there);
      }),
    );
  });

  it('gives the same candidates for a text whole, cut at 123 bytes and in other capitals', () => {
    fc.assert(
      fc.property(input, fc.constantFrom(...texts), (drawn, text) => {
        const whole = text.replaceAll(/<…>/g, 'x');
        const causes = (reason: string) => rank({ ...drawn, reason }, catalogue).map(({ cause }) => cause.id);
        const expected = causes(whole);
        expect(causes(Buffer.from(whole).subarray(0, 123).toString())).toEqual(expected);
        expect(causes(whole.toUpperCase())).toEqual(expected);
      }),
    );
  });

  it('raises the winner with each signal that speaks for it alone, and keeps it first', () => {
    const own = (signal: SignalId, id: string) =>
      catalogue.every(
        (cause) =>
          cause.id === id ||
          ![...cause.requires, ...(cause.requiresOneOf ?? []), ...cause.supports].includes(signal),
      );
    fc.assert(
      fc.property(input, (drawn) => {
        const [winner] = rank(drawn, catalogue);
        fc.pre(winner !== undefined);
        const { cause, score } = winner;
        for (const signal of cause.supports.filter(
          (id) => own(id, cause.id) && !cause.against.includes(id),
        )) {
          const [now] = rank(
            { ...drawn, seen: new Set([...signalIds].filter((id) => id === signal || drawn.seen.has(id))) },
            catalogue,
          );
          expect(now?.cause.id).toBe(cause.id);
          expect(now?.score).toBeGreaterThanOrEqual(score - 1e-9);
        }
      }),
    );
  });

  it('is not moved by a signal that no cause names', () => {
    const named = new Set(
      catalogue.flatMap((cause) => [
        ...cause.requires,
        ...(cause.requiresOneOf ?? []),
        ...cause.supports,
        ...cause.against,
        ...(cause.onceActive ? ['active' as const] : []),
      ]),
    );
    const unrelated = signalIds.filter((id) => !named.has(id));
    fc.assert(
      fc.property(input, signals, (drawn, ids) => {
        const some = [...ids, 'video_sent' as const];
        expect(rank({ ...drawn, seen: new Set([...some, ...unrelated]) }, catalogue)).toEqual(
          rank({ ...drawn, seen: new Set(some) }, catalogue),
        );
      }),
    );
  });

  it('never establishes a cause that cannot be observed', () => {
    fc.assert(
      fc.property(input, (drawn) => {
        const established = rank(drawn, catalogue).filter(isEstablished);
        expect(established.filter(({ cause }) => cause.observable === 'no')).toEqual([]);
      }),
    );
  });
});

const endings = catalogue.filter(
  ({ codes, observable, hypothesis, wording }) =>
    // Those that go by words are found by words alone (wordings.test.ts).
    wording === undefined &&
    codes.length > 0 &&
    observable !== 'no' &&
    hypothesis !== 'client' &&
    hypothesis !== 'process',
);

describe('every cause that can be observed', () => {
  it.each(endings.map((cause) => [cause.id, cause] as const))(
    '%s is found by its texts and signals',
    (id, cause) => {
      const seen = new Set([
        ...cause.requires,
        ...(cause.requiresOneOf?.slice(0, 1) ?? []),
        ...cause.supports,
      ]);
      for (const text of cause.texts.length > 0 ? cause.texts : ['']) {
        const [best] = rank(
          {
            code: cause.codes[0],
            reason: text.replaceAll(/<…>/g, 'x'),
            initiator: cause.codes[0] === 1006 ? 'network' : 'server',
            ...(cause.apis[0] && { api: cause.apis[0] }),
            seen,
            rest: 'absent',
          },
          catalogue,
        ).filter(isEstablished);
        expect(best?.cause.id).toBe(id);
      }
    },
  );
});
