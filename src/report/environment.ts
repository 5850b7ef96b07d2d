/** Which models, SDKs and services the sessions were of. Pure. */

import type { RiskTables } from '../analysis/risk/tables.ts';
import type { EnvironmentRow } from './report.ts';

/** The most sessions first. */
export function environment({ endings }: Pick<RiskTables, 'endings'>): readonly EnvironmentRow[] {
  const rows = new Map<string, EnvironmentRow>();
  for (const { factors, ending, sessions } of endings) {
    const { model, provider, sdk, service } = factors;
    const key = JSON.stringify([model, provider, sdk, service]);
    const known = rows.get(key);
    rows.set(key, {
      model,
      provider,
      sdk,
      service,
      sessions: (known?.sessions ?? 0) + sessions,
      unexpected: (known?.unexpected ?? 0) + (ending.expected ? 0 : sessions),
    });
  }
  return [...rows.values()].sort((a, b) => b.sessions - a.sessions || (a.model < b.model ? -1 : 1));
}
