/** Options of `live-otel report`, as the command line gives them. */
export interface ReportOptions {
  readonly format: 'text' | 'markdown' | 'json';
  readonly html?: string;
  /** Everything, not only the answer. */
  readonly all?: boolean;
  /** Sessions kept whole. */
  readonly sessions?: number;
  /** Session or trace id, or what it begins with. */
  readonly session?: string;
  readonly compare?: boolean;
  readonly failOn?: readonly string[];
  /** A file of prices. */
  readonly prices?: string;
  readonly jaeger?: string;
  readonly tempo?: string;
  readonly service?: string;
  readonly since?: string;
  readonly until?: string;
  readonly fromAggregates?: boolean;
  readonly ascii?: boolean;
  readonly progress?: boolean;
}
