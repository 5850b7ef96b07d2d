import { dashboards } from './dashboards.ts';
import { renderDashboard } from './panels/render-dashboard.ts';

/** The files of dashboards/json: what Grafana is given. */
export function dashboardFiles(): readonly { readonly name: string; readonly text: string }[] {
  return dashboards.map((spec) => ({
    name: `${spec.uid}.json`,
    text: `${JSON.stringify(renderDashboard(spec), undefined, 1)}\n`,
  }));
}
