/** Panels as Grafana writes them down. */
import { PanelBuilder as BarChartBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BigValueColorMode,
  BigValueGraphMode,
  type DataSourceRef,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TableCellDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLink,
  type DataTransformerConfig,
  type DynamicConfigValue,
  type FieldColor,
  FieldColorBuilder,
  FieldColorModeId,
  PanelBuilder as GenericBuilder,
  type Panel as GrafanaPanel,
  MappingType,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMap,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { labelName } from '../promql/names.ts';
import { bins } from './bins.ts';
import { datasource } from './datasources.ts';
import { barLink, causeLink, cellLink, searchLink, traceLink } from './jaeger.ts';
import {
  type BarsPanel,
  type CumulativePanel,
  type DistributionPanel,
  isJaegerPanel,
  type Panel,
  type SpanTablePanel,
  type StatPanel,
  type TablePanel,
  type Threshold,
  type TimePanel,
  type TracePanel,
} from './panel.ts';
import { promTarget, refId, traceTarget } from './targets.ts';

/** Degrees: names of bins rise to their bars. */
const slanted = 45;

export function renderPanel(panel: Panel): Builder<GrafanaPanel> {
  switch (panel.kind) {
    case 'stat':
      return stat(panel);
    case 'time':
      return time(panel);
    case 'bars':
      return bars(panel);
    case 'distribution':
      return distribution(panel);
    case 'cumulative':
      return cumulative(panel);
    case 'table':
      return table(panel);
    case 'trace':
      return trace(panel);
    case 'spans':
      return spanTable(panel);
  }
}

/** What the builders of all kinds of panels have. */
interface AnyBuilder extends Builder<GrafanaPanel> {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  noValue(text: string): this;
  thresholds(thresholds: Builder<ThresholdsConfig>): this;
  colorScheme(color: Builder<FieldColor>): this;
  datasource(datasource: DataSourceRef): this;
  links(links: Builder<DashboardLink>[]): this;
}

function start<Kind extends AnyBuilder>(builder: Kind, panel: Panel): Kind {
  const { id, title, description, width, height, unit, decimals, thresholds } = panel;
  const ofJaeger = isJaegerPanel(panel);
  builder
    .id(id)
    .title(title)
    .description(description)
    .span(width)
    .height(height)
    .unit(unit)
    .noValue('–')
    .datasource(datasource(ofJaeger ? 'jaeger' : 'prometheus'))
    .links([ofJaeger ? traceLink() : searchLink(panel.jaeger)]);
  if (decimals !== undefined) builder.decimals(decimals);
  if (thresholds !== undefined) builder.thresholds(steps(thresholds));
  return builder;
}

function stat(panel: StatPanel): StatBuilder {
  const builder = start(new StatBuilder(), panel)
    .targets(panel.queries.map((query, index) => promTarget(query, index, 'number')))
    .reduceOptions(lastValue())
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value);
  return builder.colorScheme(panel.thresholds ? byThreshold() : fixed('text'));
}

function time(panel: TimePanel): TimeSeriesBuilder {
  const { queries, stacked, max, axis, shadesOf, colorByName } = panel;
  const builder = start(new TimeSeriesBuilder(), panel)
    .targets(queries.map((query, index) => promTarget(query, index, 'curve')))
    .min(0)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    );
  if (max !== undefined) builder.max(max);
  if (axis !== undefined) builder.axisLabel(axis);
  if (shadesOf !== undefined) {
    builder.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Shades).fixedColor(shadesOf));
  }
  if (colorByName) builder.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName));
  colorSeries(builder, panel);
  if (stacked === undefined) return builder.fillOpacity(10).showPoints(VisibilityMode.Auto);
  return builder
    .drawStyle(GraphDrawStyle.Bars)
    .fillOpacity(80)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
}

function bars(panel: BarsPanel): BarGaugeBuilder {
  const builder = start(new BarGaugeBuilder(), panel)
    .targets(panel.queries.map((query, index) => promTarget(query, index, 'number')))
    .reduceOptions(lastValue())
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    // Beside a bar there is room for half of a cause's name.
    .namePlacement(BarGaugeNamePlacement.Top)
    // The name above the bar counts as well.
    .sizing(BarGaugeSizing.Manual)
    .minVizHeight(36)
    .maxVizHeight(40)
    // Else letters grow with the room that few bars leave.
    .text(new VizTextDisplayOptionsBuilder().titleSize(13).valueSize(14))
    .min(0)
    .colorScheme(panel.thresholds ? byThreshold() : fixed('blue'));
  const [only, ...others] = panel.queries;
  // One bar alone has no name of its own accord.
  if (only !== undefined && others.length === 0) builder.displayName(nameOfField(only.legend));
  colorSeries(builder, panel);
  if (panel.label === undefined) return builder;
  const links = [barLink(panel.jaeger, panel.label)];
  if (panel.label === 'gemini.live.closure.cause') links.unshift(causeLink());
  return builder.dataLinks(links);
}

/** The buckets come as series, named by their upper ends; they become the rows of a bar chart, named by their bins. */
function distribution(panel: DistributionPanel): BarChartBuilder {
  return start(new BarChartBuilder(), panel)
    .targets(panel.queries.map((each, index) => promTarget(each, index, 'buckets')))
    .transformations([
      { id: 'reduce', options: { mode: 'seriesToRows', reducers: ['lastNotNull'] } },
      { id: 'organize', options: { renameByName: { Field: 'bin', 'Last *': 'count' } } },
    ])
    .xField('bin')
    .colorByField('bin')
    .xTickLabelRotation(slanted)
    .showValue(VisibilityMode.Always)
    .legend(new VizLegendOptionsBuilder().showLegend(false))
    .min(0)
    .colorScheme(fixed('blue'))
    .overrideByName('bin', [{ id: 'mappings', value: [binNames(panel)] }]);
}

