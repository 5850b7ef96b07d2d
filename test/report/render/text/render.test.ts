import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSessions } from '../../../../src/report/read/sessions/model.ts';
import { width } from '../../../../src/report/render/text/cells.ts';
import { renderText } from '../../../../src/report/render/text/render.ts';
import { defaultStyle } from '../../../../src/report/render/text/style.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { decoded, id, spanLine, traceA } from '../../otlp-lines.ts';
import { sampleReport } from '../../report-sample.ts';
import { allSpans, closure, session } from '../../sample.ts';

const style = defaultStyle;

describe('renderText', () => {
  it('answers, then shows the scorecard, what to do, a session, closures, tools and what it rests on', () => {
    expect(renderText(sampleReport, { style })).toBe(`\
It is the size of tool responses: it accounts for 74 % of the unexpected ends. Lost connections
account for another 14 %.
210 sessions · 640 turns · 500 tool calls · 492 tool responses · 42 of 208 closures unexpected →
20 % (15–26 %) · 2026-03-01 to 2026-03-02

WHICH EXPLANATION THE DATA SUPPORTS
───────────────────────────────────
what the data say  explanation       of the ends  effect (95 %)         counted
● supported        payload size             74 %  18× odds (6–52)       31 of 80, else 4 of 412
● supported        connection               14 %  14 % (6.7–28 %)       6 by diagnosis
○ refuted          encoding, format            –  1.1× odds (0.49–2.4)  9 of 120, else 26 of 372
? not enough data  tool-call id                –  –                     none
? not enough data  concurrency                 –  –                     none
? not enough data  internal error              –  –                     none
? not enough data  rate limit                  –  –                     about 1,400 more sessions
? not enough data  lifetime                    –  –                     none
? not enough data  setup                       –  –                     none
? not enough data  credentials                 –  –                     none
? not enough data  context window              –  –                     none
? not enough data  application                 –  –                     none
? not enough data  process                     –  –                     none

● payload size
  Tool responses of 8 kB and more were followed by an unexpected end within 2 s in 31 of 80 cases,
  smaller ones in 4 of 412: 18 times the odds, 95 % interval 6–52. This is a correlation.

    bytes              ended  share
    under 2 KB      2 of 300  0.7 % (0.2–2.4 %)  ▏
    2 KB–8 KB       2 of 112  1.8 % (0.5–6.3 %)  █
    8 KB–32 KB      15 of 50  30 % (19–44 %)     ██████████████
    32 KB and more  16 of 30  53 % (36–70 %)     ████████████████████████
    trend: p < 0.001

  test       Mantel–Haenszel, p < 0.001, controlled for tool, latency; without: 65 times the odds
             (22–190).
  but        Only read_full_menu sends responses of this size: the tool and the size cannot be told
             apart.
  to settle  Return summaries of at most 2 kB for half of the sessions, and compare the two halves.
               npx live-otel report --compare whole.jsonl summaries.jsonl

● connection
  6 of 42 unexpected ends came without a close frame.
  to settle  Run the agent against a server that keeps its line.
               npx live-otel simulate --script drop

○ refuted
  encoding, format: Non-ASCII tool responses were followed by an unexpected end in 9 of 120 cases,
  ASCII ones in 26 of 372: at most 2.4 times the odds.

? not enough data
  tool-call id, concurrency, internal error, rate limit, lifetime, setup, credentials, context
  window, application, process: Too few sessions were exposed to compare them with the others.

Holm correction over 9 tests.

WHAT TO DO FIRST
────────────────
1. 31 unexpected ends (74 %) less · tool-response-1011-internal
   Resume the session. If it keeps happening, use another model, keep responses small and flat, and
   send no audio around them.
2. 6 unexpected ends (14 %) less · transport-dropped
   Resume with the last handle.

ONE SESSION gemini-live-2.5-flash · voice-agent · 10.0 s · 2026-03-01 12:00:00Z
───────────────────────────────────────────────────────────────────────────────
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

why     unknown (not established): The service ended the session 180 ms after a tool response of
        1240 bytes.

CLOSURES · 42 unexpected, 166 expected · and what preceded them
───────────────────────────────────────────────────────────────
count  code  by       preceded by    reason
   31  1011  server   tool response  Internal error occurred.
      trace ${traceA} and 30 more
   11  1006  network  audio          –
  166  1005  client   turn complete  –

TOOLS · worst first · median to 95 %
────────────────────────────────────
tool            calls  responses  ended within 2…  share            answers in       size
read_full_menu     82         80               31  39 % (29–50 %)   180 ms → 720 ms  11.6 kB → 46.3…
search_menu       418        412                4  1.0 % (0.4–2.5…  –                –

FIRST AUDIO
───────────
first audio after  turns  median    95 %    99 %
server vad           612  640 ms  1.20 s  2.31 s

WHAT THIS RESTS ON
──────────────────
99 % of the sessions have a closure; the others are still open, or cut off in the file.
The cause of 7.1 % of the unexpected closures is not established.
Sizes of the responses of 3 sessions were not recorded.
1 line left out, not whole OTLP: live-otel.jsonl line 412 (truncated).

From live-otel.jsonl. As a page: --html report.html; as data: --format json. Another session:
--session <session or trace id>.
`);
  });

  it('draws the session it is asked for', () => {
    const traceId = 'b'.repeat(32);
    const [other] = buildSessions(decoded(spanLine([{ ...session, traceId }])));
    const text = renderText(sampleReport, { style, ...(other && { session: other }) });
    expect(text).toContain(`trace ${traceId}\n`);
  });

  it('names broken lines, five of them', () => {
    const brokenLines = Array.from({ length: 7 }, (_, index) => ({
      file: 'a.jsonl',
      line: index + 1,
      problem: 'not_json' as const,
    }));
    const text = renderText(
      { ...sampleReport, input: { ...sampleReport.input, broken: 9, brokenLines } },
      { style },
    );
    expect(text).toContain(`\
9 lines left out, not whole OTLP: a.jsonl line 1 (not json), a.jsonl line 2 (not json), a.jsonl line
3 (not json), a.jsonl line 4 (not json), a.jsonl line 5 (not json) and 4 more.
`);
  });

  it('sums up the kinds of closures beyond the first twelve', () => {
    const [group] = sampleReport.closureGroups;
    const closureGroups = Array.from({ length: 14 }, (_, index) => ({
      reason: '',
      initiator: 'server',
      expected: false,
      preceding: 'audio',
      examples: [],
      ...group,
      closures: 20 - index,
    }));
    const text = renderText({ ...sampleReport, closureGroups }, { style });
    expect(text).toContain('CLOSURES · 189 unexpected, 0 expected · and what preceded them\n');
    expect(text).toContain('\nand 2 other kinds with 15 closures\n');
  });

  it('draws a long session by its end', () => {
    const turns = Array.from({ length: 60 }, (_, index) => ({
      name: 'realtime_inference m',
      spanId: id(1_000 + index),
      parentSpanId: id(1),
      from: index * 100,
      to: index * 100 + 50,
      attributes: { 'gemini.live.turn.index': index + 1 },
    }));
    const sessions = buildSessions(decoded(spanLine([session, ...turns])));
    const text = renderText({ ...sampleReport, sessions }, { style });
    expect(text).toContain('(21 earlier spans not shown)');
    expect(text.match(/ turn \d+ /g)?.at(-1)).toBe(' turn 60 ');
  });

  it('leaves the time of a session out where the file gives none that there is', () => {
    const aged = {
      ...closure,
      attributes: { ...closure.attributes, 'gemini.live.closure.connection_age': 9e12 },
    };
    const sessions = buildSessions(decoded(spanLine([aged])));
    const text = renderText({ ...sampleReport, sessions }, { style });
    expect(text).toContain('ONE SESSION');
    expect(text).not.toContain('Invalid');
  });

  it('lists other sessions worth opening, five of them', () => {
    const sessions = Array.from({ length: 7 }, (_, index) =>
      buildSessions(
        decoded(spanLine(allSpans.map((span) => ({ ...span, traceId: `${index + 1}`.repeat(32) })))),
      ),
    ).flat();
    const text = renderText({ ...sampleReport, sessions }, { style });
    expect(text.slice(text.indexOf('WORTH OPENING')).split('\n').slice(0, 8)).toEqual([
      'WORTH OPENING',
      '─────────────',
      'trace                             lasted  code  cause',
      ...[1, 2, 3, 4, 5].map((index) => `${`${index}`.repeat(32)}  10.0 s  1011  unknown`),
    ]);
  });

  it('never exceeds its columns, whatever the report', () => {
    fc.assert(
      fc.property(
        arbitraryReport,
        fc.integer({ min: 60, max: 140 }),
        fc.boolean(),
        fc.boolean(),
        (report, columns, ascii, color) => {
          const text = renderText(report, { style: { columns, ascii, color } });
          const lines = stripVTControlCharacters(text).split('\n');
          expect(lines.filter((line) => width(line) > columns)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('prints only ASCII where only that can be shown', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        expect(renderText(report, { style: { ...style, ascii: true } })).toMatch(/^[\n\x20-\x7e]*$/);
      }),
      { numRuns: 40 },
    );
  });

  it('replaces nothing of its own by a question mark in ASCII', () => {
    const text = renderText(sampleReport, { style: { ...style, ascii: true } });
    expect(text.replace(/^\? not enough data.*$/gm, '')).not.toContain('?');
  });

  it('differs with colours by nothing but the colours', () => {
    const plain = renderText(sampleReport, { style });
    const colored = renderText(sampleReport, { style: { ...style, color: true } });
    expect(colored).not.toBe(plain);
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });
});
