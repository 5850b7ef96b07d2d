/** One value with its 95 % interval, for a row of a table. All rows of one measure are on the same scale. */
import type { CustomSeriesRenderItem } from 'echarts/types/dist/echarts';
import type { Effect } from '../../../../analysis/statistics/odds-ratio.ts';
import { html, type Markup, raw } from '../markup.ts';
import { colour, drawn } from './draw.ts';

const width = 180;
const height = 20;
/** Of ratios: from a tenth to a thousand times as likely. */
const ratios = { min: 0.1, max: 1_000 } as const;

export function strip({ measure, value, low, high }: Effect, name: string, strong: boolean): Markup {
  const isRatio = measure !== 'share';
  const { min, max } = isRatio ? ratios : { min: 0, max: 1 };
  const inside = (at: number) => Math.min(max, Math.max(min, at));
  const ink = strong ? colour.bad : colour.calm;
  const renderItem: CustomSeriesRenderItem = (_params, api) => {
    const x = (at: number) => api.coord([inside(at), 0])[0] ?? 0;
    const y = height / 2;
    const style = { stroke: ink, lineWidth: 3, fill: 'none' };
    return {
      type: 'group',
      children: [
        { type: 'line', shape: { x1: x(low), y1: y, x2: x(high ?? max), y2: y }, style },
        { type: 'circle', shape: { cx: x(value), cy: y, r: 5 }, style: { fill: ink } },
      ],
    };
  };
  const body = drawn(
    {
      grid: { left: 6, right: 6, top: 0, bottom: 0 },
      xAxis: { type: isRatio ? 'log' : 'value', min, max, show: false },
      yAxis: { type: 'category', data: [''], show: false },
      series: [
        {
          type: 'custom',
          silent: true,
          data: [[inside(value), 0]],
          renderItem,
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            lineStyle: { color: colour.muted, type: 'solid', width: 1 },
            label: { show: false },
            data: [{ xAxis: isRatio ? 1 : 0 }],
          },
        },
      ],
    },
    width,
    height,
    name,
  );
  return html`<svg class="strip" viewBox="0 0 ${width} ${height}" aria-hidden="true">${raw(body)}</svg>`;
}
