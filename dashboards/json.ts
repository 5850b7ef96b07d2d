import type { Dashboard, DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';
import stringify from 'json-stringify-pretty-compact';
import { dashboards } from './dashboards.ts';
import { renderDashboard } from './panels/render-dashboard.ts';

/** The files of dashboards/json: what Grafana is given. */
export function dashboardFiles(): readonly { readonly name: string; readonly text: string }[] {
  return dashboards.map((spec) => ({
    name: `${spec.uid}.json`,
    text: `${stringify(slim(renderDashboard(spec)), { indent: 1, maxLength: 120 })}\n`,
  }));
}

/** The SDK writes links of panels like those of dashboards, which have three times as many fields. */
function slim(dashboard: Dashboard): object {
  const panels = JSON.stringify(dashboard.panels, (_key, value: unknown) => {
    if (!isLink(value)) return value;
    const { title, url, targetBlank } = value;
    return { title, url, targetBlank };
  });
  return { ...dashboard, panels: JSON.parse(panels) };
}

function isLink(value: unknown): value is DashboardLink {
  return typeof value === 'object' && value !== null && 'asDropdown' in value;
}
