import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSessions } from '../../../src/report/sessions/model.ts';
import { width } from '../../../src/report/text/cells.ts';
import { renderText } from '../../../src/report/text/render.ts';
import { defaultStyle } from '../../../src/report/text/style.ts';
import { arbitrarySpans } from '../arbitrary-sessions.ts';
import { decoded, id, spanLine, traceA } from '../otlp-lines.ts';
import { allSpans, closure, session } from '../sample.ts';

const input = { files: ['live-otel.jsonl'], lines: 7, spans: 7, brokenLines: [] };
const sample = buildSessions(decoded(spanLine(allSpans)));

describe('renderText', () => {
  it('draws one session and its closure', () => {
    expect(renderText(input, sample, { style: defaultStyle })).toBe(`\
1 file · 1 session · 2 turns · 1 tool call · 1 closure: 0 expected, 1 unexpected

SESSION gemini-live-2.5-flash · voice-agent · 10.0 s · 2026-03-01 12:00:00Z
───────────────────────────────────────────────────────────────────────────
trace ${traceA}
                                                           0 s                 5.00 s         10.0 s
session session-1                                  10.0 s  █████████████████████████████████████████
├ connect                                          120 ms  ▌
├ turn 1, complete, first output after 320 ms      2.00 s          ████████▌
├ turn 2, cut off                                  4.00 s                          ▐████████████████
│ └ search_menu, answered, 28 input frames         2.82 s                              ▐███████████▌
│   └ response 1.2 kB utf8, id matched             180 ms                                          ▐
├ goAway, 50.0 s left                                                                           ╳
└ closure 1011 by server, Internal error occu…                                                     ╳

last frames before the end
     -180 ms  → tool_response               1.2 kB
     -100 ms  → audio                       8.7 kB  2 frames

CLOSURES · 1 unexpected, 0 expected · and what preceded them
────────────────────────────────────────────────────────────
code  by      preceded by           last tool response  pending  input  age
1011  server  tool_response 180 ms  1.2 kB                    0     28  10.0 s
      "Internal error occurred."
      answered: search_menu; call id matched; encoding utf8
      cause unknown (not established): The service ended the session 180 ms after a tool response of
      1240 bytes.
      trace ${traceA}

pending: unanswered tool calls · input: frames sent while one was pending · age: of the connection

Every span and attribute: live-otel.jsonl, or --format json.
`);
  });

  it('draws the session it is asked for', () => {
    const other = buildSessions(decoded(spanLine([{ ...session, traceId: 'b'.repeat(32) }])));
    const text = renderText(input, [...sample, ...other], {
      style: defaultStyle,
      ...(other[0] && { session: other[0] }),
    });
    expect(text).toContain(`trace ${'b'.repeat(32)}\n`);
    expect(text).toContain('1 session without a closure: still open, or cut off in the file.');
  });

  it('names broken lines, five for a file', () => {
    const brokenLines = Array.from({ length: 7 }, (_, index) => ({
      file: 'a.jsonl',
      line: index + 1,
      problem: 'not_json' as const,
    }));
    expect(
      renderText({ ...input, brokenLines }, sample, { style: defaultStyle })
        .split('\n')
        .slice(1, 3),
    ).toEqual([
      'a.jsonl: 7 lines left out, not whole OTLP/JSON: line 1 (not json), 2 (not json), 3 (not json), 4',
      '(not json), 5 (not json) and 2 more.',
    ]);
  });

  it('groups many closures by code, reason and what preceded them, unexpected ones first', () => {
    const closures = Array.from({ length: 14 }, (_, index) => ({
      ...closure,
      spanId: id(100 + index),
      parentSpanId: id(200 + index),
      attributes: {
        ...closure.attributes,
        'live.closure.tool_response_bytes': 1_000 + index * 100,
        ...(index < 4 && {
          'live.closure.expected': true,
          'live.closure.code': 1000,
          'live.closure.reason': '',
        }),
      },
    }));
    const text = renderText(input, buildSessions(decoded(spanLine(closures))), { style: defaultStyle });
    const table = text.slice(text.indexOf('CLOSURES')).split('\n');
    expect(table.filter((line) => /^(count| {3}\d\d| {4}\d) /.test(line))).toEqual([
      'count  code  by      preceded by           last tool response  pending  input  age',
      '   10  1011  server  tool_response 180 ms  1.4–2.3 kB                0     28  10.0 s',
      '    4  1000  server  tool_response 180 ms  1.0–1.3 kB                0     28  10.0 s',
    ]);
    expect(text).toContain(`trace ${traceA} and 9 more`);
  });

  it('draws a long session by its end', () => {
    const turns = Array.from({ length: 60 }, (_, index) => ({
      name: 'realtime_inference m',
      spanId: id(1_000 + index),
      parentSpanId: id(1),
      from: index * 100,
      to: index * 100 + 50,
      attributes: { 'live.turn.index': index + 1 },
    }));
    const text = renderText(input, buildSessions(decoded(spanLine([session, ...turns]))), {
      style: defaultStyle,
    });
    expect(text).toContain('(21 earlier spans not shown)');
    expect(text.match(/ turn \d+ /g)?.at(-1)).toBe(' turn 60 ');
  });

  it('leaves the time of a session out where the file gives none that there is', () => {
    const aged = { ...closure, attributes: { ...closure.attributes, 'live.closure.connection_age': 9e12 } };
    const text = renderText(input, buildSessions(decoded(spanLine([aged]))), { style: defaultStyle });
    expect(text).toContain('SESSION');
    expect(text).not.toContain('Invalid');
  });

  it('never exceeds its columns, whatever the spans', () => {
    fc.assert(
      fc.property(
        arbitrarySpans,
        fc.integer({ min: 60, max: 140 }),
        fc.boolean(),
        fc.boolean(),
        (spans, columns, ascii, color) => {
          const text = renderText(input, buildSessions(spans), { style: { columns, ascii, color } });
          const lines = stripVTControlCharacters(text).split('\n');
          expect(lines.filter((line) => width(line) > columns)).toEqual([]);
        },
      ),
    );
  });

  it('prints only ASCII where only that can be shown', () => {
    fc.assert(
      fc.property(arbitrarySpans, (spans) => {
        const text = renderText(input, buildSessions(spans), { style: { ...defaultStyle, ascii: true } });
        expect(text).toMatch(/^[\n\x20-\x7e]*$/);
      }),
    );
  });

  it('differs with colours by nothing but the colours', () => {
    const plain = renderText(input, sample, { style: defaultStyle });
    const colored = renderText(input, sample, { style: { ...defaultStyle, color: true } });
    expect(colored).not.toBe(plain);
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });
});
