import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { attachmentWords, problemOf } from '../../../src/cli/issue/attachment.ts';
import { formatLine, type RecordedEvent, type SessionRecording } from '../../../src/recording/format.ts';
import { maskFrame } from '../../../src/recording/mask.ts';

const head = {
  recording: 1,
  sessionId: '12345678-abcd',
  startedAt: 1_000,
  api: 'gemini',
  content: false,
} as const;
const frames = [
  {
    setup: {
      model: 'models/gemini-live',
      systemInstruction: { parts: [{ text: 'Be brief. Grüß Gott!' }] },
      sessionResumption: { handle: 'handle-of-mine' },
    },
  },
  {
    realtimeInput: {
      audio: { mimeType: 'audio/pcm;rate=16000', data: Buffer.alloc(3_200, 7).toString('base64') },
    },
  },
  {
    toolCall: {
      functionCalls: [{ id: 'function-call-17', name: 'look_up', args: { subject: 'garden', n: 42 } }],
    },
  },
  {
    toolResponse: {
      functionResponses: [
        { id: 'function-call-17', name: 'look_up', response: { a: 'cat', note: ['open', 1.5, null] } },
      ],
    },
  },
];

function frame(data: RecordedEvent & { readonly from: 'client' }): RecordedEvent {
  return data;
}

function recording(
  texts: readonly (readonly [string])[] | undefined,
  more: Partial<{ content: boolean }> = {},
): SessionRecording {
  const pseudonyms = new Map<string, string>();
  const masked = frames.map((one) => maskFrame(JSON.stringify(one), { pseudonyms, quiet: false }));
  const events = (texts ?? masked).map((data, index) =>
    frame({ at: index, from: 'client', kind: 'text', bytes: 1, data }),
  );
  return {
    head: { ...head, ...more },
    events: [...events, { at: 9, event: 'closed', code: 1011, reason: 'Internal error occurred.' }],
  };
}

describe('the recording for an issue', () => {
  it('is found by the id of the trace as well', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'traces-'));
    const { head: own, events } = recording(undefined);
    const lines = [{ ...own, traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) }, ...events].map(formatLine);
    const file = path.join(folder, '20261101T101010-12345678.live.jsonl.gz');
    writeFileSync(file, gzipSync(lines.join('')));
    expect(attachmentWords('ABABABABAB', folder)).toContain(`Attach the recording: ${file}`);
    expect(attachmentWords('cdcdcdcd', folder)).toContain(file);
    expect(attachmentWords('efefefef', folder)).toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  it('may be attached where all of it is masked', () => {
    expect(problemOf(recording(undefined))).toBeUndefined();
  });

  it.each([
    ['it holds what was said', recording(undefined, { content: true })],
    ['its frame at 0 ms is not masked', recording([['{"realtimeInput":{"text":"cat"}}']])],
    [
      'its frame at 0 ms is not masked',
      recording([['{"toolCall":{"functionCalls":[{"args":{"q":"Paris"}}]}}']]),
    ],
    ['its frame at 0 ms is not masked', recording([['no JSON at all']])],
    [
      'there is a credential in it',
      {
        head,
        events: [
          { at: 1, event: 'failed', name: 'Error', message: 'key=AIzaSyA1234567890123456789012345678901' },
        ],
      },
    ],
  ] as readonly (readonly [string, SessionRecording])[])('may not where %s', (problem, given) => {
    expect(problemOf(given)).toContain(problem);
  });

  it('is found by the id of its session', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'attachment-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const { events } = recording(undefined);
    const file = path.join(folder, '20260101T000000-12345678.live.jsonl.gz');
    writeFileSync(file, gzipSync([head, ...events].map(formatLine).join('')));
    expect(attachmentWords('12345678-ABCD', folder)).toMatch(
      /^Attach the recording: .*12345678\.live\.jsonl\.gz\. It was checked/,
    );
    expect(attachmentWords('87654321', folder)).toBeUndefined();
    expect(attachmentWords('1234', folder)).toBeUndefined();
    expect(attachmentWords('12345678', path.join(folder, 'none'))).toBeUndefined();
  });
});
