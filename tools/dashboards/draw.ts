/** Draws every dashboard into docs/images, from the answers of servers that run. */
import path from 'node:path';
import { chromium } from 'playwright-core';
import { dashboards } from '../../dashboards/dashboards.ts';
import type { Panel } from '../../dashboards/panels/panel.ts';
import { type Answers, askPrometheus, askTrace, findTrace } from './answers.ts';
import { pageWidth, renderPage } from './page.ts';

const root = path.dirname(path.dirname(import.meta.dirname));

export interface DrawOptions {
  readonly prometheus: string;
  readonly jaeger: string;
  /** Seconds shown, up to now. */
  readonly range: number;
  readonly onProgress: (line: string) => void;
}

export async function drawDashboards({ prometheus, jaeger, range, onProgress }: DrawOptions): Promise<void> {
  const traceId = await findTrace(jaeger);
  const trace = await askTrace(jaeger, traceId);
  const shown = { end: Date.now() / 1_000, range, step: 15, rateInterval: 60, traceId };
  const remark = `The answers of a real Prometheus and Jaeger to the queries of the panels, over ${Math.round(range / 60)} minutes of simulated traffic, drawn by ECharts. Not Grafana.`;
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: pageWidth, height: 800 } });
  for (const spec of dashboards) {
    const answers = new Map<Panel, Answers>();
    for (const panel of spec.rows.flatMap(({ panels }) => panels)) {
      answers.set(panel, await askPrometheus(prometheus, spec.uid, panel, shown));
    }
    await page.setContent(renderPage(spec, answers, trace, remark));
    const file = `docs/images/dashboard-${spec.uid.replace('live-otel-', '')}.png`;
    await page.screenshot({ path: path.join(root, file), fullPage: true });
    onProgress(`${file} written.`);
  }
  await browser.close();
}
