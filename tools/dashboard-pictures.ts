/**
 * npm run dashboards:pictures -- [--minutes 13] [--prometheus URL --jaeger URL [--until TIME]]
 *
 * Draws the dashboards into docs/images/dashboard-*.png: a real Collector, Prometheus and Jaeger with simulated traffic
 * answer the queries of dashboards/json, and Grafana's own panels (tools/grafana) draw the answers.
 *
 *   --minutes N        traffic for so long; ten minutes and more show the life of a connection
 *   --prometheus URL, --jaeger URL   ask these, which have had their traffic, and start none
 *   --until TIME       the end of the minutes shown, such as 2026-11-26T21:45:00Z; default: now
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { drawDashboards } from './dashboards/draw.ts';
import { playTraffic } from './dashboards/traffic.ts';
import { startStack } from './stack/run.ts';

const onProgress = (line: string): void => console.log(line);

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '13' },
    prometheus: { type: 'string' },
    jaeger: { type: 'string' },
    until: { type: 'string' },
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
  const end = values.until === undefined ? Date.now() : Date.parse(values.until);
  if (Number.isNaN(end)) {
    console.error(`--until ${values.until}: a time is allowed, such as 2026-11-26T21:45:00Z.`);
    process.exit(1);
  }
  await drawDashboards({ prometheus, jaeger, range, end: end / 1_000, onProgress });
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
  const end = await playTraffic(stack.urls.otlpHttp, minutes, onProgress);
  await drawDashboards({ ...stack.urls, range, end, onProgress });
}
