import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveAttributes } from '../../../src/conventions/attributes.ts';
import { type CollectOptions, collect } from '../../../src/report/read/collect.ts';
import { closureLogLine, id, origin, type SpanInput, spanLine, traceA } from '../otlp-lines.ts';
import { allSpans, closure, connect, session, toolCall, toolResponse, turn1, turn2 } from '../sample.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'live-otel-collect-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const at = path.join(directory, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
  return at;
}

/** What standard input of these pieces gives. */
function collected(pieces: readonly (string | Uint8Array)[], options: CollectOptions = {}) {
  return collect(['-'], { ...options, stdin: Readable.from(pieces.map((piece) => Buffer.from(piece))) });
}

const collectedLines = (lines: readonly string[], options?: CollectOptions) =>
  collected([lines.map((line) => `${line}\n`).join('')], options);

/** The sample's session with another trace. */
function sample(number: number, attributes: LiveAttributes = {}): readonly SpanInput[] {
  const traceId = `1${number.toString(16).padStart(31, '0')}`;
  return allSpans.map((span) => ({
    ...span,
    traceId,
    ...(span === closure && { attributes: { ...span.attributes, ...attributes } }),
  }));
}

const lines = `${spanLine([session])}\n${spanLine([connect, closure])}\n`;
const read = { lines: 2, spans: 3, broken: 0, brokenLines: [], from: origin, to: origin + 10_000 };

