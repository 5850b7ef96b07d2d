/** The table of closures and what preceded each. Pure. */
import { clip, pad, printable, wrap } from './cells.ts';
import type { ClosedSession, ClosureGroup } from './closures.ts';
import { bytes, range, seconds } from './format.ts';
import type { Glyphs, Pen } from './style.ts';

type Attributes = ClosedSession['closure']['attributes'];

interface Column {
  readonly title: string;
  /** `undefined`: a share of what the others leave. */
  readonly cells?: number;
  readonly align?: 'right';
  readonly value: (group: ClosureGroup, glyphs: Glyphs) => string;
}

const count: Column = {
  title: 'count',
  cells: 5,
  align: 'right',
  value: (group) => `${group.sessions.length}`,
};

const columns: readonly Column[] = [
  { title: 'code', cells: 4, align: 'right', value: (group, { dash }) => `${group.code ?? dash}` },
  { title: 'by', cells: 7, value: (group) => group.initiator },
  {
    title: 'preceded by',
    value: (group, { dash }) =>
      `${group.preceding} ${range(numbers(group, 'live.closure.preceding_event_ago'), seconds, dash)}`,
  },
  { title: 'last tool response', value: lastToolResponse },
  {
    title: 'pending',
    cells: 7,
    align: 'right',
    value: (group, { dash }) => range(numbers(group, 'live.closure.tool_calls_pending'), String, dash),
  },
  {
    title: 'input',
    cells: 5,
    align: 'right',
    value: (group, { dash }) =>
      range(numbers(group, 'live.closure.input_frames_while_pending'), String, dash),
  },
  {
    title: 'age',
    cells: 12,
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
  const lines = [tableLine(shown, (column) => column.title, pen, pen.paint.dim)];
  for (const group of groups) {
    const paint = group.expected ? pen.paint.reset : pen.paint.red;
    lines.push(tableLine(shown, (column) => column.value(group, pen.glyphs), pen, paint));
    for (const text of remarks(group)) {
      for (const line of wrap(text, pen.columns - indent)) lines.push(' '.repeat(indent) + line);
    }
  }
  return lines;
}

const indent = 6;
const gap = '  ';
const widestShare = 28;

function tableLine(
  shown: readonly Column[],
  cell: (column: Column) => string,
  { columns: room, glyphs }: Pen,
  paint: (text: string) => string,
): string {
  const fixed = shown.reduce((sum, { cells = 0 }) => sum + cells, gap.length * (shown.length - 1));
  const shares = shown.filter(({ cells }) => cells === undefined).length;
  const share = Math.min(widestShare, Math.max(1, Math.floor((room - fixed) / shares)));
  const line = shown
    .map((column) => pad(printable(cell(column)), column.cells ?? share, column.align, glyphs.ellipsis))
    .join(gap);
  return paint(clip(line.trimEnd(), room, glyphs.ellipsis));
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
  const tools = names(group, 'live.closure.tool_response_tools');
  const pending = names(group, 'live.closure.tools_pending');
  if (tools !== '') texts.push(`answered: ${tools}`);
  if (pending !== '') texts.push(`pending: ${pending}`);
  if (explanation !== undefined) {
    texts.push(`${attributes['live.closure.cause'] ?? 'cause'} (${confidence(attributes)}): ${explanation}`);
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

function lastToolResponse(group: ClosureGroup, { dash }: Glyphs): string {
  const sizes = range(numbers(group, 'live.closure.tool_response_bytes'), bytes, dash);
  if (sizes === '') return dash;
  const matches = distinct(group, 'live.closure.tool_response_id_match');
  return `${sizes} ${matches} ${distinct(group, 'live.closure.tool_response_encoding')}`;
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
