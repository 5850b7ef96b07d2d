import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSessions } from '../../../../src/report/read/sessions/model.ts';
import { width } from '../../../../src/report/render/text/cells.ts';
import { answerLines, renderOneSession, renderText } from '../../../../src/report/render/text/render.ts';
import { defaultStyle } from '../../../../src/report/render/text/style.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { decoded, id, spanLine } from '../../otlp-lines.ts';
import { sampleReport } from '../../report-sample.ts';
import { allSpans, closure, session } from '../../sample.ts';
import { states } from '../states.ts';

const style = defaultStyle;

describe('renderText', () => {
  it.each(Object.entries(states))('answers in a screen: %s', async (name, report) => {
    const text = renderText(report, { style });
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(answerLines);
    await expect(text).toMatchFileSnapshot(`expected/${name}.txt`);
  });

  it('answers in 80 columns without a number or verdict cut', async () => {
    const text = renderText(states.many, { style: { ...style, columns: 80 } });
    expect(text).not.toMatch(/\d…|…\d/);
    await expect(text).toMatchFileSnapshot('expected/many-80.txt');
  });

  it('says cause and remedy of one failed session in the first ten lines', () => {
    const top = renderText(states.one, { style }).split('\n').slice(0, 10).join('\n');
    expect(top).toContain('Internal error right after a well-formed tool response, medium confidence');
    expect(top).toContain('remedy   Resume the session.');
    expect(top).toContain('retry    now.');
  });

  it('shows everything above the answer where it is asked to', async () => {
    const text = renderText(states.many, { style, all: true });
    expect(text.indexOf('THE ANSWER')).toBeGreaterThan(text.indexOf('ALL HYPOTHESES'));
    await expect(text).toMatchFileSnapshot('expected/all.txt');
  });

  it('says how many sessions have no closure, where these are more than the few that are always open', () => {
    const text = (withClosure: number): string => {
      const { coverage, totals } = states.many;
      return renderText(
        { ...states.many, totals: { ...totals, sessions: 1_482 }, coverage: { ...coverage, withClosure } },
        { style },
      ).replaceAll(/\s+/g, ' ');
    };
    expect(text(0.67)).toContain(
      '489 sessions of 1,482 have no closure: they are still open, or their process ended before it was delivered.',
    );
    expect(text(0.95)).not.toContain('have no closure');
  });

  it('never says more than a screen, whatever the report', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const lines = renderText(report, { style }).trimEnd().split('\n');
        expect(lines.length).toBeLessThanOrEqual(answerLines);
      }),
      { numRuns: 60 },
    );
  });

  it('draws one session alone', async () => {
    const [only] = sampleReport.sessions;
    await expect(only && renderOneSession(only, style)).toMatchFileSnapshot('expected/session.txt');
  });

  it('names broken lines, five of them', () => {
    const brokenLines = Array.from({ length: 7 }, (_, index) => ({
      file: 'a.jsonl',
      line: index + 1,
      problem: 'not_json' as const,
    }));
    const text = renderText(
      { ...sampleReport, input: { ...sampleReport.input, broken: 9, brokenLines } },
      { style, all: true },
    );
    expect(text).toContain(`\
9 lines left out as broken or cut off: a.jsonl line 1 (not json), a.jsonl line 2 (not json), a.jsonl
line 3 (not json), a.jsonl line 4 (not json), a.jsonl line 5 (not json) and 4 more.
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
    const text = renderText({ ...sampleReport, closureGroups }, { style, all: true });
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
    const text = renderText({ ...sampleReport, sessions }, { style, all: true });
    expect(text).toContain('(21 earlier spans not shown)');
    expect(text.match(/ turn \d+ /g)?.at(-1)).toBe(' turn 60 ');
  });

  it('leaves the time of a session out where the file gives none that there is', () => {
    const aged = {
      ...closure,
      attributes: { ...closure.attributes, 'gemini.live.closure.connection_age': 9e12 },
    };
    const sessions = buildSessions(decoded(spanLine([aged])));
    const text = renderText({ ...sampleReport, sessions }, { style, all: true });
    expect(text).toContain('SESSION');
    expect(text).not.toContain('Invalid');
  });

  it('lists other sessions worth opening, five of them', () => {
    const sessions = Array.from({ length: 7 }, (_, index) =>
      buildSessions(
        decoded(spanLine(allSpans.map((span) => ({ ...span, traceId: `${index + 1}`.repeat(32) })))),
      ),
    ).flat();
    const text = renderText({ ...sampleReport, sessions }, { style, all: true });
    expect(text.slice(text.indexOf('WORTH OPENING')).split('\n').slice(0, 8)).toEqual([
      'WORTH OPENING',
      '─────────────',
      'trace                             lasted  code  cause',
      ...[1, 2, 3, 4, 5].map((index) => `${`${index}`.repeat(32)}  10.0 s  1011  Cause not established`),
    ]);
  });

  it('never exceeds its columns, whatever the report', () => {
    fc.assert(
      fc.property(
        arbitraryReport,
        fc.integer({ min: 60, max: 140 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (report, columns, ascii, color, all) => {
          const text = renderText(report, { style: { columns, ascii, color }, all });
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
    expect(text.replaceAll('? not enough data', '')).not.toContain('?');
  });

  it('differs with colours by nothing but the colours', () => {
    const plain = renderText(sampleReport, { style });
    const colored = renderText(sampleReport, { style: { ...style, color: true } });
    expect(colored).not.toBe(plain);
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });
});
