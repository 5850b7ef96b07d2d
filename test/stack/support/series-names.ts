interface Metric {
  readonly instrument: 'counter' | 'up_down_counter' | 'histogram';
  readonly unit: string;
}

const units: Readonly<Record<string, string>> = { s: '_seconds', By: '_bytes' };

/** What Prometheus calls the series of a metric that came by OTLP (UnderscoreEscapingWithSuffixes). */
export function seriesNames(name: string, { instrument, unit }: Metric): readonly string[] {
  const base = `${name.replaceAll('.', '_')}`;
  // A unit that is the last word of the name already is not said twice.
  const suffix = units[unit] ?? '';
  const full = base.endsWith(suffix) ? base : `${base}${suffix}`;
  if (instrument === 'counter') return [`${full}_total`];
  return instrument === 'histogram' ? ['bucket', 'count', 'sum'].map((part) => `${full}_${part}`) : [full];
}
