/** One session as a tree of bars over time. Pure. */

import type { SpanEventName } from '../../../conventions/spans.ts';
import type { StallKind } from '../../../conventions/vocabulary.ts';
import { bytes, counted, duration } from '../../../conventions/words.ts';
import type { LiveEvent } from '../../read/otlp.ts';
import type { LiveSession, Part } from '../../read/sessions/model.ts';
import { stallTitles } from '../words.ts';
import { pad, printable } from './cells.ts';
import { seconds } from './format.ts';
import type { Pen } from './style.ts';

type Tone = 'plain' | 'busy' | 'bad';

interface Row {
  readonly label: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly tone: Tone;
  /** A moment rather than a stretch of time. */
  readonly moment: boolean;
}

interface Node extends Row {
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
}

const durationCells = 11;

/** Lines of at most the pen's columns. */
export function renderWaterfall(session: LiveSession, mostRows: number, pen: Pen): readonly string[] {
  const labelCells = Math.min(56, Math.floor(pen.columns * 0.46));
  const barCells = pen.columns - labelCells - durationCells - 2;
  const from = session.startedAt;
  const span = Math.max(session.endedAt - from, 1e-3);
  const { hidden, rows } = treeRows(session, mostRows, pen);
  const draw = (row: Row): string => {
    const label = pad(row.label, labelCells, 'left', pen.glyphs.ellipsis);
    const time = pad(row.moment ? '' : duration(row.endedAt - row.startedAt), durationCells, 'right');
    const line = bar((row.startedAt - from) / span, (row.endedAt - from) / span, row.moment, barCells, pen);
    return `${label}${time}  ${tone(row.tone, pen)(line)}`.trimEnd();
  };
  return [
    `${' '.repeat(labelCells + durationCells + 2)}${pen.paint.dim(axis(span, barCells))}`,
    ...rows.map(draw),
    ...(hidden > 0 ? [pen.paint.dim(`(${counted(hidden, 'earlier span')} not shown)`)] : []),
  ];
}

