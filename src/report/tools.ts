/** The tools by how often a session ended after their responses. Pure. */

import type { Quantiles } from '../analysis/risk/quantiles.ts';
import type { RiskTables } from '../analysis/risk/tables.ts';
import { proportion } from '../analysis/statistics/proportion.ts';
import type { ToolRow } from './report.ts';

/** Tools beyond these are left out. */
const most = 50;

/** Worst first: the most closures above what the average tool would have had; then the most used. */
export function toolRows({
  toolResponses,
  toolCalls,
}: Pick<RiskTables, 'toolResponses' | 'toolCalls'>): readonly ToolRow[] {
  const names = new Set([
    ...toolResponses.map(({ factors }) => factors.tool),
    ...toolCalls.map(({ factors }) => factors.tool),
  ]);
  const all = toolResponses.reduce((sum, { units }) => sum + units, 0);
  const closed = toolResponses.reduce((sum, { closures }) => sum + closures, 0);
  const average = all > 0 ? closed / all : 0;
  const excess = ({ closures, responses }: ToolRow): number => closures - average * responses;
  return [...names]
    .map((tool) => toolRow(tool, toolResponses, toolCalls))
    .sort((a, b) => excess(b) - excess(a) || b.calls - a.calls || (a.tool < b.tool ? -1 : 1))
    .slice(0, most);
}

function toolRow(
  tool: string,
  toolResponses: RiskTables['toolResponses'],
  toolCalls: RiskTables['toolCalls'],
): ToolRow {
  const own = toolResponses.filter(({ factors }) => factors.tool === tool);
  const responses = own.reduce((sum, { units }) => sum + units, 0);
  const closures = own.reduce((sum, cell) => sum + cell.closures, 0);
  const share = proportion(closures, responses);
  const latency = quantiles(
    own.map(({ factors, units }) => ({
      value: factors.latency < 0 ? -1 : 2 ** (factors.latency + 0.5) / 1_000,
      units,
    })),
  );
  const bytes = quantiles(
    own.map(({ factors, units }) => ({
      value: factors.size < 0 ? -1 : 2 ** ((factors.size + 0.5) / 2),
      units,
    })),
  );
  return {
    tool,
    calls: toolCalls.reduce((sum, { factors, units }) => sum + (factors.tool === tool ? units : 0), 0),
    responses,
    closures,
    ...(share && { share }),
    ...(latency && { latency }),
    ...(bytes && { bytes }),
  };
}

interface Weighted {
  /** Middle of its bin; below 0 where it is not known. */
  readonly value: number;
  readonly units: number;
}

function quantiles(values: readonly Weighted[]): Quantiles | undefined {
  const known = values
    .filter(({ value, units }) => value >= 0 && units > 0)
    .sort((a, b) => a.value - b.value);
  const total = known.reduce((sum, { units }) => sum + units, 0);
  if (total === 0) return undefined;
  const at = (share: number): number => {
    let seen = 0;
    for (const { value, units } of known) {
      seen += units;
      if (seen >= share * total - 1e-9) return round(value);
    }
    return round(known.at(-1)?.value ?? 0);
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** A bin is no sharper than this. */
function round(value: number): number {
  return Number(value.toPrecision(2));
}
