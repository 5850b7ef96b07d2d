/** The table of closures and what preceded each. Pure. */

import type { ClosedSession, ClosureGroup } from '../sessions/closures.ts';
import { clip, pad, printable, width, wrap } from './cells.ts';
import { bytes, range, seconds } from './format.ts';
import type { Glyphs, Pen } from './style.ts';

type Attributes = ClosedSession['closure']['attributes'];

interface Column {
  readonly title: string;
  readonly align?: 'right';
  readonly value: (group: ClosureGroup, glyphs: Glyphs) => string;
}

const count: Column = {
  title: 'count',
  align: 'right',
  value: (group) => `${group.sessions.length}`,
};

const columns: readonly Column[] = [
  { title: 'code', align: 'right', value: (group, { dash }) => `${group.code ?? dash}` },
  { title: 'by', value: (group) => group.initiator },
  {
    title: 'preceded by',
    value: (group, { dash }) =>
      `${group.preceding} ${range(numbers(group, 'live.closure.preceding_event_ago'), seconds, dash)}`,
  },
  {
    title: 'last tool response',
    value: (group, { dash }) =>
      range(numbers(group, 'live.closure.tool_response_bytes'), bytes, dash) || dash,
  },
  {
    title: 'pending',
    align: 'right',
    value: (group, { dash }) => range(numbers(group, 'live.closure.tool_calls_pending'), String, dash),
  },
  {
    title: 'input',
    align: 'right',
    value: (group, { dash }) =>
      range(numbers(group, 'live.closure.input_frames_while_pending'), String, dash),
  },
  {
    title: 'age',
    value: (group, { dash }) => range(numbers(group, 'live.closure.connection_age'), seconds, dash),
  },
];

/** Lines of at most the pen's columns. `grouped` adds how many closures each row stands for. */
export function renderClosures(
  groups: readonly ClosureGroup[],
  grouped: boolean,
  pen: Pen,
): readonly string[] {
  const shown = grouped ? [count, ...columns] : columns;
  const titles = shown.map(({ title }) => title);
  const rows = groups.map((group) => shown.map((column) => printable(column.value(group, pen.glyphs))));
  const widths = columnWidths([titles, ...rows], pen);
  const draw = (cells: readonly string[]) => tableLine(shown, cells, widths, pen);
  const lines = [pen.paint.dim(draw(titles))];
  for (const [index, group] of groups.entries()) {
    const paint = group.expected ? pen.paint.reset : pen.paint.red;
    lines.push(paint(draw(rows[index] ?? [])));
    for (const text of remarks(group)) {
      for (const line of wrap(text, pen.columns - indent)) lines.push(' '.repeat(indent) + line);
    }
  }
  const meaning = legend.join(` ${pen.glyphs.dot} `);
  return [...lines, '', ...wrap(meaning, pen.columns).map(pen.paint.dim)];
}

const indent = 6;
const gap = '  ';
const widest = 40;
const legend: readonly string[] = [
  'pending: unanswered tool calls',
  'input: frames sent while one was pending',
  'age: of the connection',
];

/** As wide as their cells; where that is too much, the widest give way. */
function columnWidths(rows: readonly (readonly string[])[], { columns: room }: Pen): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.min(widest, Math.max(widths[index] ?? 0, width(cell)));
    }
  }
  const sum = widths.reduce((total, cells) => total + cells, gap.length * (widths.length - 1));
  for (let excess = sum - room; excess > 0; excess -= 1) {
    const most = widths.indexOf(Math.max(...widths));
    widths[most] = (widths[most] ?? 1) - 1;
  }
  return widths;
}

function tableLine(
  shown: readonly Column[],
  cells: readonly string[],
  widths: readonly number[],
  { columns: room, glyphs }: Pen,
): string {
  const line = shown.map(({ align }, index) =>
    pad(cells[index] ?? '', widths[index] ?? 0, align, glyphs.ellipsis),
  );
  return clip(line.join(gap).trimEnd(), room, glyphs.ellipsis);
}

function remarks(group: ClosureGroup): readonly string[] {
  const [first] = group.sessions;
  const { attributes } = first.closure;
  const explanation = attributes['live.closure.explanation'];
  const texts: string[] = [];
  if (group.reason !== '' && !(explanation?.includes(group.reason) && !group.expected)) {
    texts.push(
      `"${group.reason}"${attributes['live.closure.reason_truncated'] ? ' (cut at 123 bytes)' : ''}`,
    );
  }
  if (group.expected) return texts;
  const pending = names(group, 'live.closure.tools_pending');
  texts.push(...answered(group));
  if (pending !== '') texts.push(`pending: ${pending}`);
  if (explanation !== undefined) {
    texts.push(
      `cause ${attributes['live.closure.cause'] ?? 'unknown'} (${confidence(attributes)}): ${explanation}`,
    );
  }
  const remedy = attributes['live.closure.remedy'];
  if (remedy !== undefined) texts.push(`remedy: ${remedy}`);
  const more = group.sessions.length - 1;
  texts.push(`trace ${first.traceId || 'unknown'}${more > 0 ? ` and ${more} more` : ''}`);
  return texts;
}

function confidence(attributes: Attributes): string {
  const level = attributes['live.closure.confidence'] ?? 'none';
  return level === 'none' ? 'not established' : `${level} confidence`;
}

/** What of the last tool response does not fit the table. */
function answered(group: ClosureGroup): readonly string[] {
  const ids = distinct(group, 'live.closure.tool_response_id_match');
  if (ids === '') return [];
  const tools = names(group, 'live.closure.tool_response_tools') || 'no call';
  const encodings = distinct(group, 'live.closure.tool_response_encoding');
  return [`answered: ${tools}; call id ${ids}; encoding ${encodings || 'unknown'}`];
}

/** Names of the attributes of one type. */
type NameOf<Value> = {
  [Name in keyof Attributes]-?: Exclude<Attributes[Name], undefined> extends Value ? Name : never;
}[keyof Attributes];

function numbers(group: ClosureGroup, name: NameOf<number>): readonly number[] {
  return group.sessions.flatMap(({ closure }) => closure.attributes[name] ?? []);
}

function distinct(group: ClosureGroup, name: NameOf<string>): string {
  return sorted(group.sessions.flatMap(({ closure }) => closure.attributes[name] ?? [])).join('/');
}

function names(group: ClosureGroup, name: NameOf<string[]>): string {
  return sorted(group.sessions.flatMap(({ closure }) => closure.attributes[name] ?? [])).join(', ');
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
