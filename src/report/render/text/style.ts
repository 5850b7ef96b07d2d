import picocolors from 'picocolors';
import { toAscii } from './cells.ts';

/** How a report is drawn. */
export interface Style {
  /** Width in cells. At least 60. */
  readonly columns: number;
  /** Only ASCII comes out: other characters of the input are replaced by `?`. */
  readonly ascii: boolean;
  readonly color: boolean;
}

/** Longer lines are hard to read. */
const widest = 160;

export const defaultStyle: Style = { columns: 100, ascii: false, color: false };

const unicode = {
  ellipsis: '…',
  dash: '–',
  dot: '·',
  branch: '├ ',
  last: '└ ',
  pipe: '│ ',
  bar: '█',
  startsInMiddle: '▐',
  endsInMiddle: '▌',
  moment: '▏',
  mark: '╳',
  sent: '→',
  received: '←',
  rule: '─',
  times: '×',
  supported: '●',
  refuted: '○',
  undecided: '?',
};
export type Glyphs = Readonly<Record<keyof typeof unicode, string>>;

const ascii: Glyphs = {
  ellipsis: '~',
  dash: '-',
  dot: '-',
  branch: '|-',
  last: '`-',
  pipe: '| ',
  bar: '=',
  startsInMiddle: '=',
  endsInMiddle: '=',
  moment: '|',
  mark: 'X',
  sent: '>',
  received: '<',
  rule: '-',
  times: 'x',
  supported: '*',
  refuted: 'o',
  undecided: '?',
};

export interface Pen {
  readonly columns: number;
  readonly glyphs: Glyphs;
  /** Colours when the style has them; applied to finished text, so that they never count as width. */
  readonly paint: ReturnType<typeof picocolors.createColors>;
  /** Removes what the style cannot show. Goes over the finished line. */
  readonly finish: (line: string) => string;
}

export function createPen(style: Style): Pen {
  return {
    columns: Math.max(60, Math.floor(style.columns)),
    glyphs: style.ascii ? ascii : unicode,
    paint: picocolors.createColors(style.color),
    finish: style.ascii ? toAscii : (line) => line,
  };
}

/** The style a stream and an environment call for: `NO_COLOR`, `FORCE_COLOR`, and a locale that is not UTF-8. */
export function detectStyle(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const forced = env.FORCE_COLOR;
  const color = env.NO_COLOR
    ? false
    : forced !== undefined
      ? forced !== '0'
      : stream.isTTY === true && env.TERM !== 'dumb';
  return {
    // A terminal that says 0 does not know its width.
    columns: Math.min(widest, stream.columns || defaultStyle.columns),
    ascii: locale !== '' && !/utf-?8/i.test(locale),
    color,
  };
}
