import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/session/events.ts';
import { reduce } from '../../src/session/reduce.ts';
import { stallThresholds } from '../../src/session/stall-thresholds.ts';
import { nextDeadline } from '../../src/session/state.ts';
import { runningSession, wholeSession } from './arbitraries.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  cancellation,
  clientContent,
  closeCalled,
  closed,
  closureOf,
  empty,
  epoch,
  generationComplete,
  interrupted,
  loudAudioIn,
  only,
  opened,
  received,
  response,
  type Scenario,
  scenario,
  sent,
  serverContent,
  setup,
  setupComplete,
  setupSummary,
  silentAudioOut,
  text,
  ticked,
  toolCall,
  toolResponse,
  turnComplete,
  usageFrame,
  voiceActivity,
  waitingForInput,
} from './build.ts';
import { run, runs, start } from './property.ts';

const weather = () => toolCall({ id: 'a', name: 'get_weather' });
const answer = (more = {}) => toolResponse(response({ id: 'a', name: 'get_weather', ...more }));
const transcribed = (finished: boolean) =>
  received('input_transcription', {
    server: { ...serverContent, inputTranscription: { characters: 5, finished } },
  });

/** Kinds of the stalls that are found at that time, and not a millisecond before. */
function foundAt(session: Scenario, ms: number): string[] {
  expect(only(session.at(ms - 1, ticked), 'stalled')).toEqual([]);
  return only(session.at(ms, ticked), 'stalled').map(({ stall }) => stall.kind);
}

describe('what is no stall', () => {
  const nothingFound = (session: Scenario, ms: number): void =>
    expect(only(session.at(ms, ticked), 'stalled')).toEqual([]);

  it('a noise that the service wrote down', () => {
    const noise = { characters: 7, finished: false, noise: true } as const;
    const session = activeScenario();
    session.at(
      1_000,
      received('input_transcription', { server: { ...serverContent, inputTranscription: noise } }),
    );
    nothingFound(session, 60_000);
  });

  it('what is transcribed right after the service said that it waits for the user', () => {
    const session = activeScenario();
    session.at(1_000, waitingForInput());
    session.at(1_500, transcribed(false));
    nothingFound(session, 60_000);
  });

  it('a barge-in that goes on for longer than an answer may take', () => {
    const session = activeScenario();
    for (let ms = 100; ms <= 900; ms += 100) session.at(ms, audioIn());
    session.at(1_000, text(), audioOut());
    session.at(2_000, interrupted(), turnComplete());
    for (let ms = 2_100; ms < 20_000; ms += 100) session.at(ms, loudAudioIn());
    nothingFound(session, 34_000);
    expect(only(session.at(35_000, ticked), 'stalled').map(({ stall }) => stall.kind)).toEqual([
      'turn_unanswered',
    ]);
  });

  it('a tool that took as long before', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'b', name: 'get_weather' }));
    session.at(29_000, toolResponse(response({ id: 'b', name: 'get_weather' })));
    session.at(30_000, audioOut(), turnComplete());
    session.at(31_000, weather());
    nothingFound(session, 72_900);
    expect(foundAt(session, 73_000)).toEqual(['tool_call_unanswered']);
  });

  it.each<[string, Parameters<typeof activeScenario>[1]]>([
    ['music from a microphone that has been quiet', {}],
    ['a long activity', { automaticActivityDetection: false }],
    ['words that a proactive model need not show', { proactiveAudio: true }],
  ])('no byte for minutes: %s', (_, setupMore) => {
    const session = activeScenario({}, setupMore);
    for (let ms = 100; ms < 1_000; ms += 100) session.at(ms, audioIn());
    const found = [];
    for (let ms = 1_000; ms < 180_000; ms += 100) {
      // Speech has pauses; music has none.
      const pauses = setupMore !== undefined && Object.keys(setupMore).length > 0 && ms % 6_000 < 2_000;
      found.push(...only(session.at(ms, pauses ? audioIn() : loudAudioIn()), 'stalled'));
    }
    expect(found).toEqual([]);
  });

  it('a user who says nothing for minutes, and then something', () => {
    const session = activeScenario();
    const found = [];
    for (let ms = 100; ms < 200_000; ms += 100) {
      const speaks = (ms > 5_000 && ms < 6_000) || ms > 190_000;
      found.push(...only(session.at(ms, speaks ? loudAudioIn() : audioIn()), 'stalled'));
    }
    expect(found).toEqual([]);
  });
});

