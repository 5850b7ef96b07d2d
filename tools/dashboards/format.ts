import type { Unit } from '../../dashboards/panels/panel.ts';

/** A value in the unit of its panel, much as Grafana writes it. */
export function formatValue(value: number, unit: Unit, decimals?: number): string {
  switch (unit) {
    case 'percentunit':
      return `${round(value * 100, decimals ?? 1)} %`;
    case 's':
    case 'dtdurations':
      return value < 1 ? `${round(value * 1_000, 0)} ms` : `${round(value, decimals ?? 2)} s`;
    case 'decbytes':
      return bytes(value);
    case 'Bps':
      return `${bytes(value)}/s`;
    case 'locale':
    case 'none':
      return round(value, decimals ?? 1);
    default:
      return `${round(value, decimals ?? 1)}${unit.slice('suffix:'.length)}`;
  }
}

function bytes(value: number): string {
  if (value >= 1e6) return `${round(value / 1e6, 1)} MB`;
  return value >= 1e3 ? `${round(value / 1e3, 1)} kB` : `${round(value, 0)} B`;
}

function round(value: number, decimals: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: decimals });
}
