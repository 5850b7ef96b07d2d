/** What the page is given: a dashboard of dashboards/json, and what the data sources answered. */

export interface Drawing {
  readonly title: string;
  /** Under the title: the variables and what is chosen. */
  readonly chosen: string;
  readonly panels: readonly DashboardPanel[];
  /** By the id of the panel, in the order of its targets. */
  readonly answers: Readonly<Record<number, readonly Answer[]>>;
  readonly annotations: readonly Annotation[];
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** As dashboards/json says it, as far as the page reads it. */
export interface DashboardPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Target[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fieldConfig?: { readonly defaults: object; readonly overrides: readonly object[] };
  readonly transformations?: readonly { readonly id: string; readonly options: object }[];
}

/** A query of Prometheus; one of Jaeger has no `expr`. */
export interface Target {
  readonly refId: string;
  readonly expr?: string;
  readonly legendFormat?: string;
  readonly format?: 'time_series' | 'table' | 'heatmap';
  readonly range?: boolean;
  readonly exemplar?: boolean;
  readonly query?: string;
}

export type Answer =
  | { readonly kind: 'series'; readonly series: readonly Series[]; readonly exemplars: readonly Exemplar[] }
  | { readonly kind: 'trace'; readonly spans: readonly Span[] };

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970, and the value. */
  readonly points: readonly (readonly [number, number])[];
}

/** Milliseconds since 1970, and the value of the series. */
export interface Exemplar {
  readonly at: number;
  readonly value: number;
}

export interface Annotation {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of Grafana's palette. */
  readonly color: string;
}

/** A span as Jaeger's API says it. */
export interface Span {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  /** Microseconds since 1970. */
  readonly startTime: number;
  /** Microseconds. */
  readonly duration: number;
  readonly references: readonly { readonly spanID: string }[];
  readonly tags: readonly { readonly key: string; readonly value: string | number | boolean }[];
}
