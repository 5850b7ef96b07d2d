/** The tools that did worst, and how soon the service spoke. */

import type { FirstAudioRow } from '../../../../analysis/risk/first-audio.ts';
import type { Quantiles } from '../../../../analysis/risk/quantiles.ts';
import type { Report, ToolRow } from '../../../report.ts';
import { capital } from '../../words.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { nothing, proportion, say, show } from '../show.ts';
import { table } from '../table.ts';
import { spaced } from '../titles.ts';
import type { Section } from './section.ts';

const shown = 20;

export function toolsSection(report: Located<Report>): Section {
  const tools = items(at(report, 'tools'));
  type Row = Located<ToolRow>;
  return {
    id: 'tools',
    title: 'Tools, the worst first',
    short: 'Tools',
    body:
      tools.length === 0
        ? html`<p class="empty">No tool was called in these sessions.</p>`
        : html`${table(
            'Tools by the unexpected ends that followed a response within 2 s',
            [
              {
                title: 'Tool',
                cell: (row: Row) =>
                  row.value.tool === '' ? 'not known' : html`<code>${say(at(row, 'tool'))}</code>`,
              },
              { title: 'Calls', number: true, cell: (row: Row) => show(at(row, 'calls'), 'count') },
              { title: 'Responses', number: true, cell: (row: Row) => show(at(row, 'responses'), 'count') },
              { title: 'Ended after', number: true, cell: (row: Row) => show(at(row, 'closures'), 'count') },
              {
                title: 'Share (95 % interval)',
                number: true,
                cell: (row: Row) => proportion(at(row, 'share')),
              },
              {
                title: 'Answered in: median, 95 %',
                number: true,
                cell: (row: Row) => spread(at(row, 'latency'), 'seconds'),
              },
              {
                title: 'Size: median, 95 %',
                number: true,
                cell: (row: Row) => spread(at(row, 'bytes'), 'bytes'),
              },
            ],
            tools.slice(0, shown),
            { stacks: true },
          )}${tools.length > shown && html`<p class="note">Shown are the worst ${shown}; <code>--format json</code> has all.</p>`}`,
  };
}

export function firstAudioSection(report: Located<Report>): Section {
  const rows = items(at(report, 'firstAudio'));
  type Row = Located<FirstAudioRow>;
  return {
    id: 'first-audio',
    title: 'How soon the service spoke',
    short: 'First audio',
    body:
      rows.length === 0
        ? html`<p class="empty">No turn with audio was recorded.</p>`
        : table(
            'From what marked the end of the user’s part to the first audio',
            [
              { title: 'Marked by', cell: ({ value }: Row) => capital(spaced(value.trigger || 'not known')) },
              { title: 'Turns', number: true, cell: (row: Row) => show(at(row, 'turns'), 'count') },
              { title: 'Median', number: true, cell: (row: Row) => show(at(row, 'p50'), 'seconds') },
              { title: '95 %', number: true, cell: (row: Row) => show(at(row, 'p95'), 'seconds') },
              { title: '99 %', number: true, cell: (row: Row) => show(at(row, 'p99'), 'seconds') },
            ],
            rows,
          ),
  };
}

function spread(quantiles: Located<Quantiles | undefined>, format: 'seconds' | 'bytes'): Markup {
  if (!isPresent(quantiles)) return nothing;
  return html`${show(at(quantiles, 'p50'), format)}, ${show(at(quantiles, 'p95'), format)}`;
}
