import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, prose } from '../../../../src/report/render/markdown/escape.ts';
import { renderIssue, renderMarkdown } from '../../../../src/report/render/markdown/render.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { sampleReport } from '../../report-sample.ts';
import { states } from '../states.ts';

describe('renderMarkdown', () => {
  // What many sessions show is a matter of the statistics, and pinned as text.
  const pasted = Object.entries(states).filter(([name]) => name !== 'hundreds' && name !== 'undecided');
  it.each(pasted)('is ready to paste: %s', async (name, report) => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`expected/${name}.md`);
  });

  it('tells one session alone', async () => {
    const [only] = states.one.sessions;
    await expect(only && renderIssue(states.one, only)).toMatchFileSnapshot('expected/session.md');
  });

  it('names no file and no service', () => {
    const text = renderMarkdown(sampleReport);
    expect(text).not.toMatch(/live-otel\.jsonl|voice-agent/);
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
          .replaceAll(/```text\n[\s\S]*?\n```/g, '')
          .replaceAll(/\\./g, '')
          .replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
        expect(outsideCode).not.toMatch(/[<>]/);
      }),
    );
  });
});

describe('prose', () => {
  it.each([
    ['a_b *c* `d` | <e> [f](g) #1', 'a\\_b \\*c\\* `d` \\| \\<e\\> \\[f\\](g) \\#1'],
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
