import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retries, stallKinds, userPartEnds } from '../../src/conventions/vocabulary.ts';
import { causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import { diagnoseStall } from '../../src/diagnosis/diagnose-stall.ts';
import type { Stall } from '../../src/session/model.ts';
import { musicFacts } from '../support/music-facts.ts';
import { setup, toolCall, toolResponse } from '../telemetry/facts.ts';

const stall = (fields: Partial<Stall>): Stall => ({
  index: 1,
  kind: 'turn_unanswered',
  since: 0,
  foundAt: 15_000,
  resumed: false,
  setup,
  ...fields,
});
const causeOf = (fields: Partial<Stall>): string => diagnoseStall(stall(fields)).cause;

describe('the diagnosis of music that stopped', () => {
  const silence = (fields: Parameters<typeof musicFacts>[0]) =>
    diagnoseStall(stall({ kind: 'music_silent', music: musicFacts(fields) }));

  it('says what had come, and to open a new session', () => {
    expect(silence({})).toMatchObject({
      cause: 'stall-music-silent',
      confidence: 'low',
      explanation: 'Music plays, and all that came has been heard for 15.0 s.',
      evidence: ['3 chunks of audio came, 6.00 s of music.'],
      retry: { when: 'now' },
    });
  });

  it('names prompts that were all filtered, or never set, as what has to change', () => {
    expect(silence({ chunks: 0, audioMs: 0, filteredPrompts: 2 })).toMatchObject({
      confidence: 'medium',
      explanation: 'The music was told to play 15.0 s ago, and none has come.',
      evidence: ['0 chunks of audio came, 0 ms of music.', 'The service filtered 2 prompts.'],
      retry: { when: 'no' },
    });
    expect(silence({ prompts: 0 })).toMatchObject({ confidence: 'low', retry: { when: 'no' } });
  });
});

describe('the diagnosis of a stall', () => {
  it('names the call that nobody answered, and what may be wrong with it', () => {
    const call = toolCall({
      name: 'look_down',
      declared: false,
      receivedAt: 0,
      inputWhilePending: { frames: 37, audioFrames: 37 },
    });
    expect(diagnoseStall(stall({ kind: 'tool_call_unanswered', foundAt: 30_000, toolCall: call }))).toEqual({
      cause: 'stall-unanswered-tool-call',
      category: 'tools',
      hypothesis: 'tool_call_id',
      confidence: 'high',
      explanation:
        'Tool call look_down has had no response for 30.0 s; the model waits for it and says nothing.',
      remedy: causeById('stall-unanswered-tool-call')?.remedy,
      retry: {
        when: 'no',
        why: 'The session is intact: answer the call, with an error where the tool failed.',
      },
      evidence: [
        'Tool call look_down came 30.0 s ago and was neither answered nor cancelled.',
        'No function of the name look_down was declared in the setup.',
        '37 realtime input frames sent since.',
      ],
      against: [],
      context: [],
      rivals: [],
    });
  });

  it('says of unusual settings that they were asked for where a setup is not answered', () => {
    const unusual = { ...setup, affectiveDialog: true, proactiveAudio: true };
    expect(diagnoseStall(stall({ kind: 'setup_unanswered', setup: unusual })).evidence).toEqual([
      'No setupComplete for 15.0 s after the setup; the socket is open.',
      'Affective dialog was asked for.',
      'Proactive audio was asked for.',
    ]);
  });

  it.each([
    ['models/gemini-3.1-flash-live-preview', 'stall-3x-blocking-after-tool-response'],
    ['models/gemini-live-2.5-flash-preview', 'unknown'],
    [undefined, 'unknown'],
  ])('of silence after a tool response, with the model %s, names %s', (model, cause) => {
    const { model: _, ...rest } = setup;
    const changed = model === undefined ? rest : { ...rest, model };
    expect(causeOf({ kind: 'tool_response_unanswered', setup: changed })).toBe(cause);
  });

  it('tells an acknowledged tool response from one that nothing followed', () => {
    const after = (response: Stall['toolResponse']) =>
      diagnoseStall(stall({ kind: 'tool_response_unanswered', ...(response && { toolResponse: response }) }))
        .evidence[1];
    expect([after(toolResponse()), after(toolResponse({ acknowledgedAt: 5 }))]).toEqual([
      'No frame of the service came after it.',
      'The service sent frames after it, none of them output of the model.',
    ]);
  });

  it.each([
    [true, 'stall-post-resume-no-generation'],
    [false, 'stall-no-generation'],
  ])("of silence after the user's turn, resumed %s, names %s", (resumed, cause) => {
    expect(causeOf({ resumed })).toBe(cause);
  });

  it('names the call of the connection before that the model still waits for', () => {
    const found = diagnoseStall(
      stall({ kind: 'tool_call_unanswered', resumed: true, earlierCall: { name: 'book' } }),
    );
    expect(found.cause).toBe('stall-call-lost-in-reconnect');
    expect(found.explanation).toBe(
      'Tool call book was pending when the connection before ended and was never answered here; the model has said nothing for 15.0 s.',
    );
  });

  it('says of audio of zeros what a translation without a language is known for', () => {
    const translation = { ...setup, model: 'models/gemini-3.5-live-translate-preview' };
    expect(causeOf({ silentAudio: true, setup: translation })).toBe('stall-silent-audio');
    expect(causeOf({ silentAudio: true })).toBe('unknown');
  });

  it('has evidence and sentences, whatever the stall', () => {
    const anyStall = fc.record(
      {
        index: fc.constant(1),
        kind: fc.constantFrom(...stallKinds),
        since: fc.nat(),
        foundAt: fc.nat(),
        resumed: fc.boolean(),
        setup: fc.constantFrom(setup, { ...setup, model: 'gemini-3-x' }),
        toolCall: fc.constantFrom(toolCall(), toolCall({ name: '' })),
        toolResponse: fc.constant(toolResponse()),
        earlierCall: fc.constantFrom({ name: 'book' }, { name: '' }),
        silentAudio: fc.constant(true),
        trigger: fc.constantFrom(...userPartEnds),
      },
      { requiredKeys: ['index', 'kind', 'since', 'foundAt', 'resumed'] },
    );
    fc.assert(
      fc.property(anyStall, (given) => {
        const diagnosis = diagnoseStall(given as Stall);
        expect(diagnosis.evidence.length).toBeGreaterThan(0);
        expect(diagnosis.remedy).toMatch(/\.$/);
        expect(retries).toContain(diagnosis.retry.when);
        expect(diagnosis.cause === 'unknown').toBe(diagnosis.confidence === 'none');
        for (const sentence of [diagnosis.explanation, diagnosis.retry.why, ...diagnosis.evidence]) {
          expect(sentence).toMatch(/^[A-Z\d].*\.$/);
        }
      }),
    );
  });
});
