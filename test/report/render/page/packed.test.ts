import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { root } from '../../../../src/report/render/page/located.ts';
import { renderPage } from '../../../../src/report/render/page/render.ts';
import { fromColumns } from '../../../../src/report/render/page/script.ts';
import { sessionDetail } from '../../../../src/report/render/page/session/detail.ts';
import { fitting, toColumns } from '../../../../src/report/render/page/session/packed.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { teamReport } from './reports.ts';

describe('columns', () => {
  it('give back every detail as it was', () => {
    fc.assert(
      fc.property(arbitraryReport, ({ sessions }) => {
        const details = sessions.map((session) => String(sessionDetail(root(session))));
        expect(fromColumns(toColumns(details))).toEqual(details);
      }),
      { numRuns: 30 },
    );
  });
});

describe('fitting', () => {
  it('keeps the first details, as many as there is room for', () => {
    const details = Array.from({ length: 50 }, () => `<p>${randomBytes(600).toString('hex')}</p>`);
    const base64 = fitting(details, 20_000);
    expect(base64.length).toBeLessThanOrEqual(20_000);
    const kept = fromColumns(JSON.parse(inflateRawSync(Buffer.from(base64, 'base64')).toString()));
    expect(kept.length).toBeGreaterThan(15);
    expect(kept).toEqual(details.slice(0, kept.length));
  });

  it('lists sessions beyond them all the same', () => {
    const first = teamReport.sessions.find(({ closure }) => closure !== undefined);
    if (first?.closure === undefined) throw new Error('No session that ended.');
    const { closure } = first;
    const sessions = Array.from({ length: 200 }, (_, index) => ({
      ...first,
      sessionId: `s${index}`,
      // What no compression can shorten.
      closure: {
        ...closure,
        attributes: {
          ...closure.attributes,
          'gemini.live.closure.explanation': randomBytes(1_500).toString('base64'),
        },
      },
    }));
    const page = renderPage({ ...teamReport, sessions });
    expect(page.length).toBeLessThan(400 * 1024);
    expect(page.match(/<tbody id="session-/g)).toHaveLength(200);
  });
});
