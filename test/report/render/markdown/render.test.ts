import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, prose } from '../../../../src/report/render/markdown/escape.ts';
import { renderMarkdown } from '../../../../src/report/render/markdown/render.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { sampleReport } from '../../report-sample.ts';

describe('renderMarkdown', () => {
  it('answers, then gives the scorecard, the evidence, closures, the environment and what it rests on', () => {
    expect(renderMarkdown(sampleReport)).toBe(`\
## Why the Live API sessions closed

**It is the size of tool responses: it accounts for 74 % of the unexpected ends. Lost connections account for another 14 %.**

210 sessions, 640 turns, 492 tool responses; 42 of 208 closures unexpected: 20 % (15–26 %). Recorded 2026-03-01 to 2026-03-02.

| explanation | what the data say | of the unexpected ends | effect (95 % interval) | counted |
| --- | --- | --: | --- | --- |
| payload size | **supported** | 74 % | 18 times the odds (6–52) | 31 of 80, else 4 of 412 |
| connection | **supported** | 14 % | 14 % (6.7–28 %) | 6 by diagnosis |
| encoding, format | refuted | – | 1.1 times the odds (0.49–2.4) | 9 of 120, else 26 of 372 |
| tool-call id | not enough data | – | – | none |
| concurrency | not enough data | – | – | none |
| internal error | not enough data | – | – | none |
| rate limit | not enough data | – | – | about 1,400 more sessions |
| lifetime | not enough data | – | – | none |
| setup | not enough data | – | – | none |
| credentials | not enough data | – | – | none |
| context window | not enough data | – | – | none |
| application | not enough data | – | – | none |
| process | not enough data | – | – | none |

### Supported: payload size

Tool responses of 8 kB and more were followed by an unexpected end within 2 s in 31 of 80 cases, smaller ones in 4 of 412: 18 times the odds, 95 % interval 6–52. This is a correlation.

| bytes | ended | share (95 % interval) |
| --- | --: | --- |
| under 2 KB | 2 of 300 | 0.7 % (0.2–2.4 %) |
| 2 KB–8 KB | 2 of 112 | 1.8 % (0.5–6.3 %) |
| 8 KB–32 KB | 15 of 50 | 30 % (19–44 %) |
| 32 KB and more | 16 of 30 | 53 % (36–70 %) |

Trend: p \\< 0.001.

- test: Mantel–Haenszel, p \\< 0.001, controlled for tool, latency; without: 65 times the odds (22–190).
- but: Only read\\_full\\_menu sends responses of this size: the tool and the size cannot be told apart.
- to settle it: Return summaries of at most 2 kB for half of the sessions, and compare the two halves. \`npx live-otel report --compare whole.jsonl summaries.jsonl\`

### Supported: connection

6 of 42 unexpected ends came without a close frame.

- to settle it: Run the agent against a server that keeps its line. \`npx live-otel simulate --script drop\`

### Refuted

- encoding, format: Non-ASCII tool responses were followed by an unexpected end in 9 of 120 cases, ASCII ones in 26 of 372: at most 2.4 times the odds.

### Not enough data

- tool-call id, concurrency, internal error, rate limit, lifetime, setup, credentials, context window, application, process: Too few sessions were exposed to compare them with the others.

Holm correction over 9 tests.

### Closures

| count | expected | code | by | preceded by | reason | a trace |
| --: | --- | --: | --- | --- | --- | --- |
| 31 | **no** | 1011 | server | tool response | \`Internal error occurred.\` | \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\` |
| 11 | **no** | 1006 | network | audio | – | – |
| 166 | yes | 1005 | client | turn complete | – | – |

### Environment

| model | provider | \`@google/genai\` | sessions |
| --- | --- | --- | --: |
| \`gemini-live-2.5-flash\` | \`gcp.gemini\` | \`1.30.0\` | 208 |

### What this rests on

- 99 % of the sessions have a closure.
- The cause of 7.1 % of the unexpected closures is not established.
- 1 line could not be read and are left out.
- Sizes of the responses of 3 sessions were not recorded.
- Audio, text, arguments and results of tools, credentials and resumption handles are not part of this report.

Made by \`live-otel report --format markdown\`.
`);
  });

  it('names no file, session or service', () => {
    const text = renderMarkdown(sampleReport);
    expect(text).not.toMatch(/live-otel\.jsonl|session-1|voice-agent/);
  });

  it('gives every row of a table as many cells as its head, whatever the report', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        for (const block of renderMarkdown(report).split('\n\n')) {
          const rows = block.split('\n').filter((line) => line.startsWith('| '));
          expect(new Set(rows.map((row) => row.replaceAll(/\\./g, '').split('|').length)).size).toBeLessThan(
            2,
          );
        }
      }),
    );
  });

  it('lets no text become HTML, whatever the report', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const outsideCode = renderMarkdown(report)
          .replaceAll(/\\./g, '')
          .replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
        expect(outsideCode).not.toMatch(/[<>]/);
      }),
    );
  });
});

describe('prose', () => {
  it.each([
    ['a_b *c* `d` | <e> [f](g) #1', 'a\\_b \\*c\\* \\`d\\` \\| \\<e\\> \\[f\\](g) \\#1'],
    ['two\nlines', 'two lines'],
    ['ask @somebody', 'ask @\u200bsomebody'],
  ])('escapes %j', (text, escaped) => {
    expect(prose(text)).toBe(escaped);
  });
});

describe('code', () => {
  it.each([
    ['Internal error occurred.', '`Internal error occurred.`'],
    ['a `b` c', '`` a `b` c ``'],
    ['a | b', '`a \\| b`'],
    ['', '–'],
  ])('quotes %j', (text, quoted) => {
    expect(code(text)).toBe(quoted);
  });
});
