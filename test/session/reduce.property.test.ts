import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedFrames } from '../../src/session/flight-recorder.ts';
import { reduce } from '../../src/session/reduce.ts';
import { nextDeadline } from '../../src/session/state.ts';
import { maxFinishedCalls, maxPendingCalls } from '../../src/session/tool-calls.ts';
import { maxUnsettledResponses } from '../../src/session/tool-responses.ts';
import { runningSession, type TimedEvent, wholeSession } from './arbitraries.ts';
import { closureOf, epoch, only } from './build.ts';
import { run, runs, start } from './property.ts';

function sortedIndexes(things: readonly { readonly index: number }[]): number[] {
  return things.map(({ index }) => index).sort((left, right) => left - right);
}

describe('whatever the sequence of events', () => {
  it('nothing throws, and the session ends exactly once, with `closed` as the last fact', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const facts = run(events);
        expect(only(facts, 'closed')).toHaveLength(1);
        expect(facts.at(-1)?.type).toBe('closed');
      }),
      runs,
    );
  });

  it('every turn, tool call and tool response starts once and ends once, in this order', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const facts = run(events);
        const pairs = [
          [
            only(facts, 'turn_started').map(({ turn }) => turn),
            only(facts, 'turn_ended').map(({ turn }) => turn),
          ],
          [
            only(facts, 'tool_call_received').map(({ call }) => call),
            only(facts, 'tool_call_ended').map(({ call }) => call),
          ],
          [
            only(facts, 'tool_response_sent').map(({ response }) => response),
            only(facts, 'tool_response_settled').map(({ response }) => response),
          ],
        ] as const;
        for (const [started, ended] of pairs) {
          const indexes = started.map((_, position) => position + 1);
          expect(sortedIndexes(started)).toEqual(indexes);
          expect(sortedIndexes(ended)).toEqual(indexes);
          for (const thing of ended) expect(thing.outcome).toBeDefined();
        }
        const position = new Map<object, number>();
        facts.forEach((fact, place) => {
          if (fact.type === 'turn_started') position.set(fact.turn, place);
          if (fact.type === 'tool_call_received') position.set(fact.call, place);
          if (fact.type === 'tool_response_sent') position.set(fact.response, place);
          if (fact.type === 'turn_ended') expect(place).toBeGreaterThan(position.get(fact.turn) ?? Infinity);
          if (fact.type === 'tool_call_ended')
            expect(place).toBeGreaterThan(position.get(fact.call) ?? Infinity);
          if (fact.type === 'tool_response_settled') {
            expect(place).toBeGreaterThan(position.get(fact.response) ?? Infinity);
          }
        });
      }),
      runs,
    );
  });

  it('acknowledgements come at most once for each response and before it is settled', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const open = new Set<number>();
        for (const fact of run(events)) {
          if (fact.type === 'tool_response_sent') open.add(fact.response.index);
          if (fact.type === 'tool_response_acknowledged') expect(open.delete(fact.response.index)).toBe(true);
          if (fact.type === 'tool_response_settled' && open.delete(fact.response.index)) {
            expect(fact.response.acknowledgedAt).toBeUndefined();
          }
        }
      }),
      runs,
    );
  });

  it('the counts of the closure are those of the facts', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const facts = run(events);
        const closure = closureOf(facts);
        const interruptions = only(facts, 'interrupted');
        const turns = only(facts, 'turn_started').map(({ turn }) => turn);
        const responses = only(facts, 'tool_response_sent').map(({ response }) => response);
        expect({
          turns: closure.turns,
          interruptions: closure.interruptions,
          spurious: closure.spuriousInterruptions,
          calls: closure.toolCalls,
          callsOfTurns: turns.reduce((sum, turn) => sum + turn.toolCalls, 0),
          responses: closure.toolResponses,
          unmatched: closure.unmatchedResponses,
          pending: closure.pendingToolCalls.length,
        }).toEqual({
          turns: turns.length,
          interruptions: turns.filter(({ outcome }) => outcome === 'interrupted').length,
          spurious: interruptions.filter(({ spurious }) => spurious).length,
          calls: only(facts, 'tool_call_received').length,
          callsOfTurns: only(facts, 'tool_call_received').length,
          responses: responses.length,
          unmatched: responses
            .flatMap((each) => each.responses)
            .filter(({ idMatch }) => idMatch !== 'matched').length,
          pending: only(facts, 'tool_call_ended').filter(({ call }) => call.outcome === 'closure').length,
        });
      }),
      runs,
    );
  });

  it('no duration is negative and no number is missing', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const facts = run(events);
        const closure = closureOf(facts);
        for (const turn of only(facts, 'turn_ended').map((fact) => fact.turn)) {
          expect((turn.endedAt ?? Number.NaN) - turn.startedAt).toBeGreaterThanOrEqual(0);
          const waited = (turn.firstOutputAt ?? Infinity) - (turn.triggeredAt ?? turn.startedAt);
          expect(waited).toBeGreaterThanOrEqual(0);
        }
        for (const { call } of only(facts, 'tool_call_ended')) {
          expect((call.endedAt ?? Number.NaN) - call.receivedAt).toBeGreaterThanOrEqual(0);
          expect(call.inputWhilePending.frames).toBeGreaterThanOrEqual(call.inputWhilePending.audioFrames);
          expect(call.inputWhilePending.firstAt === undefined).toBe(call.inputWhilePending.frames === 0);
        }
        const durations = [
          closure.connectionAgeMs,
          closure.conversationAgeMs,
          closure.activeMs ?? 0,
          closure.precedingAgoMs ?? 0,
          closure.lastSent?.agoMs ?? 0,
          closure.lastReceived?.agoMs ?? 0,
          closure.msSinceToolResponse ?? 0,
          closure.msSinceUserActivity ?? 0,
          closure.goAway?.agoMs ?? 0,
          closure.resumption.handleAgeMs ?? 0,
          closure.sentBytes - closure.sentBytesLast5s,
          closure.receivedBytes - closure.receivedBytesLast5s,
          closure.sentBytesLast5s,
          closure.receivedBytesLast5s,
        ];
        expect(durations.filter((duration) => !(duration >= 0 && duration < Infinity))).toEqual([]);
      }),
      runs,
    );
  });

  it('what is remembered stays within its bounds', () => {
    const manyCalls = fc.array(
      fc.record({
        event: fc.constantFrom<TimedEvent['event']>(
          {
            type: 'frame_received',
            frame: {
              direction: 'received',
              kind: 'tool_call',
              bytes: 1,
              audioBytes: 0,
              toolCalls: Array.from({ length: 700 }, (_, call) => ({
                id: `id-${call}`,
                name: 'f',
                argumentsBytes: 2,
              })),
            },
          },
          {
            type: 'frame_received',
            frame: {
              direction: 'received',
              kind: 'tool_call_cancellation',
              bytes: 1,
              audioBytes: 0,
              cancelledIds: Array.from({ length: 300 }, (_, call) => `id-${call * 2}`),
            },
          },
        ),
        now: fc.constant(epoch),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(manyCalls, runningSession, (calls, events) => {
        const state = start();
        run([...calls, ...events], state);
        for (let sent = 0; sent < 300; sent += 1) {
          reduce(
            state,
            {
              type: 'frame_sent',
              frame: { direction: 'sent', kind: 'tool_response', bytes: 1, audioBytes: 0, toolResponses: [] },
            },
            epoch,
          );
        }
        expect(state.tools.pending.length).toBeLessThanOrEqual(maxPendingCalls);
        expect(state.tools.finished?.size ?? 0).toBeLessThanOrEqual(maxFinishedCalls);
        expect(state.tools.unsettled.length).toBeLessThanOrEqual(maxUnsettledResponses);
        expect(state.recorder.slots.length).toBeLessThanOrEqual(recordedFrames * 2);
        expect(state.input.partKinds.length).toBeLessThanOrEqual(16);
        expect(
          closureOf(run([{ event: { type: 'socket_closed', reason: '' }, now: epoch }], state)).frames.length,
        ).toBeLessThanOrEqual(recordedFrames);
      }),
      { numRuns: 30 },
    );
  });

  it('ticks before the next deadline change nothing, and one at the deadline moves it on', () => {
    fc.assert(
      fc.property(runningSession, (events) => {
        const state = start();
        run(events, state);
        const deadline = nextDeadline(state);
        if (deadline === undefined) {
          expect(reduce(state, { type: 'ticked' }, state.now + 1e9)).toEqual([]);
          return;
        }
        expect(deadline).toBeGreaterThan(state.now);
        expect(reduce(state, { type: 'ticked' }, deadline - 1)).toEqual([]);
        expect(nextDeadline(state)).toBe(deadline);
        expect(reduce(state, { type: 'ticked' }, deadline)).not.toEqual([]);
        expect(nextDeadline(state) ?? Infinity).toBeGreaterThan(deadline);
      }),
      runs,
    );
  });
});
