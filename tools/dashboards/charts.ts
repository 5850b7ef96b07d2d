/** Charts of answers, as SVG by ECharts without a browser. */

import * as echarts from 'echarts';
import { bins } from '../../dashboards/panels/bins.ts';
import type {
  BarsPanel,
  CumulativePanel,
  DistributionPanel,
  TimePanel,
  Unit,
} from '../../dashboards/panels/panel.ts';
import type { Answers, Series } from './answers.ts';
import { formatValue } from './format.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const palette = ['#3b78c4', '#e0752d', '#56a64b', '#a352cc', '#e02f44', '#b8a100', '#1f9e9e', '#8a8a8a'];
const mark = '#e0752d';
const text = { color: '#555', fontSize: 11 };
const grid = { left: 8, right: 16, top: 8, containLabel: true };

export function timeChart({ unit, stacked, max }: TimePanel, answers: Answers, size: Size): string {
  const series = answers.flat();
  return draw(size, {
    grid: { ...grid, bottom: legendHeight(series, size) },
    legend: legend(),
    xAxis: { type: 'time', axisLabel: { ...text, hideOverlap: true } },
    yAxis: { ...valueAxis(unit), min: 0, ...(max !== undefined && { max }) },
    series: series.map(({ name, points }) => ({
      name,
      type: stacked ? 'bar' : 'line',
      ...(stacked && { stack: 'all' }),
      showSymbol: false,
      data: points.map(([at, value]) => [at * 1_000, value]),
    })),
  });
}

export function barsChart({ unit, decimals }: BarsPanel, answers: Answers, size: Size): string {
  const bars = answers.flat().map(({ name, points }) => ({ name, value: points.at(-1)?.[1] ?? 0 }));
  return draw(size, {
    grid: { ...grid, right: 70, bottom: 4 },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: { type: 'category', inverse: true, data: bars.map(({ name }) => name), axisLabel: text },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        data: bars.map(({ value }) => value),
        label: {
          show: true,
          position: 'right',
          formatter: ({ value }: { value: unknown }) => formatValue(Number(value), unit, decimals),
        },
      },
    ],
  });
}

/** Counts up to each boundary become counts between them, as Grafana's format `heatmap` makes them. */
export function distributionChart(
  { histogram, marks = [] }: DistributionPanel,
  answers: Answers,
  size: Size,
): string {
  const upTo = byBoundary(answers[0] ?? []);
  const bars = upTo.map(([boundary, value], index) => ({
    boundary,
    value: value - (upTo[index - 1]?.[1] ?? 0),
  }));
  const names = new Map(bins(histogram).map(({ upTo: boundary, text: name }) => [boundary, name]));
  const isMarked = (boundary: number): boolean =>
    marks.some(({ from, to }) => boundary > from && boundary <= to);
  return draw(size, {
    grid: { ...grid, top: 20, bottom: 4 },
    xAxis: {
      type: 'category',
      data: bars.map(({ boundary }) => names.get(boundary) ?? String(boundary)),
      axisLabel: { ...text, interval: 0, rotate: 40 },
    },
    yAxis: { ...valueAxis('locale'), minInterval: 1 },
    series: [
      {
        type: 'bar',
        data: bars.map(({ boundary, value }) => ({
          value,
          ...(isMarked(boundary) && { itemStyle: { color: mark } }),
        })),
        label: {
          show: true,
          position: 'top',
          fontSize: 10,
          formatter: ({ value }: { value: unknown }) =>
            Number(value) > 0 ? formatValue(Number(value), 'locale', 0) : '',
        },
      },
    ],
  });
}

export function cumulativeChart({ unit, queries }: CumulativePanel, answers: Answers, size: Size): string {
  const columns = answers.map(byBoundary);
  return draw(size, {
    grid: { ...grid, bottom: 28 },
    legend: legend(),
    xAxis: {
      type: 'category',
      data: (columns[0] ?? []).map(([boundary]) => formatValue(boundary, 'decbytes')),
      axisLabel: { ...text, interval: 0, rotate: 40 },
    },
    yAxis: { ...valueAxis(unit), min: 0, max: 1 },
    series: columns.map((column, index) => ({
      name: queries[index]?.legend ?? '',
      type: 'bar',
      data: column.map(([, value]) => value),
    })),
  });
}

function byBoundary(series: readonly Series[]): (readonly [number, number])[] {
  return series
    .map(({ labels, points }) => [boundaryOf(labels.le), points.at(-1)?.[1] ?? 0] as const)
    .toSorted(([one], [other]) => one - other);
}

function boundaryOf(le: string | undefined): number {
  return le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
}

function legend(): echarts.LegendComponentOption {
  return { bottom: 0, left: 8, itemWidth: 14, itemHeight: 8, textStyle: text, type: 'plain' };
}

function legendHeight(series: readonly Series[], { width }: Size): number {
  const wanted = series.reduce((sum, { name }) => sum + 30 + 6 * name.length, 0);
  return 10 + 18 * Math.ceil(wanted / (width - 20));
}

function valueAxis(unit: Unit): object {
  return { type: 'value', axisLabel: { ...text, formatter: (value: number) => formatValue(value, unit) } };
}

function draw({ width, height }: Size, option: echarts.EChartsOption): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, color: palette, ...option } as echarts.EChartsOption);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
