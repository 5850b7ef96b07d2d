import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/diagnosis/cause.ts';
import { isEstablished, points, type RankInput, rank } from '../../src/diagnosis/rank.ts';
import type { SignalId } from '../../src/diagnosis/signals/signals.ts';
import { weigh } from '../../src/diagnosis/weight.ts';
import { causeOf } from './causes.ts';

const text = 'Internal error occurred.';

function ids(causes: readonly Cause[], more: Partial<RankInput> = {}, ...seen: readonly SignalId[]) {
  return ranked(causes, more, ...seen).map(({ cause }) => cause.id);
}

function ranked(causes: readonly Cause[], more: Partial<RankInput>, ...seen: readonly SignalId[]) {
  return rank({ code: 1011, reason: text, seen: new Set(seen), rest: 'absent', ...more }, causes);
}

describe('rank', () => {
  it('leaves out what has another code or text', () => {
    const causes = [
      causeOf(),
      causeOf({ id: 'b', codes: [1008] }),
      causeOf({ id: 'c', texts: ['Other text.'] }),
    ];
    expect(ids(causes)).toEqual(['a']);
  });

  it('leaves out what requires something that was not seen', () => {
    const causes = [
      causeOf({ requires: ['video_sent', 'resumed'] }),
      causeOf({ id: 'b', requiresOneOf: ['video_sent', 'resumed'] }),
    ];
    expect(ids(causes, {}, 'resumed')).toEqual(['b']);
    expect(ids(causes, {}, 'resumed', 'video_sent')).toEqual(['a', 'b']);
    expect(ids(causes)).toEqual([]);
  });

  it('keeps it where it is not known what was seen, and says what to look for', () => {
    const causes = [causeOf({ requires: ['video_sent'], requiresOneOf: ['resumed', 'active'] })];
    expect(ranked(causes, { rest: 'unknown' })[0]).toMatchObject({
      missing: ['video_sent'],
      missingOneOf: ['resumed', 'active'],
    });
  });

  it('keeps it where the text is that of one cause alone', () => {
    const causes = [causeOf({ texts: [text], requires: ['video_sent'] })];
    expect(ranked(causes, {})[0]).toMatchObject({ match: { text: 'specific' }, missing: ['video_sent'] });
  });

  it('puts a text of its own before any number of signals', () => {
    const signals: readonly SignalId[] = ['video_sent', 'setup_large', 'tool_slow', 'setup_sent_twice'];
    const causes = [causeOf({ requires: signals }), causeOf({ id: 'b', texts: [text], confidence: 'low' })];
    expect(ids(causes, {}, ...signals)).toEqual(['b', 'a']);
  });

  it('says what a text leaves no choice of', () => {
    const first = causeOf({ texts: [text] });
    const decided = (second: Partial<Cause>, more: Partial<RankInput> = {}) =>
      ranked([first, causeOf({ id: 'b', texts: [text], ...second })], more)[0]?.textDecides;
    expect(decided({ texts: ['Other text.'] })).toBe('cause');
    expect(decided({ requires: ['video_sent'], hypothesis: 'setup' })).toBe('cause');
    expect(decided({ requires: ['video_sent'], hypothesis: 'setup' }, { rest: 'unknown' })).toBeUndefined();
    expect(decided({})).toBe('hypothesis');
    expect(decided({}, { reason: undefined })).toBeUndefined();
  });

  it('decides a shared text by signals', () => {
    const causes = [
      causeOf({ texts: [text] }),
      causeOf({ id: 'b', texts: [text], requires: ['video_sent'], confidence: 'low' }),
    ];
    expect(ids(causes, {}, 'video_sent')).toEqual(['b', 'a']);
    expect(ids(causes)).toEqual(['a']);
  });

  it('puts what was seen against a cause to its score', () => {
    const causes = [causeOf({ against: ['video_sent'] }), causeOf({ id: 'b' })];
    const [first, second] = ranked(causes, {}, 'video_sent');
    expect([first?.cause.id, second?.cause.id]).toEqual(['b', 'a']);
    expect((second?.score ?? 0) - (first?.score ?? 0)).toBeCloseTo(points.against);
    expect(second?.speakAgainst).toEqual(['video_sent']);
  });

  it('prefers, all else equal, the surer cause, then the order of decision, then the id', () => {
    const causes = [
      causeOf({ id: 'd', confidence: 'low' }),
      causeOf({ id: 'c' }),
      causeOf({ id: 'b' }),
      causeOf({ id: 'e', category: 'lifetime' }),
    ];
    expect(ids(causes)).toEqual(['e', 'b', 'c', 'd']);
  });

  it('prefers the API that a cause is known of', () => {
    const causes = [causeOf({ apis: ['vertex'] }), causeOf({ id: 'b', apis: ['gemini'] })];
    expect(ids(causes, { api: 'gemini' })).toEqual(['b', 'a']);
    expect(ids(causes, { api: 'vertex' })).toEqual(['a', 'b']);
  });

  it('accepts a text of its own with another code, at a discount', () => {
    const causes = [causeOf({ codes: [1008], texts: [text] })];
    expect(ranked(causes, {})[0]).toMatchObject({ otherCode: true, cause: { id: 'a' } });
  });

  it('lets the longer of two texts with placeholders win', () => {
    const causes = [
      causeOf({ texts: ['Unknown name <…>'], supports: ['before_setup_complete'] }),
      causeOf({ id: 'b', texts: ['Unknown name toolConfig'], confidence: 'low' }),
    ];
    expect(ids(causes, { reason: 'Unknown name toolConfig' }, 'before_setup_complete')).toEqual(['b', 'a']);
  });

  it('does not blame the application for what another side ended', () => {
    const causes = [
      causeOf({ hypothesis: 'client', category: 'client' }),
      causeOf({ id: 'b', hypothesis: 'process' }),
    ];
    expect(ids(causes, { initiator: 'server' })).toEqual([]);
    expect(ids(causes, { initiator: 'client' })).toEqual(['a']);
    expect(ids(causes)).toEqual(['a']);
  });

  it('takes the hypothesis of the phase where a cause has two', () => {
    const causes = [causeOf({ onceActive: { hypothesis: 'encoding', category: 'input' } })];
    expect(ranked(causes, {})[0]).toMatchObject({ hypothesis: 'internal_error', category: 'server' });
    expect(ranked(causes, {}, 'active')[0]).toMatchObject({ hypothesis: 'encoding', category: 'input' });
  });

  it('takes the other hypothesis of a cause where what it hangs on was not there to see', () => {
    const causes = [
      causeOf({ otherwise: { hypothesis: 'connection', category: 'transport', unless: ['video_sent'] } }),
    ];
    expect(ranked(causes, {})[0]).toMatchObject({ hypothesis: 'connection', category: 'transport' });
    expect(ranked(causes, {}, 'video_sent')[0]).toMatchObject({
      hypothesis: 'internal_error',
      category: 'server',
    });
    expect(ranked(causes, { rest: 'unknown' })[0]).toMatchObject({
      hypothesis: 'internal_error',
      category: 'server',
    });
  });

  it('gives the same whichever was asked before', () => {
    const causes = [causeOf({ texts: [text] }), causeOf({ id: 'b', requires: ['video_sent'] })];
    const first = ranked(causes, {}, 'video_sent');
    ranked(causes, { code: 1008 });
    for (let i = 0; i < 100; i++) ranked(causes, { reason: `reason ${i}` });
    expect(ranked(causes, {}, 'video_sent')).toEqual(first);
  });
});

