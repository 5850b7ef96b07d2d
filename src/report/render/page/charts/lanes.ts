/** Counts along an axis, one lane for each kind of end. */

import type { CustomSeriesRenderItem } from 'echarts/types/dist/echarts';
import { count } from '../../../../conventions/words.ts';
import { colour, type Drawing, type Room } from './draw.ts';

export interface Lane {
  readonly label: string;
  readonly expected: boolean;
  /** One for each bin. */
  readonly counts: readonly number[];
}

export interface Bin {
  readonly from: number;
  readonly to: number;
}

export interface LaneAxis {
  readonly kind: 'value' | 'time';
  readonly name: string;
  readonly format: (value: number) => string;
  /** Points on the axis that mean something. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
}

const laneHeight = { wide: 34, narrow: 46 } as const;
const barHeight = 24;

export function drawLanes(lanes: readonly Lane[], bins: readonly Bin[], axis: LaneAxis, room: Room): Drawing {
  const narrow = room === 'narrow';
  const plot = lanes.length * laneHeight[room];
  const min = bins[0]?.from ?? 0;
  const max = bins.at(-1)?.to ?? min + 1;
  const marks = axis.marks.filter(({ at }) => at > min && at < max);
  const top = marks.length > 0 ? 24 : 8;
  return {
    height: plot + top + 48,
    option: {
      grid: { left: narrow ? 8 : 230, right: narrow ? 12 : 70, top, height: plot },
      xAxis: {
        type: 'value',
        min,
        max,
        interval: tickStep(min, max, axis.kind, narrow ? 3 : 8),
        name: axis.name,
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: colour.muted },
        axisLine: { lineStyle: { color: colour.rule }, show: true },
        axisTick: { show: true, lineStyle: { color: colour.rule } },
        axisLabel: { color: colour.muted, formatter: axis.format, hideOverlap: true, showMaxLabel: false },
        splitLine: { show: false },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: lanes.map(({ label }) => label),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { show: !narrow, color: colour.ink, fontSize: 13, margin: 14, interval: 0 },
        splitLine: { show: false },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          data: lanes.map((_lane, index) => [min, index]),
          renderItem: renderLane(lanes, bins, narrow),
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            lineStyle: { color: colour.muted, type: 'dashed', width: 1 },
            label: {
              position: 'start',
              color: colour.ink,
              textBorderWidth: 0,
              fontSize: 12,
              formatter: ({ name }: { readonly name: string }) => name,
            },
            data: marks.map(({ at, label }) => ({ name: label, xAxis: at })),
          },
        },
      ],
    },
  };
}

/** Unexpected ends share one scale; the expected ones, often far more, have their own. */
function renderLane(lanes: readonly Lane[], bins: readonly Bin[], narrow: boolean): CustomSeriesRenderItem {
  const highest = (expected: boolean) =>
    Math.max(0, ...lanes.filter((lane) => lane.expected === expected).flatMap(({ counts }) => counts));
  const tallest = { expected: highest(true), unexpected: highest(false) };
  return (params, api) => {
    const lane = lanes[params.dataIndex];
    if (lane === undefined) return undefined;
    const top = lane.expected ? tallest.expected : tallest.unexpected;
    const x = (value: number) => api.coord([value, params.dataIndex])[0] ?? 0;
    const y = (api.coord([bins[0]?.from ?? 0, params.dataIndex])[1] ?? 0) + (narrow ? 20 : 14);
    const [from, to] = [x(bins[0]?.from ?? 0), x(bins.at(-1)?.to ?? 1)];
    const own = Math.max(0, ...lane.counts);
    const bars = lane.counts.flatMap((count, index) => {
      const bin = bins[index];
      if (bin === undefined || count === 0 || top === 0) return [];
      const height = Math.max(1.5, (count / top) * barHeight);
      const left = x(bin.from);
      const width = Math.max(1.5, x(bin.to) - left - 0.5);
      return [
        {
          type: 'rect' as const,
          shape: { x: left, y: y - height, width, height },
          style: { fill: lane.expected ? colour.calm : colour.bad },
        },
      ];
    });
    const tall = {
      text: `max ${count(own)}`,
      fontSize: 11,
      fill: colour.muted,
    };
    return {
      type: 'group',
      children: [
        { type: 'line', shape: { x1: from, y1: y, x2: to, y2: y }, style: { stroke: colour.rule } },
        ...bars,
        narrow
          ? { type: 'text', x: to, y: y - barHeight - 15, style: { ...tall, align: 'right' } }
          : { type: 'text', x: to + 10, y: y - 12, style: tall },
        ...(narrow
          ? [
              {
                type: 'text' as const,
                x: from,
                y: y - barHeight - 15,
                style: {
                  text: lane.label,
                  fontSize: 12,
                  fill: colour.ink,
                  stroke: colour.page,
                  lineWidth: 4,
                },
              },
            ]
          : []),
      ],
    };
  };
}

const steps = {
  value: [1, 2, 5, 10, 15, 30, 60, 120, 150, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400],
  time: [
    1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  ].map((seconds) => seconds * 1_000),
} as const;

function tickStep(min: number, max: number, kind: LaneAxis['kind'], ticks: number): number {
  return steps[kind].find((step) => (max - min) / step <= ticks) ?? (max - min) / ticks;
}
