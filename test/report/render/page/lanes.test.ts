import { describe, expect, it } from 'vitest';
import { buildSessions } from '../../../../src/report/read/sessions/model.ts';
import { lanesOf } from '../../../../src/report/render/page/session/lanes.ts';
import { lanesDrawing } from '../../../../src/report/render/page/session/lanes-drawing.ts';
import { decoded, origin, type SpanInput, spanLine } from '../../otlp-lines.ts';
import { allSpans, session, turn1 } from '../../sample.ts';

function sessionOf(spans: readonly SpanInput[]) {
  const [found] = buildSessions(decoded(spanLine(spans)));
  if (found === undefined) throw new Error('No session.');
  return found;
}

const spoken = sessionOf(
  allSpans.map((span): SpanInput => {
    if (span === session) {
      return {
        ...span,
        events: [
          { name: 'user_speech', at: 1_950, attributes: { 'gemini.live.speech.duration': 1.5 } },
          { name: 'resumption_update', at: 4_100, attributes: { 'gemini.live.resumption.resumable': true } },
          {
            name: 'stall',
            at: 8_000,
            attributes: { 'gemini.live.stall.kind': 'turn_unanswered', 'gemini.live.stall.duration': 1 },
          },
          ...(span.events ?? []),
        ],
      };
    }
    if (span === turn1) {
      return {
        ...span,
        events: [
          { name: 'transcription', at: 2_400, attributes: {} },
          { name: 'user_speech', at: 3_950, attributes: { 'gemini.live.speech.duration': 0.4 } },
          { name: 'interruption', at: 3_900, attributes: { 'gemini.live.interruption.spurious': false } },
        ],
        attributes: {
          ...span.attributes,
          'gemini.live.turn.first_output.duration': 0.3,
          'gemini.live.turn.generation.duration': 1,
          'gemini.live.turn.outcome': 'interrupted',
        },
      };
    }
    return span;
  }),
);

describe('lanesOf', () => {
  const lanes = lanesOf(spoken);
  const of = (title: string) =>
    lanes
      .find((lane) => lane.title === title)
      ?.marks.map(({ shape, from, to, bad, text }) =>
        [`${shape}${bad ? '!' : ''}`, from - origin, to - origin, text].join(' '),
      );

  it('sorts what happened', () => {
    expect(of('User speech')).toEqual([
      'bar 450 1950 the user spoke for 1.50 s',
      'bar 3550 3950 the user spoke for 400 ms',
    ]);
    expect(of('Model')).toEqual([
      'wait 2000 4000 turn 1, 2.00 s',
      'bar 2300 3300 turn 1: the model generates for 1.00 s',
      'dot 2320 2320 turn 1: first audio after 320 ms',
      'cut! 3900 3900 interrupted',
      'wait! 6000 10000 turn 2, 4.00 s',
    ]);
    expect(of('Tool calls')).toEqual(['bar 7000 9820 search_menu, 2.82 s']);
    expect(of('Tool responses')).toEqual([
      'wait! 9820 10000 response of 1.2 KB: nothing from the service for 180 ms',
      'cut! 9820 9820 response of 1.2 KB',
    ]);
    expect(of('Connection')).toEqual([
      'wait 0 120 connecting',
      'dot 4100 4100 a handle to resume with',
      'bar! 7000 10000 stall of 3.00 s: no output after the user’s turn',
      'cut 9000 9000 goAway: the service announces the end',
      'cut! 10000 10000 closure 1011',
    ]);
    expect(of('Last frames sent')).toEqual([
      'bar 9820 9820 1 frame: tool response',
      'bar 9860 9900 2 frames: audio',
    ]);
  });

  it('shows the empty lanes as well, so that what is missing is seen', () => {
    expect(lanesOf(sessionOf([session])).map(({ title, marks }) => [title, marks.length])).toEqual([
      ['User speech', 0],
      ['Model', 0],
      ['Tool calls', 0],
      ['Tool responses', 0],
      ['Connection', 1],
    ]);
  });
});

describe('lanesDrawing', () => {
  it('puts each mark where the JSON has its time', () => {
    const drawn = String(lanesDrawing(spoken));
    const json = JSON.parse(JSON.stringify(spoken));
    const share = (at: number) =>
      `${Number((((at - json.startedAt) / (json.endedAt - json.startedAt)) * 100).toFixed(3))}%`;
    expect(drawn).toContain(`cx="${share(json.turns[0].startedAt + 320)}"`);
    expect(drawn).toContain(`<rect class="bar" x="${share(json.toolCalls[0].startedAt)}" width="28.2%"`);
    expect(drawn).toContain(`<line class="cut bad" x1="${share(json.closure.endedAt)}"`);
  });

  it('puts parallel calls below each other', () => {
    const [call] = spoken.toolCalls;
    if (call === undefined) throw new Error('No call.');
    const calls = [
      call,
      { ...call, startedAt: call.startedAt + 100 },
      { ...call, startedAt: call.endedAt, endedAt: call.endedAt + 100 },
    ];
    const drawn = String(lanesDrawing({ ...spoken, toolCalls: calls }));
    const rows = [
      ...drawn.matchAll(
        /class="bar" x="[^"]*" width="[^"]*" y="([\d.]+)" height="([\d.]+)"><title>search_menu/g,
      ),
    ];
    expect(rows.map(([, y]) => Number(y))).toEqual([51, 60, 51]);
  });
});
