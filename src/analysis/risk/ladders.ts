/** The columns of the risk tables, and what they give up first where there are too many combinations. */
import type { CellColumn, Coarsening } from './cells.ts';

const name = (column: string): CellColumn => ({ name: column, type: 'name' });
const number = (column: string): CellColumn => ({ name: column, type: 'number' });

const common = [name('model'), name('service'), name('sdk'), number('hour')];

export const responseColumns: readonly CellColumn[] = [
  ...common,
  name('tool'),
  number('size'),
  number('latency'),
  name('encoding'),
  name('shape'),
  number('controlCharacters'),
  name('idMatch'),
  name('nameMatch'),
  number('pending'),
  number('input'),
];

export const callColumns: readonly CellColumn[] = [
  ...common,
  name('tool'),
  number('duration'),
  number('pending'),
  number('input'),
  number('nonBlocking'),
];

export const endingColumns: readonly CellColumn[] = [
  ...common,
  name('provider'),
  number('resumed'),
  number('hasTools'),
  number('openSessions'),
  number('connects'),
  number('expected'),
  number('code'),
  name('initiator'),
  name('phase'),
  name('cause'),
  name('hypothesis'),
  name('confidence'),
  name('preceding'),
];

/** Of a name: `_other`. */
const other = 1;

function change(
  columns: readonly CellColumn[],
  column: string,
  to: (value: number) => number,
  says: string,
): Coarsening {
  const index = columns.findIndex((candidate) => candidate.name === column);
  return {
    says,
    apply(key) {
      key[index] = to(key[index] as number);
    },
  };
}

const quarterOfDay = (hour: number): number => hour - (hour % 6);
const constant = (value: number) => (): number => value;
/** Of an octave or half octave: the lower one of two. */
const pairs = (octave: number): number => (octave < 0 ? octave : octave - (octave % 2));
/** Steps of four. */
const fours = (octave: number): number => (octave < 0 ? octave : octave - (octave % 4));

function named(
  what: string,
  columns: readonly CellColumn[],
  order: readonly string[],
): readonly Coarsening[] {
  return order.map((column) =>
    change(
      columns,
      column,
      (value) => (value === 0 ? 0 : other),
      `Of ${what} the ${column} is not told apart any more.`,
    ),
  );
}

export const responseLadder: readonly Coarsening[] = [
  change(
    responseColumns,
    'hour',
    quarterOfDay,
    'Of tool responses the hour is told to a quarter of the day.',
  ),
  change(responseColumns, 'latency', pairs, 'Of tool responses the latency is told to a factor of 4.'),
  change(responseColumns, 'hour', constant(0), 'Of tool responses the hour is not told apart any more.'),
  change(responseColumns, 'size', pairs, 'Of tool responses the size is told to a factor of 2.'),
  change(responseColumns, 'latency', fours, 'Of tool responses the latency is told to a factor of 16.'),
  ...named('tool responses', responseColumns, ['service', 'sdk', 'shape', 'nameMatch']),
  change(responseColumns, 'size', fours, 'Of tool responses the size is told to a factor of 4.'),
  ...named('tool responses', responseColumns, ['model', 'tool', 'idMatch', 'encoding']),
];

export const callLadder: readonly Coarsening[] = [
  change(callColumns, 'hour', quarterOfDay, 'Of tool calls the hour is told to a quarter of the day.'),
  change(callColumns, 'duration', pairs, 'Of tool calls the duration is told to a factor of 4.'),
  change(callColumns, 'hour', constant(0), 'Of tool calls the hour is not told apart any more.'),
  change(callColumns, 'duration', fours, 'Of tool calls the duration is told to a factor of 16.'),
  ...named('tool calls', callColumns, ['service', 'sdk', 'model', 'tool']),
];

export const endingLadder: readonly Coarsening[] = [
  change(endingColumns, 'hour', quarterOfDay, 'Of sessions the hour is told to a quarter of the day.'),
  change(endingColumns, 'hour', constant(0), 'Of sessions the hour is not told apart any more.'),
  change(
    endingColumns,
    'connects',
    pairs,
    'Of sessions the connects in the last minute are told to a factor of 4.',
  ),
  change(endingColumns, 'openSessions', pairs, 'Of sessions those open at once are told to a factor of 4.'),
  ...named('sessions', endingColumns, ['service', 'sdk', 'preceding', 'phase', 'model', 'provider']),
  change(endingColumns, 'code', constant(0), 'Of sessions the close code is not told apart any more.'),
  ...named('sessions', endingColumns, ['initiator', 'cause']),
];
