import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { Ajv } from 'ajv';
import { afterEach, describe, expect, it, vi } from 'vitest';
import schema from '../../docs/recording.schema.json' with { type: 'json' };
import type { OtherSessions } from '../../src/diagnosis/others.ts';
import type { SessionTap } from '../../src/instrumentation/tap.ts';
import { recorded } from '../../src/instrumentation/write-recording.ts';
import { fromPieces, parseLines } from '../../src/recording/format.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'recording-'));
const told: string[] = [];
const tap: SessionTap = {
  connecting: () => told.push('connecting'),
  opened: () => told.push('opened'),
  sent: () => told.push('sent'),
  sendFailed: () => told.push('sendFailed'),
  received: () => {
    told.push('received');
    return undefined;
  },
  closing: () => told.push('closing'),
  failed: () => told.push('failed'),
  over: () => told.push('over'),
  closed: () => told.push('closed'),
  connectFailed: () => told.push('connectFailed'),
  broken: false,
};
const head = {
  recording: 1,
  sessionId: '12345678-1234',
  startedAt: 1_000,
  api: 'gemini',
  content: false,
} as const;

const around = { sessionsOpen: 2, connectsLastMinute: 3 };
const others: OtherSessions = {
  recent: [
    {
      at: 400,
      code: 1006,
      reason: '',
      expected: false,
      connectionAgeMs: 90,
      conversationId: 'one-before',
      model: 'projects/mine/locations/here/models/gemini-live',
      cause: 'abnormal-1006',
    },
  ],
  handleOfUnknownOrigin: false,
  handleFailures: 0,
  earlierConnectionOpen: false,
};

afterEach(() => {
  told.length = 0;
  diag.disable();
});

function record(directory: string, more: Partial<typeof head | { content: boolean }> = {}): SessionTap {
  let now = 1_000;
  return recorded(tap, {
    directory,
    head: { ...head, ...more },
    clock: () => (now += 10),
    surroundings: () => ({ process: around }),
    others: () => others,
  });
}

function play(session: SessionTap): void {
  session.connecting('api_key');
  session.opened();
  session.sent(JSON.stringify({ realtimeInput: { text: 'my number is 4711' } }));
  session.received(Buffer.from(JSON.stringify({ setupComplete: {} })));
  session.closed({
    code: 1011,
    reason: 'Internal error occurred. key=AIzaSyA1234567890123456789012345678901',
    wasClean: true,
  });
}

async function written(directory: string) {
  await vi.waitFor(() => expect(readdirSync(directory)).toHaveLength(1));
  const [file = ''] = readdirSync(directory);
  return parseLines(gunzipSync(readFileSync(path.join(directory, file))).toString());
}

describe('a session that is recorded', () => {
  it('is told as before, and is in the file frame by frame without what was said', async () => {
    const directory = path.join(folder, 'one');
    play(record(directory));
    expect(told).toEqual(['connecting', 'opened', 'sent', 'received', 'closed']);
    const { head: written_, events } = await written(directory);
    const isLine = new Ajv({ strict: false }).compile(schema);
    for (const line of [written_, ...events]) expect(isLine(line) || isLine.errors).toBe(true);
    expect(written_).toEqual(head);
    expect(
      events.map((event) => ('from' in event ? { ...event, data: fromPieces(event.data) } : event)),
    ).toEqual([
      { at: 10, event: 'connecting', credential: 'api_key', process: around },
      { at: 20, event: 'opened' },
      {
        at: 30,
        from: 'client',
        kind: 'text',
        bytes: 46,
        data: '{"realtimeInput":{"text":"xx xxxxxx xx 0000"}}',
      },
      { at: 40, from: 'server', kind: 'setup_complete', bytes: 20, data: '{"setupComplete":{}}' },
      {
        at: 50,
        event: 'closed',
        process: around,
        others: { ...others, recent: [{ ...others.recent[0], at: -600, model: 'gemini-live' }] },
        code: 1011,
        reason: 'Internal error occurred. key=[redacted]',
        reasonBytes: 67,
        wasClean: true,
      },
    ]);
  });

  it('is in the file as it was where that is wanted, but for credentials', async () => {
    const directory = path.join(folder, 'content');
    play(record(directory, { content: true }));
    const text = JSON.stringify((await written(directory)).events);
    expect(text).toContain('my number is 4711');
    expect(text).not.toContain('AIza');
  });

  it('has no credential in it, wherever one was: frames, reasons, errors, in base64', async () => {
    const key = 'AIzaSyB9876543210987654321098765432109';
    const token = 'ya29.a0AfB_byC1234567890abcdefghijklmnopqrstuvwxyz';
    const base64 = Buffer.from(key).toString('base64');
    const said = 'Grüße aus Köln, 日本語';
    for (const content of [false, true]) {
      const directory = path.join(folder, `secrets-${content}`);
      const session = record(directory, { content });
      session.connecting('api_key');
      session.opened();
      for (const secret of [
        key,
        token,
        ...(content ? [] : [base64, said, Buffer.from(said).toString('base64')]),
      ]) {
        session.sent(JSON.stringify({ setup: { sessionResumption: { handle: secret } } }));
        session.sent(
          JSON.stringify({
            toolResponse: {
              functionResponses: [
                { id: '1', name: 'f', response: { url: `https://a.b/?key=${secret}`, [secret]: [secret] } },
              ],
            },
          }),
        );
        session.received(
          Buffer.from(
            JSON.stringify({ toolCall: { functionCalls: [{ id: '1', name: 'f', args: { a: secret } }] } }),
          ),
        );
        session.received(
          Buffer.from(JSON.stringify({ serverContent: { outputTranscription: { text: secret } } })),
        );
      }
      session.failed(new Error(`connect to wss://a.b/?key=${key}&access_token=${token}`));
      session.sendFailed(Object.assign(new Error(`Authorization: Bearer ${token}`), { name: 'E' }));
      session.closed({ code: 1008, reason: `API key ${key} is not valid; Bearer ${token}`, wasClean: true });
      const text = JSON.stringify(await written(directory));
      for (const secret of [
        key,
        token,
        ...(content ? [] : [base64, 'Köln', '日本語', Buffer.from(said).toString('base64')]),
      ]) {
        expect(text).not.toContain(secret);
      }
    }
  });

  it('goes on where it cannot be written, and says so once', async () => {
    const warn = vi.fn();
    diag.setLogger({ warn, error() {}, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    for (const _ of [1, 2]) play(record(file));
    await vi.waitFor(() => expect(warn).toHaveBeenCalled());
    await new Promise((resolve) => setImmediate(resolve));
    expect(warn).toHaveBeenCalledTimes(1);
    expect(told).toHaveLength(10);
    rmSync(folder, { recursive: true });
  });
});