describe('what is read', () => {
  it('is the lines of a file', async () => {
    const at = await file('plain.jsonl', lines);
    const { input, counts } = await collect([at]);
    expect(input).toEqual({ sources: [at], ...read });
    expect(counts).toEqual({ sessions: 1, withClosure: 1, turns: 0, toolCalls: 0, toolResponses: 0 });
  });

  it('is gzip and zstd whatever the name, and several members after each other', async () => {
    const gzip = await file('packed.jsonl', Buffer.concat([gzipSync(lines), gzipSync(lines)]));
    const zstd = await file('packed.json', zstdCompressSync(lines));
    expect((await collect([gzip])).input).toEqual({ sources: [gzip], ...read, lines: 4, spans: 6 });
    expect((await collect([zstd])).input).toEqual({ sources: [zstd], ...read });
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('is what came before the end of %s that breaks off', async (name, compress) => {
    const many = sampleLines(500);
    const packed = compress(many);
    const at = await file(`broken-${name}.jsonl`, packed.subarray(0, Math.floor(packed.length / 2)));
    const { input } = await collect([at]);
    expect(input.spans).toBeGreaterThan(100);
    expect(input.brokenLines).toEqual([{ file: at, line: input.lines, problem: 'truncated' }]);
  });

  it('is standard input for -', async () => {
    expect((await collected([lines.slice(0, 100), lines.slice(100)])).input).toEqual({
      sources: ['-'],
      ...read,
    });
  });

  it('is not a last line that was cut off, which is named', async () => {
    const { input } = await collected([lines + spanLine([session]).slice(0, 50)]);
    expect(input).toEqual({
      ...read,
      sources: ['-'],
      lines: 3,
      broken: 1,
      brokenLines: [{ file: '-', line: 3, problem: 'truncated' }],
    });
  });

  it('is not lines that are no JSON or no OTLP, which are named; empty ones are nothing', async () => {
    expect((await collected([`nonsense\n\n{"a":1}\n${lines}`])).input).toEqual({
      ...read,
      sources: ['-'],
      lines: 4,
      broken: 2,
      brokenLines: [
        { file: '-', line: 1, problem: 'not_json' },
        { file: '-', line: 3, problem: 'not_otlp' },
      ],
    });
  });

  it('is not two lines that were written into each other', async () => {
    const [a, b] = [spanLine([session]), spanLine([connect])];
    const { input } = await collectedLines([a.slice(0, 200) + b, a.slice(200), spanLine([closure])]);
    expect(input).toMatchObject({ lines: 3, spans: 1, broken: 2 });
  });

  it('names the first twenty broken lines and counts all', async () => {
    const { input } = await collectedLines(Array.from({ length: 30 }, () => 'nonsense'));
    expect([input.broken, input.brokenLines.length]).toEqual([30, 20]);
  });

  it('is the telemetry files of a directory, the oldest first', async () => {
    const [b, a, c] = await Promise.all([
      file('many/b.jsonl', lines),
      file('many/a.json', lines),
      file('many/c.jsonl.gz', gzipSync(lines)),
      file('many/notes.txt', 'no'),
      file('many/deeper/d.jsonl', lines),
    ]);
    for (const [index, name] of [c, b, a].entries()) await utimes(name, 1_000 + index, 1_000 + index);
    expect((await collect([path.join(directory, 'many')])).input.sources).toEqual([c, b, a]);
  });

  it('is a file once that is named twice', async () => {
    const at = await file('twice/only.jsonl', lines);
    expect((await collect([at, path.dirname(at)])).input.sources).toEqual([at]);
  });

  it('refuses a file that does not exist, by name', async () => {
    await expect(collect(['nowhere.jsonl'])).rejects.toThrow('No such file: nowhere.jsonl.');
  });

  it('is any bytes without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), async (chunks) => {
        const { input, sessions } = await collected(chunks);
        expect([sessions, input.spans]).toEqual([[], 0]);
        expect(input.broken).toBeLessThanOrEqual(Math.max(input.lines, 1));
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on where the bytes are cut into chunks', async () => {
    const bytes = Buffer.from(
      `${spanLine([{ ...session, name: 'live_session möbel-日本' }], 'möbel-日本')}\n${spanLine([connect])}`,
    );
    const expected = await collected([bytes]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 97 }), async (size) => {
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect(await collected(chunks)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('says how far it is', async () => {
    const at = await file('progress.jsonl', lines);
    const seen: unknown[] = [];
    await collect([at], { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ bytesRead: lines.length, totalBytes: lines.length, lines: 2, spans: 3 });
  });
});

function sampleLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${spanLine(sample(index))}\n`).join('');
}

describe('what is counted', () => {
  it('is every unit at risk, by its factors', async () => {
    const { tables } = await collectedLines([spanLine(allSpans)]);
    const common = { model: 'gemini-live-2.5-flash', service: 'voice-agent', sdk: '', hour: 12 };
    expect(tables).toEqual({
      toolResponses: [
        {
          factors: {
            ...common,
            tool: '',
            // 1,240 bytes: from 2^10 to 2^10.5; 2.82 s: from 2^11 ms.
            size: 20,
            latency: 11,
            encoding: 'utf8',
            shape: '',
            controlCharacters: false,
            idMatch: 'matched',
            nameMatch: '',
            pending: -1,
            input: -1,
          },
          units: 1,
          closures: 1,
        },
      ],
      toolCalls: [
        {
          factors: {
            ...common,
            tool: 'search_menu',
            duration: 11,
            pending: -1,
            input: 2,
            nonBlocking: false,
          },
          units: 1,
          closures: 0,
        },
      ],
      endings: [
        {
          factors: {
            ...common,
            provider: 'gcp.gemini',
            resumed: false,
            hasTools: false,
            openSessions: -1,
            connects: -1,
          },
          ending: {
            expected: false,
            code: 1011,
            initiator: 'server',
            phase: 'active',
            cause: 'unknown',
            hypothesis: 'not_established',
            confidence: 'none',
            preceding: 'tool_response',
          },
          sessions: 1,
        },
      ],
      ages: [{ from: 10, to: 11, expected: 0, unexpected: { not_established: 1 } }],
      time: [{ at: origin, connects: 1, toolResponses: 1, expected: 0, unexpected: { not_established: 1 } }],
      timeBinMs: 60_000,
      coarsened: [],
    });
  });

  it('is the closures that are alike, with examples, and the first audio by its trigger', async () => {
    const { closureGroups, examples, firstAudio } = await collectedLines([spanLine(allSpans)]);
    expect({ closureGroups, examples, firstAudio }).toEqual({
      closureGroups: [
        {
          code: 1011,
          reason: 'Internal error occurred.',
          initiator: 'server',
          expected: false,
          preceding: 'tool_response',
          closures: 1,
          examples: [{ traceId: traceA, spanId: id(1), sessionId: 'session-1' }],
        },
      ],
      examples: { unknown: traceA },
      firstAudio: [{ trigger: '', turns: 1, p50: 0.32, p95: 0.32, p99: 0.32 }],
    });
  });

  it('leaves out what other instrumentations recorded', async () => {
    const theirs = { ...toolCall, name: 'execute_tool theirs', attributes: {} };
    const { input, counts } = await collectedLines([spanLine([theirs, { ...connect, name: 'GET /' }])]);
    expect([input.spans, counts]).toEqual([
      2,
      { sessions: 0, withClosure: 0, turns: 0, toolCalls: 0, toolResponses: 0 },
    ]);
  });

  it('counts sessions of one trace apart', async () => {
    const second = (span: SpanInput) => ({
      ...span,
      spanId: span.spanId.replace(/^0/, 'f'),
      ...(span.parentSpanId && { parentSpanId: span.parentSpanId.replace(/^0/, 'f') }),
    });
    const { counts, sessions } = await collectedLines([spanLine(allSpans), spanLine(allSpans.map(second))]);
    expect(counts).toEqual({ sessions: 2, withClosure: 2, turns: 4, toolCalls: 2, toolResponses: 2 });
    expect(sessions.map(({ spanId, turns }) => [spanId, turns.length])).toEqual([
      [id(1), 2],
      [id(1).replace(/^0/, 'f'), 2],
    ]);
  });

  it('counts a session that is still open', async () => {
    const { counts, sessions } = await collectedLines([spanLine([connect, turn1])]);
    expect(counts).toMatchObject({ sessions: 1, withClosure: 0, turns: 1 });
    expect(sessions).toMatchObject([{ spanId: id(1), recorded: false, turns: [{}] }]);
  });

  it('counts a tool call that nothing leads to a session as one', async () => {
    const { counts } = await collectedLines([spanLine([toolCall])]);
    expect(counts).toMatchObject({ sessions: 1, withClosure: 0, toolCalls: 1 });
  });

  const attributes = { ...closure.attributes, 'gemini.live.closure.explanation': 'from the log' };
  it.each([
    ['of the closure', id(7), attributes],
    ['of the session', id(1), attributes],
    ['of nothing known', undefined, attributes],
  ])('counts a closure once that has a span and a log record with the context %s', async (_, spanId, of) => {
    const log = closureLogLine({ traceId: traceA, ...(spanId && { spanId }), at: 10_000, attributes: of });
    for (const order of [
      [log, spanLine(allSpans)],
      [spanLine(allSpans), log],
      [spanLine([closure]), log, spanLine([session])],
    ]) {
      const { counts, tables, sessions } = await collectedLines(order);
      expect([counts.sessions, counts.withClosure, tables.endings.map((cell) => cell.sessions)]).toEqual([
        1,
        1,
        [1],
      ]);
      expect(sessions.map((found) => found.closure?.attributes)).toEqual([closure.attributes]);
    }
  });

  it('takes a closure from its log record where there is no span of it', async () => {
    const log = closureLogLine({ traceId: traceA, spanId: id(7), at: 10_000, attributes });
    const { counts, sessions } = await collectedLines([log]);
    expect(counts).toMatchObject({ sessions: 1, withClosure: 1 });
    expect(sessions).toMatchObject([{ recorded: false, closure: { attributes } }]);
  });

  it('lets thinned spans stand for the others', async () => {
    const traceState = 'rojo=1,ot=rv:8badf00ddeadbe;th:c';
    const { counts, tables, sampled } = await collectedLines([
      spanLine([session, closure, { ...turn1, traceState }, { ...toolResponse, traceState }]),
    ]);
    expect(counts).toMatchObject({ sessions: 1, withClosure: 1, turns: 4, toolResponses: 4 });
    expect(tables.toolResponses).toMatchObject([{ units: 4, closures: 4 }]);
    expect([sampled, (await collectedLines([spanLine(allSpans)])).sampled]).toEqual([true, false]);
  });
});

describe('the sessions kept whole', () => {
  it('are complete, the most telling first', async () => {
    const expected = { 'gemini.live.closure.expected': true };
    const { sessions } = await collectedLines([spanLine(sample(1, expected)), spanLine(sample(2))]);
    expect(
      sessions.map(({ traceId, turns, toolCalls, toolResponses, closure: end }) => [
        Number.parseInt(traceId.slice(-1), 16),
        turns.length,
        toolCalls.length,
        toolResponses.length,
        end?.events.length,
      ]),
    ).toEqual([
      [2, 2, 1, 1, 3],
      [1, 2, 1, 1, 3],
    ]);
  });

  it('are spread over the causes, with some that ended as expected', async () => {
    const endings: readonly LiveAttributes[] = [
      ...Array<LiveAttributes>(60).fill({ 'gemini.live.closure.cause': 'frequent' }),
      ...Array<LiveAttributes>(2).fill({ 'gemini.live.closure.cause': 'rare' }),
      ...Array<LiveAttributes>(60).fill({
        'gemini.live.closure.cause': 'client_closed',
        'gemini.live.closure.expected': true,
      }),
    ];
    const { sessions } = await collectedLines(
      endings.map((attributes, index) => spanLine(sample(index + 1, attributes))),
      { keepSessions: 10 },
    );
    const causes = sessions.map(({ closure: end }) => end?.attributes['gemini.live.closure.cause']);
    const counted = (cause: string) => causes.filter((other) => other === cause).length;
    expect(['frequent', 'rare', 'client_closed'].map(counted)).toEqual([6, 2, 2]);
  });

  it.each([
    ['session id', 'session-1'],
    ['trace id', traceA.toUpperCase()],
    ['id of its span', id(1)],
  ])('are those with the %s that was asked for', async (_, wanted) => {
    const other = sample(5).map((span) => ({
      ...span,
      spanId: span.spanId.replace(/^0/, 'e'),
      ...(span.parentSpanId && { parentSpanId: span.parentSpanId.replace(/^0/, 'e') }),
      attributes: { ...span.attributes, 'gen_ai.realtime_session.id': 'another' },
    }));
    const { counts, sessions } = await collectedLines(
      [spanLine(other), ...allSpans.map((span) => spanLine([span]))],
      {
        session: wanted,
      },
    );
    expect(counts.sessions).toBe(2);
    expect(sessions).toMatchObject([
      { traceId: traceA, turns: [{}, {}], toolCalls: [{}], toolResponses: [{}] },
    ]);
    expect(sessions[0]?.closure).toBeDefined();
  });
});

it('does not depend on the order of spans, lines and files, or on how often they are there', async () => {
  const rateLimited = {
    'gemini.live.closure.cause': 'rate_limited',
    'gemini.live.closure.hypothesis': 'rate_limit',
  } as const;
  const log = (number: number, attributes: LiveAttributes = {}) =>
    closureLogLine({
      traceId: `1${number.toString(16).padStart(31, '0')}`,
      spanId: id(7),
      at: 10_000,
      attributes: { ...closure.attributes, ...attributes },
    });
  const all: readonly string[] = [
    ...[
      sample(1),
      sample(2, rateLimited),
      sample(3, { 'gemini.live.closure.expected': true }),
      sample(4).slice(0, -1),
    ].flatMap((spans) => spans.map((span) => spanLine([span]))),
    log(1),
    log(2, rateLimited),
    log(6),
    spanLine([{ ...turn2, traceId: '7'.repeat(32), traceState: 'ot=th:8' }]),
  ];
  const { input, ...expected } = await collectedLines(all);
  expect([input.lines, expected.counts]).toEqual([
    all.length,
    { sessions: 7, withClosure: 4, turns: 10, toolCalls: 4, toolResponses: 4 },
  ]);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...all], { minLength: all.length }),
      fc.subarray([...all]),
      fc.boolean(),
      async (shuffled, repeated, before) => {
        const { input: _, ...found } = await collectedLines(
          before ? [...repeated, ...shuffled] : [...shuffled, ...repeated],
        );
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});
