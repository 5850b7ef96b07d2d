import { describe, expect, it } from 'vitest';
import type { ToolResponseSummary } from '../../src/protocol/frame.ts';
import { currentTurn, nextDeadline, pendingToolCalls } from '../../src/session/state.ts';
import {
  activeScenario,
  audioOut,
  cancellation,
  closeCalled,
  closed,
  closureOf,
  empty,
  epoch,
  generationComplete,
  only,
  opened,
  response,
  type Scenario,
  scenario,
  setup,
  setupComplete,
  ticked,
  toolCall,
  toolResponse,
  turnComplete,
  types,
} from './build.ts';

function matchesOf(session: Scenario, at: number, ...responses: readonly Partial<ToolResponseSummary>[]) {
  const facts = only(session.at(at, toolResponse(...responses)), 'tool_response_sent');
  return facts.flatMap(({ response: { responses: each } }) =>
    each.map(({ idMatch, nameMatch, call }) => [idMatch, nameMatch, call?.index]),
  );
}

describe('a tool response', () => {
  it('is told with the calls it answers, their latency and what is pending before and after', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }, { id: 'b', name: 'book_table' }));
    const turn = currentTurn(session.state);
    const [call] = pendingToolCalls(session.state);
    const [fact] = session.at(1_750, toolResponse({ id: 'a', name: 'get_weather', scheduling: 'SILENT' }));
    expect(fact).toEqual({
      type: 'tool_response_sent',
      response: {
        index: 1,
        sentAt: epoch + 1_750,
        bytes: 312,
        turn,
        pendingBefore: 2,
        pendingAfter: 1,
        responses: [
          {
            ...response({ id: 'a', name: 'get_weather', scheduling: 'SILENT' }),
            idMatch: 'matched',
            nameMatch: 'matched',
            call,
            latencyMs: 750,
            inputWhilePending: { frames: 0, audioFrames: 0 },
          },
        ],
      },
    });
  });

  it('belongs to the turn of its call, even after that turn', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'b', name: 'book_table' }), turnComplete());
    session.at(1_500, audioOut());
    const [fact] = only(
      session.at(2_000, toolResponse({ id: 'b', name: 'book_table' })),
      'tool_response_sent',
    );
    expect(fact?.response.turn?.index).toBe(1);
  });

  it('to no call belongs to the turn under way', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    const [fact] = only(session.at(2_000, toolResponse({ id: 'x' })), 'tool_response_sent');
    expect(fact?.response.turn?.index).toBe(1);
  });
});

describe('the id of a function response', () => {
  const call = toolCall({ id: 'a', name: 'get_weather' });

  it('is matched with a pending call, whatever the order', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }, { id: 'b', name: 'get_weather' }));
    expect(
      matchesOf(session, 2_000, { id: 'b', name: 'get_weather' }, { id: 'a', name: 'get_weather' }),
    ).toEqual([
      ['matched', 'matched', 2],
      ['matched', 'matched', 1],
    ]);
  });

  it('is unknown where no call had it, and the pending call stays so', () => {
    const session = activeScenario();
    session.at(1_000, call);
    expect(matchesOf(session, 2_000, { id: 'z', name: 'get_weather' })).toEqual([
      ['unknown', 'unknown', undefined],
    ]);
    expect(pendingToolCalls(session.state)).toHaveLength(1);
  });

  it('is a duplicate where the call was answered, in the same frame or before', () => {
    const session = activeScenario();
    session.at(1_000, call);
    const answer = { id: 'a', name: 'get_weather' };
    expect(matchesOf(session, 2_000, answer, answer)).toEqual([
      ['matched', 'matched', 1],
      ['duplicate', 'matched', 1],
    ]);
    expect(matchesOf(session, 3_000, answer)).toEqual([['duplicate', 'matched', 1]]);
    expect(closureOf(session.at(4_000, closed(1011)))).toMatchObject({
      unmatchedResponses: 2,
      toolCalls: 1,
      lastToolCall: { responses: 3, outcome: 'answered' },
    });
  });

  it('is cancelled where the service cancelled the call', () => {
    const session = activeScenario();
    session.at(1_000, call, cancellation('a'));
    expect(matchesOf(session, 2_000, { id: 'a', name: 'get_weather' })).toEqual([
      ['cancelled', 'matched', 1],
    ]);
  });

  it('is of an earlier connection where one gave it out', () => {
    const session = activeScenario({ isEarlierCall: (id) => id === 'old' });
    expect(matchesOf(session, 2_000, { id: 'old', name: 'f' }, { id: 'new', name: 'f' })).toEqual([
      ['earlier_connection', 'unknown', undefined],
      ['unknown', 'unknown', undefined],
    ]);
  });

  it.each([undefined, ''])('%j is matched by name, first in first out, where calls have none', (id) => {
    const session = activeScenario({ api: 'vertex' });
    session.at(
      1_000,
      toolCall({ name: 'get_weather' }, { name: 'book_table' }, { name: 'get_weather', id: '' }),
    );
    const answer = (name: string) => ({ name, ...(id !== undefined && { id }) });
    expect(
      matchesOf(session, 2_000, answer('get_weather'), answer('get_weather'), answer('book_table')),
    ).toEqual([
      ['matched', 'matched', 1],
      ['matched', 'matched', 3],
      ['matched', 'matched', 2],
    ]);
  });

  it('is missing where calls carry ids; the call of that name is answered all the same', () => {
    const session = activeScenario();
    session.at(1_000, call);
    expect(matchesOf(session, 2_000, { name: 'get_weather' })).toEqual([['missing', 'matched', 1]]);
    expect(pendingToolCalls(session.state)).toEqual([]);
  });

  it('is missing where no call of that name is pending', () => {
    const session = activeScenario({ api: 'vertex' });
    expect(matchesOf(session, 2_000, { name: 'getStatus' })).toEqual([['missing', 'unknown', undefined]]);
  });

  it('that the service did not give out is unknown; the call without an id is answered by its name', () => {
    const session = activeScenario({ api: 'vertex' });
    session.at(1_000, toolCall({ name: 'get_weather' }));
    expect(matchesOf(session, 2_000, { id: 'made-up', name: 'get_weather' })).toEqual([
      ['unknown', 'matched', 1],
    ]);
    expect(pendingToolCalls(session.state)).toEqual([]);
  });

  it('is forgotten after 256 further calls', () => {
    const session = activeScenario();
    const answered = (id: string) => [toolCall({ id, name: 'f' }), toolResponse({ id, name: 'f' })];
    session.at(1_000, ...answered('first'));
    for (let index = 0; index < 255; index += 1) session.at(2_000, ...answered(`${index}`));
    expect(matchesOf(session, 3_000, { id: 'first' })).toEqual([['duplicate', 'missing', 1]]);
    session.at(4_000, ...answered('last'));
    expect(matchesOf(session, 5_000, { id: 'first' })).toEqual([['unknown', 'unknown', undefined]]);
  });
});