describe('what a signal tells', () => {
  const weights = weigh([
    causeOf({ requires: ['video_sent'], supports: ['active', 'resumed'] }),
    causeOf({ supports: ['setup_large', 'resumed'] }),
    causeOf({ requiresOneOf: ['setup_large'], supports: ['setup_large', 'resumed'] }),
  ]);

  it('is the more the fewer causes name it', () => {
    expect(weights.get('video_sent')).toBe(1);
    expect(weights.get('setup_large')).toBeCloseTo(1 - Math.log(2) / Math.log(3));
  });

  it('is little where sessions that go well show it too', () => {
    expect(weights.get('active')).toBe(0.25);
    expect(weights.get('resumed')).toBeCloseTo(0);
  });
});

describe('a candidate', () => {
  const generic = Array.from({ length: 3 }, (_, index) => causeOf({ id: `other-${index}`, texts: [text] }));
  const established = (cause: Cause, ...seen: readonly SignalId[]) =>
    ranked([cause, ...generic], {}, ...seen)
      .filter(isEstablished)
      .some(({ cause: { id } }) => id === cause.id);

  it('is not established where it cannot be observed', () => {
    expect(established(causeOf({ observable: 'no' }))).toBe(false);
  });

  it('is not established by a text that many have and what every session shows', () => {
    expect(established(causeOf({ texts: [text], requires: ['active'] }), 'active')).toBe(false);
    expect(established(causeOf({ texts: [text], requires: ['video_sent'] }), 'video_sent')).toBe(true);
  });

  it('is established by such a text where it needs no more', () => {
    expect(established(causeOf({ texts: [text] }))).toBe(true);
  });
});
