import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedFrame } from '../../src/protocol/frame.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import type { SessionFact } from '../../src/session/facts.ts';
import type { ToolCall, Turn } from '../../src/session/model.ts';
import { reduce } from '../../src/session/reduce.ts';
import { runningSession } from './arbitraries.ts';
import { epoch, only, serverContent } from './build.ts';
import { runs, start } from './property.ts';

describe('a frame that holds several fields', () => {
  it('gives the same turns and tool calls as frames with one field each', () => {
    fc.assert(fc.property(runningSession, expectTheSame), runs);
  });

  it('cancels a call before it ends the turn', () => {
    const calls = [{ id: 'b', name: 'get_weather', argumentsBytes: 0 }];
    const heard = { characters: 0, finished: false, text: '' };
    const frames = [
      { toolCalls: calls },
      { cancelledIds: ['b'], server: { ...serverContent, turnComplete: true } },
      { server: { ...serverContent, inputTranscription: heard }, toolCalls: [{ ...calls[0], id: 'c' }] },
    ];
    const base = { direction: 'received', kind: 'server_content', bytes: 0, audioBytes: 0 };
    expectTheSame(
      frames.map((fields) => {
        const frame = { ...base, ...fields } as ReceivedFrame;
        return { event: { type: 'frame_received', frame }, now: epoch };
      }),
    );
  });
});

function expectTheSame(events: readonly { readonly event: SessionEvent; readonly now: number }[]): void {
  const whole = start();
  const split = start();
  const wholeFacts: SessionFact[] = [];
  const splitFacts: SessionFact[] = [];
  for (const { event, now } of events) {
    wholeFacts.push(...reduce(whole, event, now));
    const parts =
      event.type === 'frame_received'
        ? singleFields(event.frame).map((frame) => ({ type: 'frame_received', frame }) as const)
        : [event];
    for (const part of parts) splitFacts.push(...reduce(split, part, now));
  }
  const end = { type: 'socket_closed', code: 1011, reason: '' } as const;
  wholeFacts.push(...reduce(whole, end, whole.now));
  splitFacts.push(...reduce(split, end, split.now));
  expect(story(splitFacts)).toEqual(story(wholeFacts));
}

/** Turns and tool calls without what counts frames. */
function story(facts: readonly SessionFact[]) {
  const tell = ({ receivedFrames: _, ...turn }: Turn) => turn;
  const tellCall = ({ turn, ...call }: ToolCall) => ({ ...call, turn: turn.index });
  return {
    turns: only(facts, 'turn_ended').map(({ turn }) => tell(turn)),
    calls: only(facts, 'tool_call_ended').map(({ call }) => tellCall(call)),
  };
}

/** The fields of a frame in the order in which they are taken. */
function singleFields(frame: ReceivedFrame): readonly ReceivedFrame[] {
  const { server, setupComplete, voiceActivity, cancelledIds, toolCalls, usage, resumption, goAway } = frame;
  const base = { direction: 'received', kind: frame.kind, bytes: 0, audioBytes: 0 } as const;
  const frames: ReceivedFrame[] = [];
  if (setupComplete) frames.push({ ...base, setupComplete });
  if (voiceActivity) frames.push({ ...base, voiceActivity });
  if (server?.inputTranscription) {
    frames.push({ ...base, server: { ...serverContent, inputTranscription: server.inputTranscription } });
  }
  if (server?.output || frame.audioBytes > 0) {
    const { output, textCharacters, thought, executableCode, text } = { ...serverContent, ...server };
    const content = {
      ...serverContent,
      output,
      textCharacters,
      thought,
      executableCode,
      ...(text !== undefined && { text }),
    };
    frames.push({ ...base, audioBytes: frame.audioBytes, ...(server && { server: content }) });
  }
  if (server?.outputTranscription) {
    frames.push({ ...base, server: { ...serverContent, outputTranscription: server.outputTranscription } });
  }
  if (cancelledIds) frames.push({ ...base, cancelledIds });
  if (toolCalls) frames.push({ ...base, toolCalls });
  if (server?.generationComplete)
    frames.push({ ...base, server: { ...serverContent, generationComplete: true } });
  if (server?.interrupted) frames.push({ ...base, server: { ...serverContent, interrupted: true } });
  if (server?.turnComplete) {
    const reason = server.turnCompleteReason;
    frames.push({
      ...base,
      server: {
        ...serverContent,
        turnComplete: true,
        ...(reason !== undefined && { turnCompleteReason: reason }),
      },
    });
  }
  if (server?.waitingForInput) frames.push({ ...base, server: { ...serverContent, waitingForInput: true } });
  if (usage) frames.push({ ...base, usage });
  if (resumption) frames.push({ ...base, resumption });
  if (goAway) frames.push({ ...base, goAway });
  return frames.length === 0 ? [{ ...base }] : frames;
}
