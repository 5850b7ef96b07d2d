import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { toReport } from '../../../../src/report/assemble.ts';
import { collect } from '../../../../src/report/read/collect.ts';
import { renderMarkdown } from '../../../../src/report/render/markdown/render.ts';
import { renderPage } from '../../../../src/report/render/page/render.ts';
import { renderText } from '../../../../src/report/render/text/render.ts';
import { defaultStyle } from '../../../../src/report/render/text/style.ts';

interface Session {
  readonly arm: 'control' | 'treated';
  readonly outcome?: 'completed' | 'silent' | 'stopped';
  readonly expected?: boolean;
  readonly phase?: string;
  readonly from?: 'connect' | 'conversation';
}

function line(
  session: number,
  { arm, outcome, expected = false, phase = 'active', from = 'conversation' }: Session,
): string {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const hex = (length: number) => session.toString(16).padStart(length, '0');
  const span = {
    traceId: hex(32),
    spanId: hex(16),
    name: 'live_session gemini-live',
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000009000000000',
    attributes: [
      text('gen_ai.request.model', 'gemini-live'),
      text('gemini.live.experiment.id', 'sizes'),
      text('gemini.live.experiment.factor', 'payload_size'),
      text('gemini.live.experiment.arm', arm),
      text('gemini.live.experiment.condition', arm === 'treated' ? '64 KB responses' : '2 KB responses'),
      text('gemini.live.experiment.differs_from', from),
      { key: 'gemini.live.experiment.session', value: { intValue: String(session) } },
      ...(outcome === undefined ? [] : [text('gemini.live.experiment.outcome', outcome)]),
      { key: 'gemini.live.closure.expected', value: { boolValue: expected } },
      text('gemini.live.closure.phase', phase),
    ],
  };
  return `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })}\n`;
}

async function reportOf(sessions: readonly Session[]) {
  const lines = sessions.map((session, index) => line(index + 1, session));
  // The order of the lines does not matter.
  return toReport(await collect(['-'], { stdin: Readable.from([Buffer.from(lines.toReversed().join(''))]) }));
}

const failed: Session = { arm: 'treated' };
const completed: Session = { arm: 'control', outcome: 'completed', expected: true };

describe('an experiment in the input', () => {
  it('is judged as one, without regard to anything but the arms', async () => {
    const report = await reportOf(Array(10).fill([failed, completed]).flat());
    const statement =
      'On model gemini-live, through the machine it ran on, with 64 KB responses 6 of 6 sessions end, with 2 KB responses 0 of 6: difference 100 points (95 % 21 to 100). It is the size.';
    expect(report.experiments).toMatchObject([
      {
        id: 'sizes',
        factor: 'payload_size',
        model: 'gemini-live',
        judgement: { verdict: 'worse' },
        statement,
      },
    ]);
    expect(renderText(report, { style: defaultStyle }).replaceAll('\n', ' ')).toContain(statement);
    expect(renderMarkdown(report)).toContain('### Settled by experiment');
    expect(renderPage(report)).toContain('Settled by experiment');
  });

  it.each([
    ['silent', { arm: 'treated', outcome: 'silent', expected: true }, { sessions: 2, failed: 1 }],
    ['stopped', { arm: 'treated', outcome: 'stopped', expected: true }, { sessions: 1, failed: 0 }],
    ['refused before the arms differ', { arm: 'treated', phase: 'setup' }, { sessions: 1, failed: 0 }],
    [
      'refused where they differ from the start',
      { arm: 'treated', phase: 'setup', from: 'connect' },
      { sessions: 2, failed: 1 },
    ],
    ['ended as its process did', { arm: 'treated', expected: true }, { sessions: 1, failed: 0 }],
  ] as const)('counts a session that was %s', async (_, session, treated) => {
    const report = await reportOf([session, { ...completed, arm: 'treated' }, completed]);
    expect(report.experiments?.[0]?.judgement.treated).toEqual(treated);
  });

  it('is not there where there is none', async () => {
    const { experiments } = toReport(
      await collect(['-'], { stdin: Readable.from([Buffer.from('{"resourceSpans":[]}\n')]) }),
    );
    expect(experiments).toBeUndefined();
  });
});
