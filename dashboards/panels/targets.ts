/** Queries as Grafana writes them down. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { datasource } from './datasources.ts';
import type { PromQuery } from './panel.ts';

/** Metrics are exported once a minute unless configured otherwise: a narrower window would often see one point alone. */
const minStep = '1m';

type Form = 'curve' | 'number' | 'buckets' | 'rows';

const formats: Readonly<Record<Form, PromQueryFormat>> = {
  curve: PromQueryFormat.TimeSeries,
  number: PromQueryFormat.TimeSeries,
  buckets: PromQueryFormat.Heatmap,
  rows: PromQueryFormat.Table,
};

export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** @param form a curve is asked for over the time shown, everything else once, at its end */
export function promTarget(query: PromQuery, index: number, form: Form): DataqueryBuilder {
  const target = new DataqueryBuilder()
    .datasource(datasource('prometheus'))
    .refId(refId(index))
    .expr(query.expr)
    .legendFormat(query.legend)
    .format(formats[form])
    .exemplar(query.exemplar === true);
  return form === 'curve' ? target.range().interval(minStep) : target.instant();
}

/** The SDK has no queries for Jaeger. https://grafana.com/docs/grafana/latest/datasources/jaeger/ */
export function traceTarget(): Builder<Dataquery> {
  const target = { refId: refId(0), datasource: datasource('jaeger'), query: '$trace_id' };
  return { build: () => ({ ...target, _implementsDataqueryVariant() {} }) };
}
