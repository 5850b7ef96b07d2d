/** Coloured terminal lines as an SVG of a terminal window. Pure. */
import Anser from 'anser';

const cell = { width: 8.4, height: 19 };
const font = { size: 14, baseline: 14 };
const padding = 20;
const titleBar = 38;
const ground = '#0d1117';
const frame = '#3d444d';
const plain = '#d1d7e0';
const dim = '#8b949e';
const colors: Readonly<Record<string, string>> = {
  'ansi-red': '#ff7b72',
  'ansi-yellow': '#e3b341',
  'ansi-cyan': '#39c5cf',
};

/**
 * Characters that are drawn, since fonts differ in how they join: rectangles in shares of a cell
 * (left, top, width, height).
 */
const drawn: Readonly<Record<string, readonly (readonly [number, number, number, number])[]>> = {
  '█': [[0, 0.15, 1, 0.7]],
  '▐': [[0.5, 0.15, 0.5, 0.7]],
  '▌': [[0, 0.15, 0.5, 0.7]],
  '▏': [[0, 0.15, 0.25, 0.7]],
  '─': [[0, 0.47, 1, 0.06]],
  '│': [[0.45, 0, 0.12, 1]],
  '├': [
    [0.45, 0, 0.12, 1],
    [0.45, 0.5, 0.55, 0.06],
  ],
  '└': [
    [0.45, 0, 0.12, 0.56],
    [0.45, 0.5, 0.55, 0.06],
  ],
};

/** Words keep their place whatever the width of the viewer's font. */
const runs = / +|█+|─+|[▐▌▏│├└]|[^ █─▐▌▏│├└]+/gu;

/** @param lines One cell a character, at most `columns` of them. */
export function toSvg(lines: readonly string[], columns: number, title: string): string {
  const width = columns * cell.width + 2 * padding;
  const height = titleBar + lines.length * cell.height + padding;
  const dots = [0, 1, 2].map((index) => `<circle cx="${22 + index * 18}" cy="19" r="5.5" fill="${frame}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${Anser.escapeForHtml(title)}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="9" fill="${ground}" stroke="${frame}"/>
${dots.join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${font.size}" fill="${plain}" xml:space="preserve">
<text x="${width / 2}" y="24" text-anchor="middle" fill="${dim}">${Anser.escapeForHtml(title)}</text>
${lines.map((line, row) => drawLine(line, titleBar + row * cell.height)).join('\n')}
</g>
</svg>
`;
}

function drawLine(line: string, top: number): string {
  let column = 0;
  let out = '';
  for (const { content, fg, decorations } of Anser.ansiToJson(line, {
    use_classes: true,
    remove_empty: true,
  })) {
    const color = decorations.includes('dim') ? dim : (colors[fg] ?? plain);
    const weight = decorations.includes('bold') ? ' font-weight="bold"' : '';
    for (const [run] of content.matchAll(runs)) {
      if (run.trim() !== '') out += drawRun(run, column, top, color, weight);
      column += run.length;
    }
  }
  return out;
}

function drawRun(run: string, column: number, top: number, color: string, weight: string): string {
  const shapes = drawn[run[0] ?? ''];
  const left = padding + column * cell.width;
  const width = run.length * cell.width;
  if (shapes === undefined) {
    return `<text x="${round(left)}" y="${top + font.baseline}" textLength="${round(width)}" fill="${color}"${weight}>${Anser.escapeForHtml(run)}</text>`;
  }
  return shapes
    .map(
      ([x, y, w, h]) =>
        `<rect x="${round(left + x * cell.width)}" y="${round(top + y * cell.height)}" width="${round(w * width)}" height="${round(h * cell.height)}" fill="${color}"/>`,
    )
    .join('');
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
