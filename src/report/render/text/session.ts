/** One session in full: where it is, its waterfall, and why it ended. Pure. */
import type { LiveSession } from '../../read/sessions/model.ts';
import { heading, labelled } from './block.ts';
import { duration } from './format.ts';
import type { Pen } from './style.ts';
import { renderWaterfall } from './waterfall.ts';

export function renderSession(session: LiveSession, pen: Pen): readonly string[] {
  const title = [
    `ONE SESSION ${session.model ?? ''}`.trim(),
    session.service,
    duration(session.endedAt - session.startedAt),
    timestamp(session.startedAt),
  ];
  return [
    ...heading(title.filter((piece) => piece !== undefined).join(` ${pen.glyphs.dot} `), pen),
    `trace ${session.traceId || 'unknown'}`,
    ...renderWaterfall(session, pen),
    ...why(session, pen),
  ];
}

/** Seconds are enough to find a session; a time that is none (a file may say anything) is left out. */
function timestamp(epochMs: number): string | undefined {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

/** What the diagnosis says of its end, where that was not expected. */
function why({ closure }: LiveSession, pen: Pen): readonly string[] {
  if (closure === undefined || closure.attributes['gemini.live.closure.expected'] === true) return [];
  const { attributes } = closure;
  const explanation = attributes['gemini.live.closure.explanation'];
  const remedy = attributes['gemini.live.closure.remedy'];
  const level = attributes['gemini.live.closure.confidence'] ?? 'none';
  const confidence = level === 'none' ? 'not established' : `${level} confidence`;
  const lines = [
    ...(explanation === undefined
      ? []
      : labelled(
          'why',
          `${attributes['gemini.live.closure.cause'] ?? 'unknown'} (${confidence}): ${explanation}`,
          8,
          pen,
        )),
    ...(remedy === undefined ? [] : labelled('remedy', remedy, 8, pen)),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}
