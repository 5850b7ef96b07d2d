import { describe, expect, it } from 'vitest';
import { toReport } from '../../src/report/assemble.ts';
import type { Collected } from '../../src/report/read/collected.ts';
import { renderMarkdown } from '../../src/report/render/markdown/render.ts';
import { closedByApplication, ending, input, response } from '../analysis/scorecard/tables.ts';
import { collectedOf } from './collected.ts';

const internal = {
  code: 1011,
  cause: 'internal-generic-1011',
  hypothesis: 'internal_error',
  confidence: 'low',
} as const;

/** Of 400 sessions a tenth was sampled; unexpected ends are kept of all. */
function collected(outside: number): Collected {
  const made = input({ endings: [closedByApplication(30), ending({}, 10)], outside });
  const endings = [closedByApplication(30), ending({}, 10 + outside)];
  return collectedOf({ ...made, tables: { ...made.tables, endings } }, 40 + outside);
}

describe('what to do first', () => {
  const of = (closures: number) => {
    const made = input({
      toolResponses: [
        response({ size: 26 }, 30, closures),
        response({}, 90, 1),
        response({ encoding: 'base64' }, 20, 0),
        response({ idMatch: 'unknown' }, 20, 0),
      ],
      endings: [closedByApplication(120), ending(internal, closures + 1)],
    });
    return toReport(collectedOf(made, 121 + closures)).remedies.map(({ cause, hypothesis, verdict }) => [
      cause ?? hypothesis,
      verdict,
    ]);
  };

  it('is what a comparison shows', () => {
    expect(of(12)[0]).toEqual(['payload_size', 'supported']);
  });

  it('is what a comparison points to, before what diagnoses say, where nothing is shown', () => {
    expect(of(5)).toEqual([
      ['payload_size', 'not_enough_data'],
      ['internal-generic-1011', 'not_enough_data'],
    ]);
  });

  it('is what diagnoses say, where no comparison tells', () => {
    expect(of(1)).toEqual([['internal-generic-1011', 'not_enough_data']]);
  });
});

describe('the frame of a report', () => {
  it('is all sessions where all were recorded', () => {
    const { totals, coverage } = toReport(collected(0));
    expect(totals.frame).toEqual({ sessions: 40, unexpected: 10, outside: 0 });
    expect(totals.unexpectedShare?.value).toBe(0.25);
    expect(coverage.notes).toEqual([]);
  });

  it('is those that were recorded, where unexpected ends come from others as well', () => {
    const report = toReport(collected(90));
    const { totals, coverage, scorecard } = report;
    expect(totals.closures).toEqual({ expected: 30, unexpected: 100 });
    expect(totals.frame).toEqual({ sessions: 40, unexpected: 10, outside: 90 });
    expect(totals.unexpectedShare?.value).toBe(0.25);
    expect(coverage.notes[0]).toMatch(
      /^90 unexpected ends are of sessions of which nothing else was recorded/,
    );
    expect(scorecard.answer).not.toMatch(/130 sessions/);
    expect(renderMarkdown(report)).toContain(
      '100 of 130 closures unexpected, 10 of 40 in sessions that were recorded: 25 %',
    );
  });
});
