/**
 * Charts as SVG text, drawn by ECharts without a browser. Colours are the page's variables, so that they follow light
 * and dark; nothing is left that a strict content security policy would refuse, such as `style` attributes.
 */
import { CustomChart } from 'echarts/charts';
import { GridSimpleComponent, MarkLineComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Content, html, type Markup, raw } from '../markup.ts';

use([CustomChart, GridSimpleComponent, MarkLineComponent, SVGRenderer]);

export const colour = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  rule: 'var(--rule)',
  bad: 'var(--bad)',
  calm: 'var(--calm)',
  page: 'var(--page)',
} as const;

/** Widths in pixels at which a chart is drawn: text keeps its size, the page shows the one that fits. */
const widths = { wide: 880, narrow: 328 } as const;
export type Room = keyof typeof widths;

export interface Drawing {
  readonly height: number;
  readonly option: EChartsCoreOption;
}

export interface Chart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** Of its title; 3 where it is left out. */
  readonly heading?: 5;
  /** What it shows and what is to be seen, for whoever does not see it. */
  readonly description: string;
  readonly caption: Content;
  readonly draw: (room: Room, width: number) => Drawing;
  /** The same numbers. */
  readonly table: Markup;
}

export function figure(chart: Chart): Markup {
  return html`<figure class="chart" id="${chart.id}">
<figcaption>${chart.heading === 5 ? html`<h5>${chart.title}</h5>` : html`<h3>${chart.title}</h3>`}<p>${chart.caption}</p></figcaption>
${(['wide', 'narrow'] as const).map((room) => svg(chart, room))}
<details class="numbers"><summary>Numbers of this chart<span class="hidden">: ${chart.title}</span></summary>${chart.table}</details>
</figure>`;
}

function svg({ id, title, description, draw }: Chart, room: Room): Markup {
  const width = widths[room];
  const { height, option } = draw(room, width);
  const name = `${id}-${room}`;
  const body = drawn(option, width, height, name);
  return html`<svg class="drawing ${room}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${name}-title ${name}-description">
<title id="${name}-title">${title}</title><desc id="${name}-description">${description}</desc>${raw(body)}</svg>`;
}

/** The drawing as SVG text; `name` sets its ids apart from those of others on the page. */
export function drawn(option: EChartsCoreOption, width: number, height: number, name: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { color: colour.ink, fontSize: 12 }, ...option });
    return clean(chart.renderToSVGString(), name);
  } finally {
    chart.dispose();
  }
}

/** Attributes that do nothing without the library's own script, or that the policy refuses. */
const needless =
  / (?:style|class|dominant-baseline|pointer-events|xml:space|ecmeta_\w+)="[^"]*"|<style[^>]*>[\s\S]*?<\/style>|<rect [^>]*fill="none"><\/rect>/g;

function clean(drawing: string, name: string): string {
  return drawing
    .replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
    .replaceAll(needless, '')
    .replaceAll(/\bzr\d+-/g, `${name}-`)
    .replaceAll(/><\/(?:path|circle|rect|line|polyline)>/g, '/>')
    .replaceAll(/\n+/g, '\n');
}
