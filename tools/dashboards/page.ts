/** A dashboard drawn as a page of its own: the panels where Grafana puts them, with what their queries answered. */
import type { DashboardSpec, Panel, StatPanel, TablePanel } from '../../dashboards/panels/panel.ts';
import { labelName } from '../../dashboards/promql/names.ts';
import type { Answers, JaegerSpan } from './answers.ts';
import { barsChart, cumulativeChart, distributionChart, type Size, timeChart } from './charts.ts';
import { formatValue } from './format.ts';

const columnWidth = 58;
const rowHeight = 30;
const gap = 8;
export const pageWidth = 24 * columnWidth + 32;

export function renderPage(
  { title, rows }: DashboardSpec,
  drawn: ReadonlyMap<Panel, Answers>,
  trace: readonly JaegerSpan[],
  remark: string,
): string {
  const body = rows.map(
    (row) =>
      `<h2>${escapeHtml(row.title)}</h2><div class="row">${row.panels
        .map((panel) => card(panel, drawn.get(panel) ?? [], trace))
        .join('')}</div>`,
  );
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>
<h1>${escapeHtml(title)}</h1><p class="remark">${escapeHtml(remark)}</p>${body.join('')}`;
}

function card(panel: Panel, answers: Answers, trace: readonly JaegerSpan[]): string {
  const width = panel.width * columnWidth - gap;
  const height = panel.height * rowHeight;
  const size = { width: width - 16, height: height - 46 };
  return `<section style="width:${width}px;height:${height}px"><h3>${escapeHtml(panel.title)}</h3>${content(panel, answers, trace, size)}</section>`;
}

function content(panel: Panel, answers: Answers, trace: readonly JaegerSpan[], size: Size): string {
  if (panel.kind === 'trace') return waterfall(trace, size);
  if (panel.kind === 'spans')
    return spanTable(trace.filter(({ operationName }) => operationName === panel.span));
  if (answers.every((series) => series.length === 0)) return '<p class="none">–</p>';
  switch (panel.kind) {
    case 'stat':
      return stat(panel, answers);
    case 'time':
      return timeChart(panel, answers, size);
    case 'bars':
      return barsChart(panel, answers, size);
    case 'distribution':
      return distributionChart(panel, answers, size);
    case 'cumulative':
      return cumulativeChart(panel, answers, size);
    case 'table':
      return table(panel, answers);
  }
}

function stat({ unit, decimals, thresholds = [] }: StatPanel, answers: Answers): string {
  return answers
    .flat()
    .map(({ points }) => {
      const value = points.at(-1)?.[1] ?? 0;
      const step = thresholds.findLast(({ from }) => from === undefined || value >= from);
      return `<p class="stat ${step?.color ?? 'text'}">${formatValue(value, unit, decimals)}</p>`;
    })
    .join('');
}

function table({ label, labelTitle, queries, unit, decimals }: TablePanel, answers: Answers): string {
  const name = labelName(label);
  const rows = [...new Set(answers.flat().map(({ labels }) => labels[name] ?? ''))];
  const head = [labelTitle, ...queries.map(({ legend }) => legend)].map(
    (text) => `<th>${escapeHtml(text)}</th>`,
  );
  const lines = rows.map((row) => {
    const cells = queries.map((query, index) => {
      const value = answers[index]?.find(({ labels }) => labels[name] === row)?.points.at(-1)?.[1];
      if (value === undefined) return '<td>–</td>';
      const shown = formatValue(value, query.unit ?? unit, query.unit === undefined ? decimals : undefined);
      if (query.unit !== 'percentunit') return `<td>${shown}</td>`;
      const filled = `linear-gradient(to right, #cfe0f5 ${value * 100}%, transparent 0)`;
      return `<td style="background:${filled}">${shown}</td>`;
    });
    return `<tr><th>${escapeHtml(row)}</th>${cells.join('')}</tr>`;
  });
  return `<table><tr>${head.join('')}</tr>${lines.join('')}</table>`;
}