describe('the name of a function response', () => {
  it.each([
    ['get_weather', 'matched'],
    ['get_wether', 'different'],
    ['', 'missing'],
    [undefined, 'missing'],
  ])('%j is %s', (name, expected) => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }));
    expect(matchesOf(session, 2_000, { id: 'a', ...(name !== undefined && { name }) })).toEqual([
      ['matched', expected, 1],
    ]);
  });
});

describe('the acknowledgement of a tool response', () => {
  it('is the first frame after it, of whatever kind, and comes once', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    expect(session.at(1_400, empty(), audioOut()).slice(0, 1)).toMatchObject([
      {
        type: 'tool_response_acknowledged',
        response: { index: 1, acknowledgedAt: epoch + 1_400, acknowledgedBy: 'empty' },
      },
    ]);
    expect(types(session.at(1_500, audioOut()))).toEqual([]);
  });

  it.each([
    ['2.x', 'gemini-2.5-flash-native-audio-preview-12-2025', 'audio'],
    ['3.x', 'gemini-3.1-flash-live-preview', 'generation_complete'],
  ])('of a %s model is not the end of the turn that the call ends', (_, model, acknowledgedBy) => {
    const session = scenario();
    session.at(500, opened, setup({ model }), setupComplete());
    session.at(1_000, audioOut(), toolCall({ id: 'a', name: 'get_weather' }));
    session.at(1_010, toolResponse({ id: 'a' }));
    const facts = session.at(1_020, generationComplete(), turnComplete(), audioOut());
    const told = only(facts, 'tool_response_acknowledged');
    expect(told.map((fact) => fact.response.acknowledgedBy)).toEqual([acknowledgedBy]);
  });

  it('is one for all responses that wait for it', () => {
    const session = activeScenario();
    session.at(
      1_000,
      toolResponse({ id: 'a' }),
      empty(),
      toolResponse({ id: 'b' }),
      toolResponse({ id: 'c' }),
    );
    const facts = only(session.at(1_500, empty()), 'tool_response_acknowledged');
    expect(facts.map(({ response: { index } }) => index)).toEqual([2, 3]);
  });
});

describe('the outcome of a tool response', () => {
  it('is ok after 2 s', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    session.at(1_500, empty());
    expect(nextDeadline(session.state)).toBe(epoch + 3_000);
    expect(session.at(2_999, ticked)).toEqual([]);
    expect(session.at(3_000, ticked)).toMatchObject([
      { type: 'tool_response_settled', response: { index: 1, outcome: 'ok' } },
    ]);
    expect(nextDeadline(session.state)).toBeUndefined();
  });

  it('waits for the acknowledgement where that takes longer', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    expect(nextDeadline(session.state)).toBeUndefined();
    expect(session.at(5_000, ticked)).toEqual([]);
    expect(types(session.at(6_000, empty()))).toEqual([
      'tool_response_acknowledged',
      'tool_response_settled',
    ]);
  });

  it('is closure where the session ended unexpectedly within 2 s', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }), empty(), toolResponse({ id: 'b' }));
    const facts = session.at(1_050, closed(1011, 'Internal error occurred.'));
    expect(only(facts, 'tool_response_settled').map((fact) => fact.response.outcome)).toEqual([
      'closure',
      'closure',
    ]);
  });

  it('is ok where the application asked for the end', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }), closeCalled);
    const [fact] = only(session.at(1_050, closed(1000)), 'tool_response_settled');
    expect(fact?.response.outcome).toBe('ok');
  });

  it('is ok where an unexpected end came later', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    const [fact] = only(session.at(3_000, closed(1011)), 'tool_response_settled');
    expect(fact?.response).toMatchObject({ outcome: 'ok' });
    expect(fact?.response.acknowledgedAt).toBeUndefined();
  });
});
