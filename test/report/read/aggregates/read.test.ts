import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAggregates } from '../../../../src/report/read/aggregates/read.ts';
import { InputError } from '../../../../src/report/read/sources.ts';
import {
  at,
  closure,
  ending,
  expectedEnding,
  expectedGroup,
  group,
  linesOf,
  rows,
  toolCall,
  toolResponse,
  totals,
} from './rows.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'live-otel-aggregates-'));
});
afterAll(() => rm(directory, { recursive: true }));

const readText = (text: string) => readAggregates(['-'], { stdin: Readable.from([Buffer.from(text)]) });
const read = (all: readonly object[]) => readText(linesOf(all));
const refused = (all: readonly object[]) => refusedText(linesOf(all));
const refusedText = (text: string): Promise<string> =>
  readText(text).then(
    () => 'It was read.',
    (error: unknown) => (error instanceof InputError ? error.message : `Not an InputError: ${error}`),
  );
const without = (row: object) => rows.filter((other) => other !== row);

const common = { model: 'gemini-live', service: 'voice-agent', sdk: '3.1.0', hour: 12 };

describe('rows of aggregates', () => {
  it('are what the report is made from', async () => {
    const { tables, ...collected } = await read(rows);
    expect(tables).toEqual({
      toolResponses: [
        {
          factors: {
            ...common,
            tool: 'search',
            size: 26,
            latency: 9,
            encoding: 'ascii',
            shape: 'object',
            controlCharacters: false,
            idMatch: 'matched',
            nameMatch: 'matched',
            pending: 1,
            input: 2,
          },
          units: 5,
          closures: 2,
        },
      ],
      toolCalls: [
        {
          factors: { ...common, tool: 'search', duration: 9, pending: 0, input: 2, nonBlocking: true },
          units: 6,
          closures: 1,
        },
      ],
      endings: [ending, expectedEnding].map((row) => ({
        factors: {
          ...common,
          provider: 'gcp.gemini',
          resumed: false,
          hasTools: true,
          openSessions: 3,
          connects: 2,
        },
        ending: {
          expected: row.expected === 1,
          code: row.code,
          initiator: row.initiator,
          phase: row.phase,
          cause: row.cause,
          hypothesis: row.hypothesis,
          confidence: row.confidence,
          preceding: row.preceding,
        },
        sessions: row.units,
      })),
      ages: [
        { from: 59, to: 60, expected: 0, unexpected: { internal_error: 3 } },
        { from: 900, to: 960, expected: 5, unexpected: {} },
      ],
      time: [
        { at, connects: 10, toolResponses: 5, expected: 0, unexpected: {} },
        { at: at + 60_000, connects: 0, toolResponses: 0, expected: 5, unexpected: { internal_error: 3 } },
      ],
      timeBinMs: 60_000,
      coarsened: [],
    });
    expect(collected).toEqual({
      input: {
        sources: ['-'],
        lines: rows.length,
        spans: 120,
        broken: 0,
        brokenLines: [],
        from: at + 5,
        to: at + 65_000.5,
      },
      counts: { sessions: 10, withClosure: 8, turns: 20, toolCalls: 6, toolResponses: 5 },
      closureGroups: [
        {
          code: 1011,
          reason: 'Internal error occurred.',
          initiator: 'server',
          expected: false,
          preceding: 'tool_response',
          closures: 3,
          examples: [
            { traceId: 'a'.repeat(32), spanId: '1'.repeat(16) },
            { traceId: 'b'.repeat(32), spanId: '2'.repeat(16), sessionId: 'session-b' },
          ],
        },
        {
          code: 1000,
          reason: '',
          initiator: 'client',
          expected: true,
          preceding: 'none',
          closures: 5,
          examples: [{ traceId: 'c'.repeat(32), spanId: '3'.repeat(16), sessionId: 'session-c' }],
        },
      ],
      firstAudio: [{ trigger: 'activity_end', turns: 12, p50: 1.01, p95: 1.01, p99: 1.01 }],
      examples: { internal_error: 'a'.repeat(32) },
      frame: { sessions: [], outside: [], missingResponses: 0, thinned: false },
      sampled: false,
      sessions: [
        {
          traceId: 'a'.repeat(32),
          spanId: '1'.repeat(16),
          service: 'voice-agent',
          recorded: false,
          startedAt: at + 510.25,
          endedAt: at + 60_010.25,
          attributes: {},
          events: [],
          turns: [],
          toolCalls: [],
          toolResponses: [],
          closure: {
            spanId: '9'.repeat(16),
            parentSpanId: '1'.repeat(16),
            startedAt: at + 60_000,
            endedAt: at + 60_010.25,
            attributes: {
              'gemini.live.closure.cause': 'internal_error',
              'gemini.live.closure.expected': false,
              'gemini.live.closure.code': 1011,
              'gemini.live.closure.evidence': ['The service said so.'],
              'gemini.live.closure.connection_age': 59.5,
            },
            events: [],
          },
        },
      ],
      notes: [
        'Made from aggregates: of sessions only closures are shown. Stalls that ended, turns that came to nothing, and closures that are known from log records alone are not counted.',
        'What happened within sessions is not compared: aggregates hold no session as a whole. Read the spans themselves for that.',
      ],
      stalls: [],
      turnTroubles: [],
    });
  });

  it('make the same in any order, in one file or several, compressed or not', async () => {
    const { input: whole, ...expected } = await read(rows);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length }),
        fc.nat(rows.length),
        async (shuffled, cut) => {
          const parts = path.join(directory, 'parts');
          await rm(parts, { recursive: true, force: true });
          await mkdir(parts);
          await writeFile(path.join(parts, 'first.jsonl'), linesOf(shuffled.slice(0, cut)));
          await writeFile(path.join(parts, 'second.jsonl.gz'), gzipSync(linesOf(shuffled.slice(cut))));
          const { input, ...collected } = await readAggregates([parts]);
          expect(collected).toEqual(expected);
          expect({ ...input, sources: whole.sources }).toEqual(whole);
          expect(input.sources).toHaveLength(2);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of periods that follow each other add up', async () => {
    const hour = 3_600_000;
    const later = rows.map((row) =>
      row === totals
        ? { ...totals, period_from: at + hour, period_to: at + 2 * hour, sampled: 1, last_at: at + hour }
        : row,
    );
    const { counts, tables, input, sampled } = await read([...rows, ...later]);
    expect(counts).toEqual({ sessions: 20, withClosure: 16, turns: 40, toolCalls: 12, toolResponses: 10 });
    expect(tables.toolResponses.map(({ units, closures }) => [units, closures])).toEqual([[10, 4]]);
    expect([input.spans, input.from, input.to, sampled]).toEqual([240, at + 5, at + hour, true]);
  });

  it('that lack a few late spans are read, and the report says so', async () => {
    const many = (units: number) => ({ ...toolCall, units, closures: 0 });
    const total = { ...totals, tool_calls: 1000 };
    const others = without(totals).filter((row) => row !== toolCall);
    const { notes } = await read([total, many(995), ...others]);
    expect(notes).toContain(
      'The rows of tool_calls add up to 995, by the totals there are 1000: spans came in between the queries.',
    );
  });

  it.each<readonly [string, readonly object[], string]>([
    [
      'without totals',
      without(totals),
      'The aggregates have no row of totals: run totals.sql over the same period.',
    ],
    [
      'without a table',
      without(toolCall),
      'The rows of tool_calls add up to 0, by the totals there are 6: run tool_calls.sql once, over the same period as totals.sql.',
    ],
    [
      'without sessions',
      without(closure),
      'There are no rows of sessions: run sessions.sql over the same period as totals.sql.',
    ],
    [
      'with a table twice',
      [...rows, toolResponse],
      'The rows of tool_responses add up to 10, by the totals there are 5: run tool_responses.sql once, over the same period as totals.sql.',
    ],
    [
      'of periods that overlap',
      [...rows, totals],
      'Two totals overlap, 2026-03-01T12:00:00.000Z to 2026-03-01T13:00:00.000Z and 2026-03-01T12:00:00.000Z to 2026-03-01T13:00:00.000Z: what both hold would count twice.',
    ],
    [
      'of another version',
      [{ ...totals, version: 2 }],
      'These aggregates are of version 2, this live-otel reads version 1: run the queries that come with it.',
    ],
    [
      'of no known table',
      [{ table: 'tools' }],
      '-, line 1: no row of a known table, "table" is one of totals, tool_responses, tool_calls, endings, ages, time, first_audio, closure_groups, sessions. Give --from-aggregates what the queries of docs/aggregates.md print.',
    ],
    [
      'with a text for a number',
      [totals, { ...toolResponse, size: 'large' }],
      '-, line 2: size of tool_responses is "large", not a number.',
    ],
    [
      'without a factor',
      [{ ...ending, model: undefined }],
      '-, line 1: model of endings is not there, not a text.',
    ],
    [
      'with an example that is none',
      [{ ...group, examples: [['a']] }],
      'An example of closure_groups is ["a"], not [draw, trace id, span id, session id].',
    ],
    [
      'with attributes that are no texts',
      [{ ...closure, attributes: { a: 1 } }],
      '-, line 1: attributes of sessions is {"a":1}, not an object of texts.',
    ],
    [
      'with a flag that is none',
      [{ ...expectedGroup, expected: 'yes' }],
      '-, line 1: expected of closure_groups is "yes", not true or false.',
    ],
    [
      'that are spans',
      [{ resourceSpans: [] }],
      '-, line 1: spans, which are read without --from-aggregates.',
    ],
  ])('%s are refused in a sentence', async (_, all, sentence) => {
    expect(await refused(all)).toBe(sentence);
  });

  it('are JSON objects, a line each', async () => {
    expect(await refusedText('Code: 60. DB::Exception: Unknown table\n')).toBe(
      '-, line 1: no JSON object. Give --from-aggregates what the queries of docs/aggregates.md print.',
    );
  });

  it('of a compressed file that breaks off are refused', async () => {
    const file = path.join(directory, 'half.jsonl.gz');
    const packed = gzipSync(linesOf(rows));
    await writeFile(file, packed.subarray(0, packed.length - 12));
    await expect(readAggregates([file])).rejects.toThrow(`${file} breaks off: it is not all there.`);
  });

  it('are not in an empty directory', async () => {
    const empty = await mkdtemp(path.join(directory, 'empty-'));
    await expect(readAggregates([empty])).rejects.toThrow(
      `No .jsonl or .json file, or one of them compressed, in ${empty}.`,
    );
  });
});
