/** Draws every dashboard into docs/images, from the answers of servers that run. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { dashboards } from '../../dashboards/dashboards.ts';
import type { DashboardPanel, Drawing } from '../grafana/drawing.ts';
import {
  type AnnotationQuery,
  askAnnotations,
  askPanel,
  findTrace,
  type Shown,
  type Sources,
  step,
} from './answers.ts';
import { openPanelsPage } from './panels-page.ts';

const root = path.dirname(path.dirname(import.meta.dirname));

export interface DrawOptions extends Sources {
  /** Seconds since 1970. */
  readonly end: number;
  /** Seconds shown, up to `end`. */
  readonly range: number;
  readonly onProgress: (line: string) => void;
}

export async function drawDashboards({ end, range, onProgress, ...sources }: DrawOptions): Promise<void> {
  const traceId = await findTrace(sources.jaeger, { end, range });
  // A rate needs the points of four steps: so Grafana has it.
  const shown = { end, range, rateInterval: 4 * step, traceId };
  await using opened = await openPanelsPage(onProgress);
  for (const { uid } of dashboards) {
    const drawing = await answered(uid, sources, shown);
    await opened.page.evaluate(`drawDashboard(${JSON.stringify(drawing)})`);
    await opened.page.waitForLoadState('networkidle');
    const file = `docs/images/dashboard-${uid.replace('live-otel-', '')}.png`;
    await opened.page.screenshot({ path: path.join(root, file), fullPage: true });
    onProgress(`${file} written.`);
  }
}

/** As dashboards/json says it, as far as it is read here. */
interface DashboardJson {
  readonly title: string;
  readonly panels: readonly DashboardPanel[];
  readonly annotations: { readonly list: readonly AnnotationQuery[] };
  readonly templating: { readonly list: readonly VariableJson[] };
}

interface VariableJson {
  readonly name: string;
  readonly label?: string;
  readonly hide?: number;
  readonly current: { readonly text: string | readonly string[] };
}

async function answered(uid: string, sources: Sources, shown: Shown): Promise<Drawing> {
  const text = await readFile(path.join(root, `dashboards/json/${uid}.json`), 'utf8');
  const { title, panels, annotations, templating } = JSON.parse(text) as DashboardJson;
  const asked = panels.map(async (panel) => [panel.id, await askPanel(panel, sources, shown)] as const);
  return {
    title,
    chosen: templating.list
      .filter(({ hide }) => hide !== 2)
      .map((variable) => chosen(variable, shown))
      .join(' · '),
    panels,
    answers: Object.fromEntries(await Promise.all(asked)),
    annotations: await askAnnotations(annotations.list, sources, shown),
    from: (shown.end - shown.range) * 1_000,
    to: shown.end * 1_000,
  };
}

function chosen({ name, label = name, current: { text } }: VariableJson, { traceId }: Shown): string {
  return `${label}: ${name === 'trace_id' ? traceId : [text].flat().join(', ')}`;
}
