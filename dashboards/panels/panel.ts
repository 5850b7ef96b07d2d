/** What a panel says, apart from how Grafana wants it written down. */

import type { AttributeName } from '../../src/conventions/attributes.ts';
import type { SpanId } from '../../src/conventions/spans.ts';
import type { HistogramName } from '../promql/names.ts';

/** Grafana's names of units. https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
export type Unit =
  // Whole numbers with separators: 5,123, where `short` says 5.12 K.
  'locale' | 'none' | 's' | 'ms' | 'decbytes' | 'Bps' | 'percentunit' | 'suffix:×';

/** A search in Jaeger for the spans that a panel is about: by name, where that ends in no model or tool, and by attributes. */
export interface JaegerSearch {
  readonly operation?: 'live_closure' | 'send_tool_response';
  readonly tags?: { readonly [Name in AttributeName]?: string };
}

export interface PromQuery {
  readonly expr: string;
  /** Text of the legend, with `{{label}}` for labels. For a table: the title of the column. */
  readonly legend: string;
  /** Ask for the exemplars of the series as well. Only those of `span_metrics` have any. */
  readonly exemplar?: true;
  /** Another unit than the panel's, for a column of a table. */
  readonly unit?: Unit;
  /** Of its curves, bars or gauges. */
  readonly color?: Color;
}

type Hue = 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'purple';
/** Grafana's names. */
export type Color = Hue | `${'light' | 'dark'}-${Hue}` | 'gray' | 'text';

/** What a curve or bar of that name is drawn in; a name between slashes is a regular expression. */
export type Colors = Readonly<Record<string, Color>>;

export interface Threshold {
  /** From this value on; the first step has none. */
  readonly from?: number;
  readonly color: Color;
}

interface Common {
  /** Of the panel in its dashboard; links and snapshots hold on to it, so it never changes. */
  readonly id: number;
  readonly title: string;
  /** How to read it. */
  readonly description: string;
  readonly unit: Unit;
  /** Of the 24 columns of the grid. */
  readonly width: number;
  readonly height: number;
  /** The spans behind it. */
  readonly jaeger: JaegerSearch;
  readonly decimals?: number;
  readonly thresholds?: readonly Threshold[];
}

interface OfPrometheus extends Common {
  readonly queries: readonly PromQuery[];
}

/** One number, or a few. */
export interface StatPanel extends OfPrometheus {
  readonly kind: 'stat';
}

/** Curves over time, or bars that are stacked. */
export interface TimePanel extends OfPrometheus {
  readonly kind: 'time';
  readonly stacked?: true;
  readonly max?: number;
  /** Beside the axis, where the unit does not say all: `per hour`. */
  readonly axis?: string;
  readonly colors?: Colors;
  /** For names that are not known beforehand: each its own shade of this. */
  readonly shadesOf?: Color;
  /** For names that are not known beforehand: each its own colour, whatever else is shown. */
  readonly colorByName?: true;
}

/** A bar for each value of a label. */
export interface BarsPanel extends OfPrometheus {
  readonly kind: 'bars';
  /** Clicking a bar searches Jaeger for the spans with that value. */
  readonly label?: AttributeName;
  readonly colors?: Colors;
}

/** A bar for each bucket of one histogram. */
export interface DistributionPanel extends OfPrometheus {
  readonly kind: 'distribution';
  readonly histogram: HistogramName;
  /** Bins with a meaning of their own: those above `from`, up to `to`. */
  readonly marks?: readonly { readonly from: number; readonly to: number }[];
}

/** How much of each of several histograms lies below each boundary. */
export interface CumulativePanel extends OfPrometheus {
  readonly kind: 'cumulative';
}

/** A row for each value of a label, a column for each query. */
export interface TablePanel extends OfPrometheus {
  readonly kind: 'table';
  readonly label: AttributeName;
  /** Title of the column of that label. */
  readonly labelTitle: string;
}

/** The trace of the variable `trace_id`. */
export interface TracePanel extends Common {
  readonly kind: 'trace';
}

/** The spans of that trace that have a name, with their attributes. */
export interface SpanTablePanel extends Common {
  readonly kind: 'spans';
  readonly span: SpanId;
}

export type PrometheusPanel =
  | StatPanel
  | TimePanel
  | BarsPanel
  | DistributionPanel
  | CumulativePanel
  | TablePanel;
export type JaegerPanel = TracePanel | SpanTablePanel;
export type Panel = PrometheusPanel | JaegerPanel;

export interface Row {
  readonly id: number;
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface DashboardSpec {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** What it asks for at its top, besides data sources, service and model. */
  readonly variables: readonly ('objective' | 'trace_id')[];
  readonly from: string;
  readonly rows: readonly Row[];
}

export function isJaegerPanel(panel: Panel): panel is JaegerPanel {
  return panel.kind === 'trace' || panel.kind === 'spans';
}