describe('one call in two places', () => {
  it.each([{ id: 'a' }, {}])('is one call: %o', (id) => {
    const session = activeScenario();
    const facts = [
      ...session.at(1_000, toolCall({ ...id, name: 'get_weather', inParts: true })),
      ...session.at(1_010, toolCall({ ...id, name: 'get_weather' })),
    ];
    expect(only(facts, 'tool_call_received').map(({ call }) => call.inParts)).toEqual([true]);
  });
});

describe('a line that takes no audio', () => {
  it('is told of where the user spoke and paused, and a minute passed', () => {
    const session = activeScenario();
    const found = [];
    for (let ms = 100; ms < 70_000; ms += 100) {
      const speaks = ms % 5_000 > 3_000;
      found.push(...only(session.at(ms, speaks ? loudAudioIn() : audioIn()), 'stalled'));
    }
    expect(found.map(({ stall }) => stall.kind)).toEqual(['line_silent']);
  });
});

describe('a stall is found when it is overdue', () => {
  it('a setup without an answer for 10 s', () => {
    const session = scenario();
    session.at(100, opened, setup());
    expect(foundAt(session, 10_100)).toEqual(['setup_unanswered']);
  });

  it('a tool call without a response for 30 s', () => {
    const session = activeScenario();
    session.at(1_000, weather());
    expect(foundAt(session, 31_000)).toEqual(['tool_call_unanswered']);
  });

  it('no output for 15 s after a tool response', () => {
    const session = activeScenario();
    session.at(1_000, weather());
    session.at(2_000, answer());
    expect(foundAt(session, 17_000)).toEqual(['tool_response_unanswered']);
  });

  it('no output for 15 s after a tool response that was faster than the end of the turn of the call', () => {
    const session = activeScenario();
    session.at(1_000, clientContent(), audioOut(), weather());
    session.at(2_000, answer());
    session.at(3_000, generationComplete(), turnComplete());
    expect(foundAt(session, 17_000)).toEqual(['tool_response_unanswered']);
  });

  it.each<[string, SessionEvent]>([
    ['text', text()],
    ['client content', clientContent()],
    ['the end of an activity', sent('activity_end')],
    ['a finished transcription', transcribed(true)],
    ['a transcription that nothing marks as the last', transcribed(false)],
    ['the end of speech by voice activity', voiceActivity('end')],
  ])('no output for 15 s after %s', (_, event) => {
    const session = activeScenario();
    session.at(1_000, event);
    expect(foundAt(session, 16_000)).toEqual(['turn_unanswered']);
  });

  it('no output for 15 s after the last of several transcriptions', () => {
    const session = activeScenario();
    session.at(1_000, transcribed(false));
    session.at(2_000, transcribed(false));
    expect(foundAt(session, 17_000)).toEqual(['turn_unanswered']);
  });

  it('no output for 15 s after the first words, although the user asks again after a pause', () => {
    const session = activeScenario();
    session.at(1_000, voiceActivity('start'), voiceActivity('end'));
    session.at(7_000, voiceActivity('start'));
    session.at(13_000, voiceActivity('end'), transcribed(false));
    expect(foundAt(session, 16_000)).toEqual(['turn_unanswered']);
  });

  it('no output for 15 s after the microphone was shut on something said', () => {
    const said = [loudAudioIn(), loudAudioIn(), loudAudioIn()];
    const session = activeScenario();
    session.at(500, ...said);
    session.at(1_000, sent('audio_stream_end'));
    expect(foundAt(session, 16_000)).toEqual(['turn_unanswered']);
  });

  it('no output for 15 s after a barge-in, or after what was said in it', () => {
    const session = activeScenario();
    session.at(1_000, text(), audioOut());
    session.at(2_000, interrupted(), turnComplete());
    session.at(3_000, transcribed(false));
    expect(foundAt(session, 18_000)).toEqual(['turn_unanswered']);
    const unheard = activeScenario();
    unheard.at(1_000, text(), audioOut());
    unheard.at(2_000, interrupted(), turnComplete());
    expect(foundAt(unheard, 17_000)).toEqual(['turn_unanswered']);
  });

  it('no output after the user spoke and paused for 45 s, although no pause is as long as the limit', () => {
    const session = activeScenario();
    for (let ms = 1_000; ms < 45_900; ms += 2_500) session.at(ms, transcribed(false));
    expect(foundAt(session, 46_000)).toEqual(['turn_unanswered']);
  });

  it('nothing but parts that are empty, and nothing for 15 s after a thought', () => {
    const modelTurn = (more: object) => received('model_turn', { server: { ...serverContent, ...more } });
    const session = activeScenario();
    session.at(1_000, text());
    session.at(3_000, modelTurn({ output: false }));
    expect(foundAt(session, 16_000)).toEqual(['turn_unanswered']);
    const thinking = activeScenario();
    thinking.at(1_000, text());
    thinking.at(3_000, modelTurn({ output: true, thought: true }));
    expect(foundAt(thinking, 18_000)).toEqual(['turn_unanswered']);
  });

  it('no output for 15 s after what the user said as a call was cancelled', () => {
    const behind = activeScenario();
    behind.at(1_000, weather());
    behind.at(3_000, cancellation('a'));
    behind.at(4_000, transcribed(false));
    expect(foundAt(behind, 19_000)).toEqual(['turn_unanswered']);
    const before = activeScenario();
    before.at(1_000, weather());
    before.at(4_000, transcribed(false));
    before.at(5_000, cancellation('a'));
    expect(foundAt(before, 19_000)).toEqual(['turn_unanswered']);
  });

  it('nothing but audio of zeros for 15 s', () => {
    const session = activeScenario();
    session.at(1_000, transcribed(false));
    for (let ms = 1_100; ms < 15_900; ms += 100) session.at(ms, silentAudioOut());
    expect(only(session.at(16_000, ticked), 'stalled')[0]?.stall).toMatchObject({
      kind: 'turn_unanswered',
      silentAudio: true,
    });
  });

  it('nothing more of an interaction in progress for 20 s, or for 35 s where functions are declared', () => {
    const inProgress = received('turn_complete', {
      server: { ...serverContent, turnComplete: true, interactionStatus: 'IN_PROGRESS' },
    });
    const plain = activeScenario({}, { functionNames: [] });
    plain.at(1_000, text(), audioOut(), inProgress);
    expect(foundAt(plain, 21_000)).toEqual(['interaction_unfinished']);
    const withTools = activeScenario();
    withTools.at(1_000, text(), audioOut(), inProgress);
    expect(foundAt(withTools, 36_000)).toEqual(['interaction_unfinished']);
    const done = activeScenario();
    done.at(1_000, text(), audioOut(), inProgress);
    done.at(
      2_000,
      received('turn_complete', {
        server: { ...serverContent, turnComplete: true, interactionStatus: 'IDLE' },
      }),
    );
    expect(only(done.at(100_000, ticked), 'stalled')).toEqual([]);
  });

  it('a call of the connection before that was never answered on this one', () => {
    const earlierCalls = [{ id: 'a', name: 'get_weather' }];
    const session = activeScenario({ earlierCalls, resumedHandleAt: epoch - 1_000 });
    expect(only(session.at(15_200, ticked), 'stalled')[0]?.stall).toMatchObject({
      kind: 'tool_call_unanswered',
      earlierCall: { id: 'a', name: 'get_weather' },
    });
    for (const event of [audioOut(), answer(), text()]) {
      const answered = activeScenario({ earlierCalls, isEarlierCall: () => true });
      answered.at(1_000, event);
      const found = only(answered.at(15_500, ticked), 'stalled').map(({ stall }) => stall.kind);
      expect(found).not.toContain('tool_call_unanswered');
    }
  });

  it('no byte for 60 s while audio is sent', () => {
    const session = activeScenario();
    const facts = [];
    for (let ms = 300; ms <= 60_300; ms += 100) facts.push(...session.at(ms, loudAudioIn()));
    expect(only(facts, 'stalled').map(({ stall }) => stall)).toEqual([
      {
        index: 1,
        kind: 'line_silent',
        since: epoch + 200,
        foundAt: epoch + 60_300,
        resumed: false,
        setup: setupSummary,
      },
    ]);
  });

  it('with what it is about', () => {
    const session = activeScenario({}, { handleHash: 'hash' });
    session.at(1_000, weather());
    const [fact] = only(session.at(31_000, ticked), 'stalled');
    expect(fact?.stall).toEqual({
      index: 1,
      kind: 'tool_call_unanswered',
      since: epoch + 1_000,
      foundAt: epoch + 31_000,
      resumed: true,
      setup: { ...setupSummary, handleHash: 'hash' },
      toolCall: expect.objectContaining({ id: 'a', name: 'get_weather' }),
    });
  });

  it('at thresholds of its own', () => {
    const session = activeScenario({ stallThresholds: { ...stallThresholds, turnMs: 50 } });
    session.at(1_000, text());
    expect(foundAt(session, 1_050)).toEqual(['turn_unanswered']);
  });

  it('when an event shows the time, if nobody ticked', () => {
    const session = activeScenario();
    session.at(1_000, text());
    const facts = session.at(20_000, closed(1011));
    expect(only(facts, 'stalled').map(({ stall }) => stall.foundAt)).toEqual([epoch + 20_000]);
  });
});

