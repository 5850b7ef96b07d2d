/**
 * Grafana's bar chart lives in Grafana itself, not in its packages. This one is made of the same parts, `@grafana/ui` over
 * uPlot, as far as the dashboards use it: groups of bars over the texts of one field.
 */
import {
  type DataFrame,
  type Field,
  FieldType,
  formattedValueToString,
  type GrafanaTheme2,
  getFieldDisplayName,
} from '@grafana/data';
import {
  AxisPlacement,
  GraphDrawStyle,
  LegendDisplayMode,
  ScaleDirection,
  ScaleDistribution,
  ScaleOrientation,
  type VizLegendOptions,
} from '@grafana/schema';
import { measureText, UPlotChart, UPlotConfigBuilder, VizLayout, VizLegend } from '@grafana/ui';
import type { ReactNode } from 'react';
import uPlot from 'uplot';

export interface BarChartOptions {
  readonly xField?: string;
  readonly colorByField?: string;
  readonly xTickLabelRotation: number;
  readonly showValue: 'auto' | 'always' | 'never';
  /** Of the room that each has. */
  readonly barWidth: number;
  readonly groupWidth: number;
  readonly legend: VizLegendOptions;
}

interface Props {
  readonly frame: DataFrame;
  readonly options: BarChartOptions;
  readonly theme: GrafanaTheme2;
  readonly width: number;
  readonly height: number;
}

interface Chart {
  readonly names: readonly string[];
  readonly fields: readonly Field[];
  readonly colorOf: (field: Field, bar: number) => string;
  readonly options: BarChartOptions;
  readonly theme: GrafanaTheme2;
}

const fontSize = 12;
/** Above the highest bar, for its value. */
const headroom = 0.1;

export function BarChart({ frame, options, theme, width, height }: Props): ReactNode {
  const x = named(frame, options.xField);
  const colors = named(frame, options.colorByField);
  if (x === undefined) return null;
  const fields = frame.fields.filter(({ type }) => type === FieldType.number);
  const chart: Chart = {
    names: x.values.map((value) => text(x, value)),
    fields,
    colorOf: (field, bar) => {
      const by = colors ?? field;
      return by.display?.(by.values[bar]).color ?? theme.colors.primary.main;
    },
    options,
    theme,
  };
  const config = configure(chart);
  const data: uPlot.AlignedData = [x.values.map((_, index) => index), ...fields.map(({ values }) => values)];
  const items = fields.map((field) => ({
    label: getFieldDisplayName(field, frame),
    color: chart.colorOf(field, 0),
    yAxis: 1,
  }));
  const legend = options.legend.showLegend ? (
    <VizLayout.Legend placement="bottom">
      <VizLegend placement="bottom" displayMode={LegendDisplayMode.List} items={items} />
    </VizLayout.Legend>
  ) : null;
  return (
    <VizLayout width={width} height={height} legend={legend}>
      {(plotWidth: number, plotHeight: number) => (
        <UPlotChart config={config} data={data} width={plotWidth} height={plotHeight} />
      )}
    </VizLayout>
  );
}

function configure(chart: Chart): UPlotConfigBuilder {
  const { names, fields, options, theme } = chart;
  const config = new UPlotConfigBuilder('utc');
  const [{ config: { min, max } = {} } = {}] = fields;
  config.addScale({
    scaleKey: 'x',
    isTime: false,
    distribution: ScaleDistribution.Ordinal,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [-0.5, names.length - 0.5],
  });
  config.addScale({
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: (_plot, _low, high) => [min ?? 0, max ?? (high > 0 ? high * (1 + headroom) : 1)],
  });
  config.addAxis({
    scaleKey: 'x',
    isTime: false,
    placement: AxisPlacement.Bottom,
    grid: { show: false },
    ticks: { show: false },
    gap: 8,
    splits: () => names.map((_, index) => index),
    values: () => [...names],
    tickLabelRotation: options.xTickLabelRotation,
    size: axisHeight(chart),
    theme,
  });
  config.addAxis({
    scaleKey: 'y',
    placement: AxisPlacement.Left,
    size: axisWidth(chart),
    formatValue: (value) => (fields[0] ? text(fields[0], value) : ''),
    theme,
  });
  config.setPadding(roomForNames(chart));
  for (const [index, field] of fields.entries()) {
    config.addSeries({
      scaleKey: 'y',
      drawStyle: GraphDrawStyle.Bars,
      pathBuilder: bars(chart, field, index),
      pxAlign: true,
      lineWidth: 0,
      lineColor: chart.colorOf(field, 0),
      fillColor: chart.colorOf(field, 0),
      fillOpacity: Number(field.config.custom?.fillOpacity ?? 80),
      theme,
    });
  }
  if (options.showValue === 'always') config.addHook('draw', (plot) => writeValues(plot, chart));
  return config;
}

