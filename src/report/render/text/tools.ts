/** The tools that did worst, and how fast the service spoke. Pure. */

import type { FirstAudioRow } from '../../../analysis/risk/first-audio.ts';
import type { Quantiles } from '../../../analysis/risk/quantiles.ts';
import { proportion } from '../../../analysis/words.ts';
import { bytes, count } from '../../../conventions/words.ts';
import type { ToolRow } from '../../report.ts';
import { heading } from './block.ts';
import { seconds } from './format.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

const shown = 8;

const toolColumns: readonly Column<ToolRow>[] = [
  { title: 'tool', tight: 'shrinks', value: ({ tool }) => tool || 'not known' },
  { title: 'calls', align: 'right', value: ({ calls }) => count(calls) },
  { title: 'responses', align: 'right', value: ({ responses }) => count(responses) },
  { title: 'ended within 2 s', align: 'right', value: ({ closures }) => count(closures) },
  {
    title: 'share',
    value: ({ share }, { glyphs }) => (share ? proportion(share, glyphs.dash) : glyphs.dash),
  },
  { title: 'answers in', tight: 'left_out', value: ({ latency }, pen) => medianTo95(latency, seconds, pen) },
  { title: 'size', tight: 'left_out', value: ({ bytes: size }, pen) => medianTo95(size, bytes, pen) },
];

const firstAudioColumns: readonly Column<FirstAudioRow>[] = [
  { title: 'first audio after', value: ({ trigger }) => trigger.replaceAll('_', ' ') || 'not known' },
  { title: 'turns', align: 'right', value: ({ turns }) => count(turns) },
  { title: 'median', align: 'right', value: ({ p50 }) => seconds(p50) },
  { title: '95 %', align: 'right', value: ({ p95 }) => seconds(p95) },
  { title: '99 %', align: 'right', value: ({ p99 }) => seconds(p99) },
];

/** Worst first; no lines where there was none. */
export function renderTools(tools: readonly ToolRow[], pen: Pen): readonly string[] {
  if (tools.length === 0) return [];
  const { head, lines } = table(toolColumns, tools.slice(0, shown), pen);
  const more = tools.length - lines.length;
  return [
    ...heading(`TOOLS ${pen.glyphs.dot} worst first ${pen.glyphs.dot} median to 95 %`, pen),
    head,
    ...lines,
    ...(more > 0 ? [pen.paint.dim(`and ${more} more`)] : []),
  ];
}

export function renderFirstAudio(rows: readonly FirstAudioRow[], pen: Pen): readonly string[] {
  return rows.length === 0 ? [] : [...heading('FIRST AUDIO', pen), ...firstAudioTable(rows, pen)];
}

export function firstAudioTable(rows: readonly FirstAudioRow[], pen: Pen): readonly string[] {
  if (rows.length === 0) return [];
  const { head, lines } = table(firstAudioColumns, rows, pen);
  return [head, ...lines];
}

function medianTo95(
  quantiles: Quantiles | undefined,
  format: (value: number) => string,
  { glyphs }: Pen,
): string {
  if (quantiles === undefined) return glyphs.dash;
  const [from, to] = [format(quantiles.p50), format(quantiles.p95)];
  return from === to ? from : `${from} ${glyphs.sent} ${to}`;
}
