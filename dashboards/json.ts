import type { Dashboard, DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';
import stringify from 'json-stringify-pretty-compact';
import { dashboards } from './dashboards.ts';
import { renderDashboard } from './panels/render-dashboard.ts';

/** The files of dashboards/json: what Grafana is given. */
export function dashboardFiles(): readonly { readonly name: string; readonly text: string }[] {
  return dashboards.map((spec) => ({
    name: `${spec.uid}.json`,
    text: `${stringify(slim(renderDashboard(spec)), { indent: 0, maxLength: 1_000 })}\n`,
  }));
}

/** Of interval variables, which there are none of; and of the tables of an older Grafana. */
const unknown: ReadonlySet<string> = new Set(['auto', 'auto_min', 'auto_count', 'footer']);

/** Without what the SDK writes and Grafana does not: links of panels have a third of the fields of a dashboard's. */
function slim({ panels, ...dashboard }: Dashboard): object {
  const known = (key: string, value: unknown): unknown => (unknown.has(key) ? undefined : value);
  const ofPanel = (key: string, value: unknown): unknown => {
    if (!isLink(value)) return known(key, value);
    const { title, url, targetBlank } = value;
    return { title, url, targetBlank };
  };
  return {
    ...JSON.parse(JSON.stringify(dashboard, known)),
    panels: JSON.parse(JSON.stringify(panels, ofPanel)),
  };
}

function isLink(value: unknown): value is DashboardLink {
  return typeof value === 'object' && value !== null && 'asDropdown' in value;
}