/** The left edge of a bar and its width, as shares of the width of the plot. */
function place(
  { names, fields, options }: Chart,
  series: number,
  bar: number,
): { left: number; width: number } {
  const room = 1 / names.length;
  const group = fields.length === 1 ? room * options.barWidth : room * options.groupWidth;
  const own = group / fields.length;
  const width = fields.length === 1 ? own : own * options.barWidth;
  return { left: bar * room + (room - group) / 2 + series * own + (own - width) / 2, width };
}

function bars(chart: Chart, field: Field, series: number): uPlot.Series.PathBuilder {
  const every = (of: (bar: number) => number | string) => field.values.map((_, bar) => of(bar));
  const opacity = Number(field.config.custom?.fillOpacity ?? 80) / 100;
  const build = uPlot.paths.bars;
  if (build === undefined) throw new Error('uPlot comes without bars.');
  return build({
    disp: {
      // Shares of the plot.
      x0: { unit: 2, values: () => every((bar) => place(chart, series, bar).left) as number[] },
      size: { unit: 2, values: () => every((bar) => place(chart, series, bar).width) as number[] },
      fill: {
        unit: 3,
        values: () => every((bar) => uPlotColor(chart.colorOf(field, bar), opacity)),
      },
    },
  } as uPlot.Series.BarsPathBuilderOpts);
}

function uPlotColor(color: string, opacity: number): string {
  return `color-mix(in srgb, ${color} ${opacity * 100}%, transparent)`;
}

function writeValues(plot: uPlot, chart: Chart): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${fontSize * devicePixelRatio}px ${chart.theme.typography.fontFamily}`;
  ctx.fillStyle = chart.theme.colors.text.primary;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  for (const [series, field] of chart.fields.entries()) {
    for (const [bar, value] of field.values.entries()) {
      const { left, width } = place(chart, series, bar);
      const x = bbox.left + (left + width / 2) * bbox.width;
      if (typeof value === 'number') ctx.fillText(text(field, value), x, plot.valToPos(value, 'y', true) - 2);
    }
  }
  ctx.restore();
}

function axisWidth({ fields }: Chart): number {
  const texts = fields.flatMap((field) => {
    const highest = Math.max(field.config.max ?? 0, ...field.values.map(Number));
    return [text(field, highest), text(field, highest / 2)];
  });
  return Math.ceil(Math.max(...texts.map((each) => measureText(each, fontSize).width))) + 16;
}

function axisHeight({ names, options }: Chart): number {
  const longest = Math.max(...names.map((name) => measureText(name, fontSize).width));
  const angle = (Math.abs(options.xTickLabelRotation) * Math.PI) / 180;
  return Math.ceil(longest * Math.sin(angle) + fontSize * Math.cos(angle)) + 12;
}

/** Slanted names lean out of the plot at one side. */
function roomForNames({ names, options }: Chart): uPlot.Padding {
  const angle = (options.xTickLabelRotation * Math.PI) / 180;
  const edge = angle < 0 ? names.at(-1) : undefined;
  return [null, edge === undefined ? null : measureText(edge, fontSize).width * Math.cos(angle), null, null];
}

function named(frame: DataFrame, name: string | undefined): Field | undefined {
  return frame.fields.find((field) => getFieldDisplayName(field, frame) === name);
}

function text(field: Field, value: unknown): string {
  return field.display ? formattedValueToString(field.display(value)) : String(value);
}
