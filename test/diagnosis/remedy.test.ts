import { describe, expect, it } from 'vitest';
import { catalogue, causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import type { Cause } from '../../src/diagnosis/cause.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { remedyOf } from '../../src/diagnosis/remedy.ts';
import type { SignalId } from '../../src/diagnosis/signals/signals.ts';
import { closureOf } from './closures.ts';

const advices = ['now', 'later', 'fresh_session', 'no'] as const;
const seen: readonly (readonly SignalId[])[] = [
  [],
  ['no_tool_activity'],
  ['resumed', 'handle_failed_before'],
];

/** Every cause, with every advice that its sessions can get. */
const contexts = catalogue.flatMap((cause) =>
  advices
    .filter((advice) => cause.retry !== 'no' || advice === 'no')
    .flatMap((advice) =>
      (['available', 'none_came', 'not_asked_for', undefined] as const).flatMap((handle) =>
        seen.map((signals): readonly [string, string, string] => {
          const remedy = remedyOf(cause, {
            seen: new Set(signals),
            retry: advice,
            ...(handle !== undefined && { handle }),
          });
          return [`${cause.id}, ${advice}, handle ${handle}, ${signals.join(' ')}`, advice, remedy];
        }),
      ),
    ),
);
const where = (advice: string) => contexts.filter(([, given]) => given === advice);

describe('a remedy never contradicts the advice on connecting again', () => {
  it('is a sentence, whatever the session', () => {
    for (const [name, , remedy] of contexts) expect(remedy, name).toMatch(/^[A-Z`].*[.)]$/);
  });

  it('does not resume where a fresh session is advised', () => {
    for (const [name, , remedy] of where('fresh_session')) {
      expect(remedy, name).not.toMatch(/^Resume|\. Resume|[Rr]econnect with|and resume\b/);
    }
  });

  it('does not say to connect again where that is advised against', () => {
    for (const [name, , remedy] of where('no')) {
      expect(remedy, name).not.toMatch(/^(?:Resume|Reconnect|Connect again|Try again|Wait and connect)/);
    }
  });

  it('does not forbid another attempt where one is advised', () => {
    for (const [name, , remedy] of [...where('now'), ...where('later')]) {
      expect(remedy, name).not.toMatch(/\b[Dd]o not (?:reconnect|connect again)\b/);
    }
  });
});

describe('a remedy fits the session', () => {
  const cause = (id: string): Cause => causeById(id) ?? expect.fail(id);

  it('speaks of no answer to tool calls where there were none', () => {
    const slow = cause('tool-slow-1011-thread-cancelled');
    const context = { retry: 'now', handle: 'available' } as const;
    expect(remedyOf(slow, { ...context, seen: new Set() })).toContain('Answer tool calls within');
    expect(remedyOf(slow, { ...context, seen: new Set(['no_tool_activity'] as const) })).not.toMatch(/tool/);
  });

  it('does not resume from a handle that there is not', () => {
    const remedy = (handle: 'none_came' | 'not_asked_for', ...signals: readonly SignalId[]) =>
      remedyOf(cause('internal-generic-1011'), { seen: new Set(signals), retry: 'now', handle });
    const rest = 'Connect again. If it comes back, try another model and report it to Google with the times.';
    expect(remedy('none_came', 'active')).toBe(rest);
    expect(remedy('not_asked_for', 'before_setup_complete')).toBe(rest);
    expect(remedy('not_asked_for', 'active')).toBe(
      `${rest} Turn on sessionResumption in the setup, so that the next session has a handle to resume from.`,
    );
  });

  it('drops the handle that has failed, and keeps the rest', () => {
    const remedy = remedyOf(cause('internal-generic-1011'), { seen: new Set(), retry: 'fresh_session' });
    expect(remedy).toBe(
      'Connect without the handle, and give the model the history again. If it comes back, try another model and report it to Google with the times.',
    );
  });

  it.each([
    ['tool_response', /tool response/],
    ['client_content', /clientContent/],
    ['audio', /last input/],
  ] as const)('points to the last %s where a refusal has no known cause', (preceding, words) => {
    const { cause: found, remedy } = diagnose(closureOf({ code: 1007, reason: 'Gremlins.', preceding }));
    expect(found).toBe('unknown');
    expect(remedy).toMatch(words);
  });
});
