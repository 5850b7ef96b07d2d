import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../../src/report/render/page/render.ts';
import { fromColumns } from '../../../../src/report/render/page/script.ts';
import { arbitraryReport } from '../../arbitrary-report.ts';
import { sampleReport } from '../../report-sample.ts';
import { states } from '../states.ts';
import { emptyReport, hostileReport, teamReport } from './reports.ts';

/** What opening the packed sessions brings to light. */
function unpacked(page: string): readonly string[] {
  const [, base64 = ''] =
    /<script type="text\/plain" id="packed-sessions">([A-Za-z0-9+/=]*)<\/script>/.exec(page) ?? [];
  return base64 === ''
    ? []
    : fromColumns(JSON.parse(inflateRawSync(Buffer.from(base64, 'base64')).toString()));
}

/** Names of the elements, in order. */
function elements(markup: string): readonly string[] {
  return [...markup.matchAll(/<([a-zA-Z!][^\s/>]*)/g)].map(([, name = '']) => name.toLowerCase());
}

describe('renderPage', () => {
  it('opens with the answer', () => {
    const page = renderPage(sampleReport);
    expect(page.indexOf('It is the size of tool responses')).toBeLessThan(page.indexOf('<main>'));
  });

  it('forbids itself everything but its own styles and script', () => {
    const [, policy] =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(renderPage(sampleReport)) ?? [];
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'$/,
    );
  });

  it('holds nothing that the policy would refuse or that would be loaded', () => {
    const page = renderPage(teamReport);
    for (const markup of [page.replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, ''), ...unpacked(page)]) {
      expect(markup).not.toMatch(/ style=| on\w+=| src=|<link|@import|url\((?!#)/);
    }
  });

  it('says in sentences what is not there', () => {
    const page = renderPage(emptyReport);
    expect([...page.matchAll(/<p class="empty">([^<]*)<\/p>/g)].map(([, sentence]) => sentence)).toEqual([
      'The report holds no sessions to open.',
      'No session in the input has ended.',
      'No tool was called in these sessions.',
      'No turn with audio was recorded.',
    ]);
  });

  it('stays below 400 KB with 200 sessions', () => {
    expect(renderPage(teamReport).length).toBeLessThan(400 * 1024);
  });

  it('carries no paths into the JSON, unless a test asks for them', () => {
    const page = renderPage(teamReport);
    expect([page, ...unpacked(page)].join('')).not.toMatch(/data-(path|format|of|at|origin)=/);
    expect(renderPage(teamReport, { paths: true })).toContain('data-path="$.totals.sessions"');
  });

  it('explains nothing, and advises nothing, where no end was unexpected', () => {
    for (const state of [states.healthy, states.stalled, states.open]) {
      const page = renderPage(state);
      expect(page).not.toContain('id="scorecard"');
      expect(page).not.toContain('id="remedies"');
      expect(page).not.toContain('Not enough data');
    }
  });

  it('tells a few ends one by one, and silences beside them', () => {
    const page = renderPage(states.one);
    expect(page.indexOf('Resume the session.')).toBeLessThan(page.indexOf('<main>'));
    expect(renderPage(states.stalled)).toContain('Open and silent, or refused');
  });

  it('holds the details of every session, written out or packed', () => {
    const page = renderPage(teamReport);
    const details = [...page.matchAll(/<div class="detail">/g)].length + unpacked(page).length;
    expect(details).toBe(teamReport.sessions.length);
  });

  it('is the same for the same report', () => {
    expect(renderPage(sampleReport)).toBe(renderPage(sampleReport));
  });

  it('refuses an address of Jaeger that is none of a web server', () => {
    expect(() => renderPage(sampleReport, { jaegerUrl: 'javascript:alert(1)' })).toThrow(
      'The address of Jaeger is javascript:alert(1); it has to begin with http:// or https://.',
    );
  });
});

describe('what was recorded', () => {
  it('makes no elements', () => {
    const page = renderPage(hostileReport(), { jaegerUrl: 'http://127.0.0.1:16686' });
    for (const markup of [page, ...unpacked(page)]) {
      expect(elements(markup)).not.toContain('img');
      expect(markup).not.toContain('hacked=1"');
      expect(markup).not.toContain('\u202e');
    }
    expect(elements(page).filter((name) => name === 'script')).toHaveLength(2);
  });

  it('never makes elements, whatever it is', () => {
    const allowed = new Set(
      elements(renderPage(teamReport)).concat(elements(unpacked(renderPage(teamReport)).join(''))),
    );
    for (const more of ['circle', 'polyline', 'clippath', 'defs', 'rect']) allowed.add(more);
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const page = renderPage(report);
        const body = page.slice(page.indexOf('<body>')).replace(/<script>[\s\S]*<\/script>\s*<\/body>/, '');
        for (const markup of [body, ...unpacked(page)]) {
          expect(elements(markup).filter((name) => !allowed.has(name))).toEqual([]);
        }
        expect(elements(body).filter((name) => name === 'script').length).toBeLessThanOrEqual(1);
      }),
      // Each draws a dozen charts.
      { numRuns: 15 },
    );
  }, 120_000);
});