describe('silence is no stall', () => {
  const quiet: readonly [string, (session: Scenario) => void][] = [
    ['where nothing was asked', () => {}],
    ['after an answer', (session) => session.at(1_000, text(), audioOut(), turnComplete())],
    ['after a generation without output', (session) => session.at(1_000, text(), generationComplete())],
    ['where the service waits for input', (session) => session.at(1_000, text(), waitingForInput())],
    [
      'after client content that leaves the turn open',
      (session) => session.at(1_000, clientContent({ turnComplete: false })),
    ],
    [
      'after the microphone was shut on nothing said',
      (session) => session.at(1_000, audioIn(), audioIn(), audioIn(), audioIn(), sent('audio_stream_end')),
    ],
    ['while the user is still speaking', (session) => session.at(1_000, voiceActivity('start'))],
    [
      'after a transcription that comes behind the answer',
      (session) =>
        session.at(1_000, text(), audioOut(), transcribed(true), turnComplete(), transcribed(true)),
    ],
    [
      'of a function declared NON_BLOCKING',
      (session) => session.at(1_000, toolCall({ id: 'a', name: 'book_table' })),
    ],
    ['after a cancelled call', (session) => session.at(1_000, weather(), cancellation('a'))],
    [
      'after a response that asks for it',
      (session) => session.at(1_000, weather(), answer({ scheduling: 'SILENT' })),
    ],
    ['after a response that nobody waits for', (session) => session.at(1_000, answer())],
    ['after close()', (session) => session.at(1_000, text(), closeCalled)],
  ];
  it.each(quiet)('%s', (_, prepare) => {
    const session = activeScenario();
    prepare(session);
    expect(only(session.at(100_000, ticked, ticked), 'stalled')).toEqual([]);
  });

  it('where the model may choose to say nothing', () => {
    for (const setup of [{ proactiveAudio: true }, { model: 'models/gemini-3.8-live' }]) {
      const session = activeScenario({}, setup);
      session.at(1_000, voiceActivity('start'), voiceActivity('end'), transcribed(true));
      expect(only(session.at(100_000, ticked), 'stalled')).toEqual([]);
      session.at(101_000, text());
      expect(foundAt(session, 116_000)).toEqual(['turn_unanswered']);
    }
  });

  it('during a call of a function that the model does not wait for, declared so or by default', () => {
    const session = activeScenario({}, { model: 'models/gemini-3.8-live' });
    session.at(1_000, weather());
    expect(only(session.at(100_000, ticked), 'stalled')).toEqual([]);
    const declared = activeScenario(
      {},
      { model: 'models/gemini-3.8-live', blockingFunctionNames: ['get_weather'] },
    );
    declared.at(1_000, weather());
    expect(foundAt(declared, 31_000)).toEqual(['tool_call_unanswered']);
  });

  it('on the line while the user says nothing', () => {
    const session = activeScenario();
    const facts = [];
    for (let ms = 300; ms <= 200_000; ms += 100) facts.push(...session.at(ms, audioIn()));
    expect(only(facts, 'stalled')).toEqual([]);
  });

  it('while the user goes on speaking', () => {
    const session = activeScenario();
    session.at(1_000, transcribed(true));
    for (let ms = 4_000; ms <= 22_000; ms += 3_000) session.at(ms, transcribed(true));
    expect(foundAt(session, 37_000)).toEqual(['turn_unanswered']);
  });

  it.each<[string, (ms: number) => boolean]>([
    ['where a frame of the service comes now and then', (ms) => ms % 50_000 === 0],
  ])('on the line %s', (_, comes) => {
    const session = activeScenario();
    const facts = [];
    for (let ms = 1_000; ms <= 150_000; ms += 500) {
      facts.push(...session.at(ms, loudAudioIn(), ...(comes(ms) ? [empty()] : [])));
    }
    expect(only(facts, 'stalled')).toEqual([]);
  });

  it('on the line while the application pauses', () => {
    const session = activeScenario();
    const facts = [];
    for (let ms = 1_000; ms <= 150_000; ms += 5_001) facts.push(...session.at(ms, loudAudioIn()));
    expect(only(facts, 'stalled')).toEqual([]);
  });

  it('on the line while a tool call is pending or the service waits for input', () => {
    for (const event of [weather(), waitingForInput()]) {
      const session = activeScenario();
      const facts = session.at(1_000, event);
      for (let ms = 2_000; ms <= 100_000; ms += 1_000) facts.push(...session.at(ms, loudAudioIn()));
      expect(only(facts, 'stalled').filter(({ stall }) => stall.kind === 'line_silent')).toEqual([]);
    }
  });
});

