import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classifyReceived } from '../../src/protocol/classify-received.ts';
import { classifySent } from '../../src/protocol/classify-sent.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { classifyReceivedAudio } from '../../src/protocol/received-audio.ts';
import { classifySentMedia } from '../../src/protocol/sent-media.ts';
import { parseRecording, type RecordedFrame } from '../../src/testing/index.ts';
import { recordedTraffic } from './folder.ts';

const { folder, files } = recordedTraffic();
const read = (file: string): readonly RecordedFrame[] =>
  parseRecording(readFileSync(join(folder, file))).frames;

const quiet = { captureContent: false };
const textOf = ({ data }: RecordedFrame): string => Buffer.from(data).toString();
const classify = (frame: RecordedFrame): Frame =>
  frame.from === 'client' ? classifySent(textOf(frame), quiet) : classifyReceived(frame.data, quiet);

const named = (part: string) => read(`live_${part}.websocket.log`).map(classify);
const kinds = (part: string) => named(part).map(({ kind }) => kind);

describe('recorded sessions', () => {
  it('are 13', () => {
    expect(files).toHaveLength(13);
  });

  it.each(files)('%s: every frame is known, and as long as recorded', (file) => {
    const recorded = read(file);
    const frames = recorded.map(classify);
    expect(frames.map(({ bytes }) => bytes)).toEqual(recorded.map(({ data }) => data.length));
    expect(
      frames.filter(({ kind, unknownFields }) => kind === 'unknown' || kind === 'invalid' || unknownFields),
    ).toEqual([]);
  });

  it.each(files)('%s: audio is counted right, and without parsing', (file) => {
    for (const frame of read(file)) {
      const text = textOf(frame);
      const data = /"data": ?"([^"]*)"/.exec(text)?.[1] ?? '';
      expect(classify(frame).audioBytes).toBe(Buffer.from(data, 'base64').length);
      const fast =
        frame.from === 'client' ? classifySentMedia(text) : classifyReceivedAudio(Buffer.from(frame.data));
      expect(fast !== undefined).toBe(data !== '');
    }
  });

  it('read as they went', () => {
    const rest = (head: readonly string[], all: readonly string[]) => all.slice(head.length);
    const expected = [
      [
        'ML_Dev_handle_activity_start_and_end',
        ['setup', 'setup_complete', 'activity_start', 'audio', 'activity_end'],
        ['text'],
      ],
      ['ML_Dev_should_reply_to_realtime_audio_input', ['setup', 'setup_complete', 'audio'], ['text']],
      [
        'ML_Dev_should_respond_to_realtime_media-audio_input',
        ['setup', 'setup_complete', 'media_chunks'],
        ['text'],
      ],
      [
        'ML_Dev_should_send_content_dict_in_async_session',
        ['setup', 'setup_complete', 'client_content'],
        ['generation_complete', 'turn_complete'],
      ],
      [
        'ML_Dev_should_send_tool_response',
        ['setup', 'setup_complete', 'client_content', 'model_turn', 'tool_call'],
        [],
      ],
      [
        'ML_Dev_should_send_tool_response_with_function_responses',
        ['setup', 'setup_complete', 'tool_response'],
        [],
      ],
      ['Vertex_should_send_text_in_async_session', ['setup', 'setup_complete', 'client_content'], ['audio']],
      [
        'Vertex_should_send_tool_response_with_function_responses',
        ['setup', 'setup_complete', 'tool_response'],
        ['audio'],
      ],
    ] as const;
    for (const [name, head, others] of expected) {
      const all = kinds(name);
      expect(all.slice(0, head.length)).toEqual(head);
      expect([...new Set(rest(head, all))]).toEqual(others);
    }
  });

  it('hold a setup of Vertex AI', () => {
    const [setup, complete] = named('Vertex_should_initialize_session_without_prefix');
    expect([setup, complete]).toEqual([
      {
        direction: 'sent',
        kind: 'setup',
        bytes: 171,
        audioBytes: 0,
        setup: {
          model:
            'projects/REDACTED/locations/REDACTED/publishers/google/models/gemini-2.0-flash-live-preview-04-09',
          responseModalities: ['AUDIO'],
          functionNames: [],
          nonBlockingFunctionNames: [],
          blockingFunctionNames: [],
          toolKinds: [],
          automaticActivityDetection: true,
          contextWindowCompression: false,
          inputTranscription: false,
          outputTranscription: false,
          resumption: false,
          transparentResumption: false,
          affectiveDialog: false,
          proactiveAudio: false,
          proactivity: false,
          thinking: false,
          toolConfig: false,
          initialHistoryInClientContent: false,
          emptyFields: [],
        },
      },
      {
        direction: 'received',
        kind: 'setup_complete',
        bytes: 85,
        audioBytes: 0,
        setupComplete: { sessionId: '36eebac4-0e2c-473e-9ff5-c47f2bba6e7b' },
      },
    ]);
  });

  it('hold a tool call, a tool response and usage', () => {
    const call = named('ML_Dev_should_send_tool_response').find(({ kind }) => kind === 'tool_call');
    expect(call).toEqual({
      direction: 'received',
      kind: 'tool_call',
      bytes: 223,
      audioBytes: 0,
      toolCalls: [
        { id: 'function-call-5831923424298605773', name: 'get_current_weather', argumentsBytes: 26 },
      ],
    });
    const response = named('ML_Dev_should_send_tool_response_with_function_responses').at(-1);
    expect(response).toEqual({
      direction: 'sent',
      kind: 'tool_response',
      bytes: 112,
      audioBytes: 0,
      toolResponses: [
        {
          id: 'function-call-1',
          name: 'getStatus',
          responseBytes: 16,
          encoding: 'ascii',
          shape: 'object',
          depth: 1,
          longestString: 5,
          controlCharacters: false,
          isError: false,
        },
      ],
    });
    expect(named('ML_Dev_should_send_content_dict_in_async_session').at(-1)).toEqual({
      direction: 'received',
      kind: 'turn_complete',
      bytes: 379,
      audioBytes: 0,
      server: {
        turnComplete: true,
        generationComplete: false,
        interrupted: false,
        waitingForInput: false,
        output: false,
        textCharacters: 0,
        thought: false,
        executableCode: false,
      },
      usage: {
        promptTokens: 515,
        toolUsePromptTokens: 0,
        responseTokens: 31,
        thoughtsTokens: 0,
        cachedTokens: 0,
        totalTokens: 546,
        inputByModality: { text: 515 },
        outputByModality: { text: 31 },
      },
    });
  });
});