function waterfall(trace: readonly JaegerSpan[], { width, height }: Size): string {
  const spans = trace.toSorted(
    (one, other) => one.startTime - other.startTime || other.duration - one.duration,
  );
  const [first] = spans;
  if (first === undefined) return '<p class="none">–</p>';
  const end = Math.max(...spans.map(({ startTime, duration }) => startTime + duration));
  const names = 320;
  const scale = (width - names) / Math.max(1, end - first.startTime);
  const line = Math.min(28, height / spans.length);
  return spans
    .map((span, index) => {
      const left = names + (span.startTime - first.startTime) * scale;
      const failed = span.tags.some(({ key, value }) => key === 'error' && value === true);
      const box = `left:${left}px;top:${index * line + 3}px;width:${Math.max(2, span.duration * scale)}px;height:${line - 6}px`;
      return `<span class="name" style="top:${index * line}px;padding-left:${depthOf(span, trace) * 12}px">${escapeHtml(span.operationName)}</span><i class="${failed ? 'failed' : ''}" style="${box}"></i>`;
    })
    .join('');
}

function depthOf({ references }: JaegerSpan, trace: readonly JaegerSpan[]): number {
  const parent = trace.find(({ spanID }) => spanID === references[0]?.spanID);
  return parent === undefined ? 0 : 1 + depthOf(parent, trace);
}

function spanTable(spans: readonly JaegerSpan[]): string {
  const lines = spans.map((span) => {
    const tags = span.tags
      .toSorted((one, other) => rank(one.key) - rank(other.key))
      .filter(
        ({ key }) => key.startsWith('gemini.live.closure.') || key.startsWith('gemini.live.tool_response.'),
      )
      .map(({ key, value }) => `<b>${escapeHtml(key)}</b> ${escapeHtml(String(value))}`);
    return `<tr><th>${escapeHtml(span.operationName)}<br>${formatValue(span.duration / 1e6, 's')}</th><td class="tags">${tags.join(' · ')}</td></tr>`;
  });
  return `<table>${lines.join('')}</table>`;
}

/** What one reads first. */
const first = ['explanation', 'remedy', 'cause', 'hypothesis', 'confidence', 'code', 'reason'].map(
  (name) => `gemini.live.closure.${name}`,
);

function rank(key: string): number {
  const index = first.indexOf(key);
  return index === -1 ? first.length : index;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const style = `
body { font: 13px/1.35 'Liberation Sans', Arial, sans-serif; color: #222; background: #f4f5f5; margin: 16px; width: ${24 * columnWidth}px; }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 14px; margin: 18px 0 6px; color: #444; }
.remark { margin: 2px 0 0; color: #666; }
.row { display: flex; flex-wrap: wrap; gap: ${gap}px; }
section { position: relative; overflow: hidden; box-sizing: border-box; padding: 8px; background: #fff; border: 1px solid #ddd; border-radius: 3px; }
h3 { font-size: 13px; margin: 0 0 8px; font-weight: 600; }
.none { color: #999; text-align: center; font-size: 22px; }
.stat { font-size: 38px; text-align: center; margin: 18px 0 0; font-weight: 600; }
.green { color: #299c46; } .orange { color: #e0752d; } .red { color: #d44a3a; } .yellow { color: #b8a100; } .blue { color: #3b78c4; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 3px 8px; border-bottom: 1px solid #eee; font-weight: normal; vertical-align: top; }
tr:first-child > th { color: #666; } .tags { font-size: 11px; line-height: 1.5; } .tags b { color: #3b78c4; font-weight: normal; }
section > i, section > .name { position: absolute; margin-top: 38px; margin-left: 8px; } section > i { background: #3b78c4; border-radius: 2px; } section > i.failed { background: #d44a3a; }
.name { font-size: 11px; white-space: nowrap; width: 310px; overflow: hidden; text-overflow: ellipsis; left: 0; box-sizing: border-box; }
`;