describe('a stall ends', () => {
  const cases: readonly [string, (session: Scenario) => void, SessionEvent][] = [
    ['with setupComplete', () => {}, setupComplete()],
    ['with the response', (session) => session.at(200, setupComplete(), weather()), answer()],
    ['with the cancellation', (session) => session.at(200, setupComplete(), weather()), cancellation('a')],
    [
      'with output after the response',
      (session) => session.at(200, setupComplete(), weather(), answer()),
      audioOut(),
    ],
    ['with output after the turn', (session) => session.at(200, setupComplete(), text()), audioOut()],
  ];
  it.each(cases)('%s', (_, prepare, event) => {
    const session = scenario();
    session.at(100, opened, setup());
    prepare(session);
    session.at(40_000, ticked);
    expect(only(session.at(41_000, empty(), usageFrame(1, 1)), 'stall_ended')).toEqual([]);
    const [fact] = only(session.at(42_000, event), 'stall_ended');
    expect(fact?.stall).toMatchObject({ index: 1, endedAt: epoch + 42_000, outcome: 'recovered' });
    expect(session.at(43_000, ticked).filter(({ type }) => type.startsWith('stall'))).toEqual([]);
  });

  it('on a silent line with any frame', () => {
    const session = activeScenario();
    for (let ms = 300; ms <= 60_300; ms += 100) session.at(ms, loudAudioIn());
    expect(only(session.at(60_400, empty()), 'stall_ended').map(({ stall }) => stall.outcome)).toEqual([
      'recovered',
    ]);
  });

  it('with the session, whose closure names it', () => {
    const session = activeScenario();
    session.at(1_000, text());
    session.at(16_000, ticked);
    const facts = session.at(20_000, closed(1006));
    const [ended] = only(facts, 'stall_ended');
    expect(closureOf(facts).stall).toBe(ended?.stall);
    expect(ended?.stall).toMatchObject({
      kind: 'turn_unanswered',
      endedAt: epoch + 20_000,
      outcome: 'closure',
    });
  });

  it('and the closure names none that was over', () => {
    const session = activeScenario();
    session.at(1_000, text());
    session.at(16_000, ticked);
    session.at(17_000, audioOut());
    expect(closureOf(session.at(20_000, closed(1006))).stall).toBeUndefined();
  });
});

