/**
 * npm run dashboards:pictures -- [--minutes 13] [--prometheus URL --jaeger URL]
 *
 * Draws the dashboards into docs/images/dashboard-*.png: a real Collector, Prometheus and Jaeger with simulated traffic
 * answer the panels' queries, and ECharts draws the answers. It is not Grafana that draws them.
 *
 *   --minutes N        traffic for so long; ten minutes and more show the life of a connection
 *   --prometheus URL, --jaeger URL   ask these, which have had their traffic, and start none
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { drawDashboards } from './dashboards/draw.ts';
import { startTraffic } from './dashboards/traffic.ts';
import { startStack } from './stack/run.ts';

const onProgress = (line: string): void => console.log(line);

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '13' },
    prometheus: { type: 'string' },
    jaeger: { type: 'string' },
  },
});
const { prometheus, jaeger } = values;
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes ${values.minutes}: a number greater than 0 is allowed.`);
  process.exit(1);
}
const range = minutes * 60;
if (prometheus !== undefined && jaeger !== undefined) {
  await drawDashboards({ prometheus, jaeger, range, onProgress });
} else {
  await drawOwnTraffic();
}

async function drawOwnTraffic(): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'live-otel-pictures-'));
  await using stack = await startStack({
    dataDir,
    ports: 'free',
    only: ['prometheus', 'jaeger', 'collector'],
    pace: { spanMetrics: '5s' },
    onProgress,
  });
  await using _traffic = await startTraffic(stack.urls.otlpHttp, onProgress);
  onProgress(`traffic for ${minutes} minutes`);
  await sleep(range * 1_000);
  await drawDashboards({ ...stack.urls, range, onProgress });
}
