/** The unexpected ends by cause: why, what to do, whether to connect again. Pure. */

import { percent } from '../../../analysis/words.ts';
import { count, duration } from '../../../conventions/words.ts';
import type { EndGroup } from '../../ends.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import { causeTitle, confidenceTitles } from '../words.ts';
import { labelled, paragraph } from './block.ts';
import type { Pen } from './style.ts';
import { timestamp } from './time.ts';

const label = 9;

/** As many as there is room for, in lines; at least the first. */
export function renderEnds(ends: readonly EndGroup[], room: number, pen: Pen): readonly string[] {
  const lines: string[] = [];
  for (const [index, end] of ends.entries()) {
    const block = [...(index === 0 ? [] : ['']), ...renderEnd(end, pen)];
    // What is left over takes a line or two.
    if (index > 0 && lines.length + block.length > room - (index + 1 < ends.length ? 3 : 0)) {
      const rest = ends.slice(index);
      const named = rest.map(({ cause, closures }) => `${causeTitle(cause)} (${count(closures)})`).join('; ');
      return [...lines, '', ...labelled('and', named, label, pen)];
    }
    lines.push(...block);
  }
  return lines;
}

function renderEnd(end: EndGroup, pen: Pen): readonly string[] {
  const { cause, closures, share, confidence, example } = end;
  const counted =
    closures === 1 ? '' : `, ${count(closures)} sessions${share === 1 ? '' : ` (${percent(share)})`}`;
  const sure = cause === 'unknown' || confidence === undefined ? '' : `, ${confidenceTitles[confidence]}`;
  const row = (title: string, text: string | undefined) =>
    text === undefined || text === ''
      ? []
      : dimLabel(title, labelled(`  ${title}`, text, label + 2, pen), pen);
  return [
    ...paragraph(`${pen.glyphs.supported} ${causeTitle(cause)}${sure}${counted}`, pen).map((line) =>
      pen.paint.bold(pen.paint.red(line)),
    ),
    ...row('why', whyOf(end)),
    ...row('remedy', end.remedy),
    ...row('retry', end.retry && `${end.retry.when.replace('_', ' ')}. ${end.retry.why}`),
    ...row(
      'closed',
      example && [closeFrame(example), ...(cause === 'unknown' ? [] : [cause])].join(` ${pen.glyphs.dot} `),
    ),
    ...row('session', example && whereabouts(example, pen)),
  ];
}

/** The general reason where there is one; the numbers of a session stand with that session. */
function whyOf({ why, example }: EndGroup): string | undefined {
  return why ?? example?.closure?.attributes['gemini.live.closure.explanation'];
}

/** For example `1011 "Internal error occurred." by server, 30 ms after a tool response`. */
export function closeFrame({ closure }: LiveSession): string {
  const attributes = closure?.attributes ?? {};
  const reason = attributes['gemini.live.closure.reason'];
  // Where no text says why, an error often does, such as ECONNREFUSED.
  const error =
    attributes['gemini.live.closure.error_message'] || attributes['gemini.live.closure.error_name'];
  const code = attributes['gemini.live.closure.code'];
  const before = attributes['gemini.live.closure.preceding_event'];
  const ago = attributes['gemini.live.closure.preceding_event_ago'];
  return [
    code ?? 'no close frame',
    reason ? `"${reason}"` : '',
    `by ${attributes['gemini.live.closure.initiator'] ?? 'unknown'}`,
    !reason && error ? `(${error})` : '',
    before === undefined || before === 'none'
      ? ''
      : `${ago === undefined ? '' : `${duration(ago * 1_000)} `}after ${before.replaceAll('_', ' ')}`,
  ]
    .filter((piece) => piece !== '')
    .join(' ');
}

function whereabouts({ traceId, model, startedAt, endedAt }: LiveSession, { glyphs }: Pen): string {
  return [
    `trace ${traceId || 'unknown'}`,
    timestamp(startedAt),
    `lasted ${duration(endedAt - startedAt)}`,
    model,
  ]
    .filter((piece) => piece !== undefined && piece !== '')
    .join(` ${glyphs.dot} `);
}

function dimLabel(title: string, lines: readonly string[], { paint }: Pen): readonly string[] {
  return lines.map((line, index) => (index === 0 ? line.replace(title, paint.dim(title)) : line));
}
