/** Values with their 95 % intervals, one a row. */
import type { CustomSeriesRenderItem } from 'echarts/types/dist/echarts';
import { colour, type Drawing, type Room } from './draw.ts';

export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  /** Left out where it has no end. */
  readonly high?: number | undefined;
  /** In words, at the end of the row. */
  readonly note: string;
  /** Drawn full and in the colour of what is to be looked at. */
  readonly strong: boolean;
}

export interface IntervalScale {
  readonly kind: 'ratio' | 'share';
  readonly name: string;
  readonly format: (value: number) => string;
}

const rowHeight = { wide: 28, narrow: 40 } as const;

export function drawIntervals(rows: readonly IntervalRow[], scale: IntervalScale, room: Room): Drawing {
  const narrow = room === 'narrow';
  const limits = scale.kind === 'ratio' ? ratioLimits(rows) : shareLimits(rows);
  const plot = rows.length * rowHeight[room];
  return {
    height: plot + 56,
    option: {
      grid: { left: narrow ? 8 : 230, right: narrow ? 12 : 190, top: 8, height: plot },
      xAxis: {
        type: scale.kind === 'ratio' ? 'log' : 'value',
        min: limits.min,
        max: limits.max,
        splitNumber: narrow ? 3 : 6,
        name: scale.name,
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: colour.muted },
        axisLine: { show: true, lineStyle: { color: colour.rule } },
        axisTick: { show: false },
        axisLabel: { color: colour.muted, formatter: scale.format, hideOverlap: true },
        splitLine: { lineStyle: { color: colour.rule } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ label }) => label),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { show: !narrow, color: colour.ink, fontSize: 13, margin: 14, interval: 0 },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          data: rows.map(({ value, low, high }, index) => [value, index, low, high ?? limits.max]),
          renderItem: renderRow(rows, limits, narrow),
          ...(scale.kind === 'ratio' && {
            markLine: {
              silent: true,
              symbol: 'none',
              animation: false,
              lineStyle: { color: colour.muted, type: 'solid', width: 1 },
              label: { show: false },
              data: [{ xAxis: 1 }],
            },
          }),
        },
      ],
    },
  };
}

interface Limits {
  readonly min: number;
  readonly max: number;
}

function renderRow(
  rows: readonly IntervalRow[],
  { min, max }: Limits,
  narrow: boolean,
): CustomSeriesRenderItem {
  return (params, api) => {
    const row = rows[params.dataIndex];
    if (row === undefined) return undefined;
    const inside = (value: number) => Math.min(max, Math.max(min, value));
    const x = (value: number) => api.coord([inside(value), params.dataIndex])[0] ?? 0;
    const middle = api.coord([min, params.dataIndex])[1] ?? 0;
    const y = narrow ? middle + 9 : middle;
    const ink = row.strong ? colour.bad : colour.calm;
    const [from, to] = [x(row.low), x(row.high ?? max)];
    const endless = row.high === undefined || row.high > max;
    const line = { stroke: ink, lineWidth: row.strong ? 3 : 2, fill: 'none' };
    return {
      type: 'group',
      children: [
        { type: 'line', shape: { x1: from, y1: y, x2: to, y2: y }, style: line },
        { type: 'line', shape: { x1: from, y1: y - 4, x2: from, y2: y + 4 }, style: line },
        endless
          ? {
              type: 'polyline',
              shape: {
                points: [
                  [to - 5, y - 5],
                  [to, y],
                  [to - 5, y + 5],
                ],
              },
              style: line,
            }
          : { type: 'line', shape: { x1: to, y1: y - 4, x2: to, y2: y + 4 }, style: line },
        {
          type: 'circle',
          shape: { cx: x(row.value), cy: y, r: 5 },
          style: { fill: row.strong ? ink : colour.page, stroke: ink, lineWidth: 2 },
        },
        {
          type: 'text',
          x: narrow ? x(max) : x(max) + 14,
          y: narrow ? middle - 14 : y - 6,
          style: {
            text: row.note,
            fill: colour.muted,
            fontSize: 12,
            stroke: colour.page,
            lineWidth: 4,
            align: narrow ? 'right' : 'left',
          },
        },
        ...(narrow
          ? [
              {
                type: 'text' as const,
                x: x(min),
                y: middle - 14,
                style: { text: row.label, fill: colour.ink, fontSize: 12, stroke: colour.page, lineWidth: 4 },
              },
            ]
          : []),
      ],
    };
  };
}

/** Whole powers of ten around the values; interval ends far out are cut off there. */
function ratioLimits(rows: readonly IntervalRow[]): Limits {
  const values = rows
    .flatMap(({ value, low, high }) => [value, low, high ?? value])
    .filter((value) => value > 0);
  const power = (value: number) => Math.min(4, Math.max(-3, value));
  const least = Math.floor(power(Math.log10(Math.min(0.1, ...values))));
  const most = Math.ceil(power(Math.log10(Math.max(10, ...values))));
  return { min: 10 ** least, max: 10 ** most };
}

function shareLimits(rows: readonly IntervalRow[]): Limits {
  const most = Math.max(0, ...rows.map(({ value, high }) => high ?? value));
  const max = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75].find((limit) => most <= limit) ?? 1;
  return { min: 0, max };
}