function treeRows(
  session: LiveSession,
  mostRows: number,
  pen: Pen,
): { readonly rows: readonly Row[]; readonly hidden: number } {
  const nodes = sessionNodes(session);
  const known = new Set(nodes.map((node) => node.spanId));
  const children = new Map<string, Node[]>();
  for (const node of nodes) {
    const parent = node.parentSpanId !== undefined && known.has(node.parentSpanId) ? node.parentSpanId : '';
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const rows: Row[] = [];
  const seen = new Set<Node>();
  const visit = (parent: string, prefix: string) => {
    const list = (children.get(parent) ?? []).toSorted(
      (a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt,
    );
    for (const [index, node] of list.entries()) {
      // Broken parent ids may form a circle.
      if (seen.has(node)) continue;
      seen.add(node);
      const last = index === list.length - 1;
      rows.push({ ...node, label: prefix + (last ? pen.glyphs.last : pen.glyphs.branch) + node.label });
      if (node.spanId !== '') visit(node.spanId, prefix + (last ? '  ' : pen.glyphs.pipe));
    }
  };
  visit('', '');
  const root: Row = {
    label: `session ${printable(session.sessionId ?? session.spanId)}${session.recorded ? '' : ' (no span)'}`,
    startedAt: session.startedAt,
    endedAt: session.endedAt,
    tone: 'plain',
    moment: false,
  };
  const hidden = Math.max(0, rows.length - mostRows);
  return { rows: [root, ...rows.slice(hidden)], hidden };
}

function sessionNodes(session: LiveSession): readonly Node[] {
  const label = (...pieces: readonly (string | undefined)[]) =>
    printable(pieces.filter((piece) => piece !== undefined && piece !== '').join(', '));
  const node = (part: Part, text: string, bad: boolean, tone: Tone = 'plain'): Node => ({
    label: text,
    startedAt: part.startedAt,
    endedAt: part.endedAt,
    tone: bad ? 'bad' : tone,
    moment: false,
    spanId: part.spanId,
    parentSpanId: part.parentSpanId,
  });
  const { connect, closure } = session;
  return [
    ...(connect ? [node(connect, label('connect', connect.attributes['error.type']), failed(connect))] : []),
    ...session.turns.map((part) =>
      node(part, label(...turnPieces(part)), ended(part, 'gemini.live.turn.outcome')),
    ),
    ...session.toolCalls.map((part) =>
      node(part, label(...toolCallPieces(part)), ended(part, 'gemini.live.tool_call.outcome'), 'busy'),
    ),
    ...session.toolResponses.map((part) =>
      node(
        part,
        label(...toolResponsePieces(part)),
        ended(part, 'gemini.live.tool_response.outcome'),
        'busy',
      ),
    ),
    ...session.events.flatMap((event) => momentOf(event)),
    ...(closure
      ? [
          {
            ...node(
              closure,
              label(...closurePieces(closure)),
              closure.attributes['gemini.live.closure.expected'] !== true,
            ),
            startedAt: closure.endedAt,
            moment: true,
            // Not among the session's spans where it stands for it alone.
            parentSpanId: undefined,
          },
        ]
      : []),
  ];
}

/** What happened to the session as a whole, where it bears on its end. */
function momentOf({ name, at, attributes }: LiveEvent): readonly Node[] {
  const texts: Readonly<Record<string, string>> = {
    go_away: `goAway, ${seconds(attributes['gemini.live.go_away.time_left'] ?? 0)} left`,
    server_error: `error ${attributes['gemini.live.server_error.status'] ?? attributes['gemini.live.server_error.code'] ?? ''}`,
    cancellation_unmatched: 'cancellation of no pending call',
    stall: `stall: ${stallTitle(attributes['gemini.live.stall.kind'])}`,
    stall_ended: `went on after ${seconds(attributes['gemini.live.stall.duration'] ?? 0)}`,
  } satisfies Partial<Record<SpanEventName<'live_session'>, string>>;
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined) return [];
  return [{ label: printable(text), startedAt: at, endedAt: at, tone: 'busy', moment: true, spanId: '' }];
}

function stallTitle(kind: string | undefined): string {
  return stallTitles[kind as StallKind] ?? 'silence';
}

/** As the attribute says, except that something still under way at the end was cut off by it. */
function outcome(value: string | undefined): string | undefined {
  return value === 'closure' ? 'cut off' : value;
}

function turnPieces({ attributes }: Part) {
  const first =
    attributes['gemini.live.turn.first_audio.duration'] ??
    attributes['gemini.live.turn.first_output.duration'];
  return [
    `turn ${attributes['gemini.live.turn.index'] ?? ''}`.trim(),
    outcome(attributes['gemini.live.turn.outcome']),
    first === undefined ? undefined : `first output after ${seconds(first)}`,
  ];
}

function toolCallPieces({ attributes }: Part) {
  const input = attributes['gemini.live.tool_call.input_frames_while_pending'] ?? 0;
  return [
    attributes['gen_ai.tool.name'] ?? 'tool call',
    outcome(attributes['gemini.live.tool_call.outcome']),
    input > 0 ? `${counted(input, 'input frame')}` : undefined,
  ];
}

function toolResponsePieces({ attributes }: Part) {
  const size = attributes['gemini.live.tool_response.wire_size'];
  const match = attributes['gemini.live.tool_response.id_match'];
  return [
    `response ${size === undefined ? '' : bytes(size)} ${attributes['gemini.live.tool_response.encoding'] ?? ''}`.trim(),
    match === undefined ? undefined : `id ${match}`,
  ];
}

function closurePieces({ attributes }: Part) {
  const code = attributes['gemini.live.closure.code'];
  return [
    `closure ${code ?? attributes['gemini.live.closure.process_ending'] ?? ''} by ${attributes['gemini.live.closure.initiator'] ?? 'unknown'}`,
    attributes['gemini.live.closure.reason'],
  ];
}

function failed(part: Part): boolean {
  return part.attributes['error.type'] !== undefined;
}

function ended(
  part: Part,
  name: 'gemini.live.turn.outcome' | 'gemini.live.tool_call.outcome' | 'gemini.live.tool_response.outcome',
): boolean {
  return part.attributes[name] === 'closure' || failed(part);
}

function tone(of: Tone, { paint }: Pen): (text: string) => string {
  return of === 'bad' ? paint.red : of === 'busy' ? paint.yellow : paint.cyan;
}

/** From and to as shares of the whole, in steps of half a cell. */
function bar(from: number, to: number, moment: boolean, cells: number, { glyphs }: Pen): string {
  const start = Math.round(clamp(from) * cells * 2);
  const end = Math.round(clamp(to) * cells * 2);
  const at = Math.min(Math.floor(start / 2), cells - 1);
  if (moment) return ' '.repeat(at) + glyphs.mark;
  if (end - start < 1) return ' '.repeat(at) + glyphs.moment;
  const head = start % 2 === 1 ? glyphs.startsInMiddle : '';
  const tail = end % 2 === 1 ? glyphs.endsInMiddle : '';
  const full = Math.floor(end / 2) - Math.ceil(start / 2);
  return ' '.repeat(Math.floor(start / 2)) + head + glyphs.bar.repeat(Math.max(0, full)) + tail;
}

function axis(span: number, cells: number): string {
  const half = Math.floor(cells / 2);
  const [middle, end] = [duration(span / 2), duration(span)];
  const ends = pad('0 s', half) + pad(end, cells - half, 'right');
  // Long sessions have long labels.
  if (cells < 36 || half + middle.length + 1 + end.length > cells) return ends;
  return ends.slice(0, half) + middle + ends.slice(half + middle.length);
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
}