function binNames({ histogram, marks = [] }: DistributionPanel): ValueMap {
  const options = bins(histogram).map(({ label, upTo, text }, index) => {
    const marked = marks.some(({ from, to }) => upTo > from && upTo <= to);
    return [label, { text, index, color: marked ? 'orange' : 'blue' }];
  });
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}

function cumulative(panel: CumulativePanel): BarChartBuilder {
  const convert = (destinationType: 'number' | 'string') => ({
    id: 'convertFieldType',
    options: { conversions: [{ targetField: 'le', destinationType }] },
  });
  const builder = start(new BarChartBuilder(), panel)
    .targets(panel.queries.map((query, index) => promTarget(query, index, 'rows')))
    .transformations([
      ...oneTable(panel),
      convert('number'),
      { id: 'sortBy', options: { sort: [{ field: 'le', desc: false }] } },
      convert('string'),
    ])
    .xField('le')
    .xTickLabelRotation(slanted)
    .legend(new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).showLegend(true))
    .min(0)
    .max(1)
    .overrideByName('le', [{ id: 'unit', value: 'decbytes' }]);
  for (const { legend, color } of panel.queries) {
    if (color !== undefined) builder.overrideByName(legend, [drawnIn(color)]);
  }
  return builder;
}

function table(panel: TablePanel): TableBuilder {
  const { label, labelTitle, queries } = panel;
  const builder = start(new TableBuilder(), panel)
    .targets(queries.map((query, index) => promTarget(query, index, 'rows')))
    .transformations([
      ...oneTable(panel, { [labelName(label)]: labelTitle }),
      { id: 'sortBy', options: { sort: [{ field: queries[0]?.legend, desc: true }] } },
    ])
    .minWidth(90)
    .overrideByName(labelTitle, [{ id: 'links', value: [cellLink(panel.jaeger, label).build()] }]);
  for (const { legend, unit, color = 'blue' } of queries) {
    if (unit !== undefined) builder.overrideByName(legend, [...column(unit), drawnIn(color)]);
  }
  return builder;
}

function column(unit: string): DynamicConfigValue[] {
  const properties: DynamicConfigValue[] = [
    { id: 'unit', value: unit },
    { id: 'decimals', value: 1 },
  ];
  if (unit !== 'percentunit') return properties;
  return [
    ...properties,
    { id: 'max', value: 1 },
    { id: 'min', value: 0 },
    {
      id: 'custom.cellOptions',
      value: { type: TableCellDisplayMode.Gauge, mode: BarGaugeDisplayMode.Basic },
    },
  ];
}

/** Answers that were asked for once become one table, a column each. */
function oneTable(
  { queries }: TablePanel | CumulativePanel,
  renamed: Readonly<Record<string, string>> = {},
): DataTransformerConfig[] {
  const columns = queries.map(({ legend }, index) => [`Value #${refId(index)}`, legend]);
  const only = queries.length === 1 ? [['Value', queries[0]?.legend]] : [];
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        renameByName: { ...renamed, ...Object.fromEntries([...columns, ...only]) },
      },
    },
  ];
}

function trace(panel: TracePanel): GenericBuilder {
  return start(new GenericBuilder(), panel).type('traces').targets([traceTarget()]);
}

function spanTable(panel: SpanTablePanel): TableBuilder {
  return start(new TableBuilder(), panel)
    .targets([traceTarget()])
    .transformations([
      {
        id: 'filterByValue',
        options: {
          type: 'include',
          match: 'all',
          filters: [
            {
              fieldName: 'operationName',
              config: { id: 'regex', options: { value: `^${panel.span}( |$)` } },
            },
          ],
        },
      },
      { id: 'sortBy', options: { sort: [{ field: 'startTime', desc: false }] } },
      {
        id: 'organize',
        options: {
          includeByName: { operationName: true, startTime: true, duration: true, tags: true },
          renameByName: {
            operationName: 'Span',
            startTime: 'Start',
            duration: 'Duration',
            tags: 'Attributes',
          },
        },
      },
    ])
    .overrideByName('Span', [{ id: 'custom.width', value: 170 }])
    .overrideByName('Start', [
      { id: 'unit', value: 'time:HH:mm:ss.SSS' },
      { id: 'custom.width', value: 110 },
    ])
    .overrideByName('Duration', [
      { id: 'unit', value: 'ms' },
      { id: 'custom.width', value: 90 },
    ])
    .overrideByName('Attributes', [
      { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.JSONView } },
      { id: 'custom.inspect', value: true },
    ]);
}

function lastValue(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']);
}

function steps(thresholds: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(thresholds.map(({ from, color }) => ({ value: from ?? null, color })));
}

function byThreshold(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
}

/** By what they are called, and by the query they come from. */
function colorSeries(
  builder: TimeSeriesBuilder | BarGaugeBuilder,
  { colors = {}, queries }: TimePanel | BarsPanel,
): void {
  for (const [name, color] of Object.entries(colors)) {
    if (name.startsWith('/')) builder.overrideByRegexp(name, [drawnIn(color)]);
    else builder.overrideByName(name, [drawnIn(color)]);
  }
  for (const [index, { color }] of queries.entries()) {
    if (color !== undefined) builder.overrideByQuery(refId(index), [drawnIn(color)]);
  }
}

/** A legend such as `acknowledged: {{label}}`, as the name of a field. */
function nameOfField(legend: string): string {
  return legend.replace(/\{\{(\w+)\}\}/g, '$${__field.labels.$1}');
}

function drawnIn(color: string): DynamicConfigValue {
  return { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: color } };
}

function fixed(color: string): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor(color);
}
