/** Answers as the data frames that Grafana's data sources make of them. */
import { type DataFrame, type Field, FieldType } from '@grafana/data';
import type { Answer, DashboardPanel, Series, Span, Target } from './drawing.ts';

export function framesOf(
  { targets = [] }: DashboardPanel,
  answers: readonly Answer[],
  step: number,
): DataFrame[] {
  return targets.flatMap((target, index) => {
    const answer = answers[index];
    if (answer === undefined) return [];
    if (answer.kind === 'trace') return [spanFrame(target, answer.spans)];
    switch (target.format) {
      case 'table':
        return [tableFrame(target, answer.series, targets.length)];
      case 'heatmap':
        return bucketFrames(target, answer.series, step);
      default:
        return answer.series.map((series) => seriesFrame(target, series, step));
    }
  });
}

function seriesFrame(
  { refId, legendFormat = '' }: Target,
  { labels, points }: Series,
  step: number,
): DataFrame {
  const name = legendFormat.replace(/\{\{\s*(.+?)\s*\}\}/g, (_match, label: string) => labels[label] ?? '');
  return frame(refId, name, [
    {
      name: 'Time',
      type: FieldType.time,
      config: { interval: step },
      values: points.map(([at]) => at * 1_000),
    },
    {
      name: 'Value',
      type: FieldType.number,
      config: { displayNameFromDS: name },
      labels: { ...labels },
      values: points.map(([, value]) => value),
    },
  ]);
}

/** Buckets by their upper ends, each without what is in those below it. */
function bucketFrames(target: Target, series: readonly Series[], step: number): DataFrame[] {
  const ordered = series.toSorted((one, other) => upperEnd(one) - upperEnd(other));
  return ordered.map(({ labels, points }, index) => {
    const below = ordered[index - 1]?.points;
    const own = points.map(([at, value], point) => [at, value - (below?.[point]?.[1] ?? 0)] as const);
    return seriesFrame(target, { labels, points: own }, step);
  });
}

function upperEnd({ labels }: Series): number {
  return labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
}

/** A column for each label. */
function tableFrame({ refId }: Target, series: readonly Series[], targets: number): DataFrame {
  const labels = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].toSorted();
  const last = series.map(({ points }) => points.at(-1));
  return frame(refId, undefined, [
    {
      name: 'Time',
      type: FieldType.time,
      config: {},
      values: last.map((point) => (point?.[0] ?? 0) * 1_000),
    },
    ...labels.map((label): Field => {
      const texts = series.map(({ labels }) => labels[label]);
      return label === 'le'
        ? { name: label, type: FieldType.number, config: { filterable: true }, values: texts.map(Number) }
        : { name: label, type: FieldType.string, config: { filterable: true }, values: texts };
    }),
    {
      name: targets > 1 ? `Value #${refId}` : 'Value',
      type: FieldType.number,
      config: {},
      values: last.map((point) => point?.[1]),
    },
  ]);
}

function spanFrame({ refId }: Target, spans: readonly Span[]): DataFrame {
  const column = (name: string, type: FieldType, of: (span: Span) => unknown): Field => ({
    name,
    type,
    config: {},
    values: spans.map(of),
  });
  return frame(refId, undefined, [
    column('traceID', FieldType.string, ({ traceID }) => traceID),
    column('spanID', FieldType.string, ({ spanID }) => spanID),
    column('parentSpanID', FieldType.string, ({ references }) => references[0]?.spanID),
    column('operationName', FieldType.string, ({ operationName }) => operationName),
    column('startTime', FieldType.number, ({ startTime }) => startTime / 1_000),
    column('duration', FieldType.number, ({ duration }) => duration / 1_000),
    column('tags', FieldType.other, ({ tags }) => tags),
  ]);
}

function frame(refId: string, name: string | undefined, fields: Field[]): DataFrame {
  return { refId, ...(name !== undefined && { name }), fields, length: fields[0]?.values.length ?? 0 };
}