describe('whatever the sequence of events', () => {
  it('a stall is told of once and ends once, and there is one at a time', () => {
    let seen = 0;
    fc.assert(
      fc.property(wholeSession, (events) => {
        const facts = run(events.map(({ event, now }) => ({ event, now: epoch + (now - epoch) * 40 })));
        const marks = facts.flatMap((fact) =>
          fact.type === 'stalled' || fact.type === 'stall_ended' ? [[fact.type, fact.stall.index]] : [],
        );
        const stalls = only(facts, 'stalled');
        seen += stalls.length;
        expect(marks).toEqual(
          stalls.flatMap((_, index) => [
            ['stalled', index + 1],
            ['stall_ended', index + 1],
          ]),
        );
        for (const { stall } of stalls) {
          expect(stall.since).toBeLessThanOrEqual(stall.foundAt);
          expect(stall.foundAt).toBeLessThanOrEqual(stall.endedAt ?? Number.NaN);
          expect(stall.outcome).toBeDefined();
        }
      }),
      runs,
    );
    expect(seen).toBeGreaterThan(20);
  });

  it('a running session waits for a time that has not come', () => {
    fc.assert(
      fc.property(runningSession, (events) => {
        const state = start();
        run(
          events.map(({ event, now }) => ({ event, now: epoch + (now - epoch) * 40 })),
          state,
        );
        const deadline = nextDeadline(state);
        if (deadline !== undefined) expect(deadline).toBeGreaterThan(state.now);
        reduce(state, ticked, Math.max(state.now, deadline ?? 0));
        expect(nextDeadline(state) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(state.now);
      }),
      runs,
    );
  });
});
