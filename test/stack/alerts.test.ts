/** From sessions that die to the pager, and back to silence: the rules with their real windows, Alertmanager's routing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { total } from './support/prometheus.ts';
import { receiveWebhook, type Webhook } from './support/webhook.ts';

const { otlpHttp, prometheus, alertmanager, webhook: address } = inject('urls');
const ill = `ill-${randomUUID()}`;
const well = `well-${randomUUID()}`;

let webhook: Webhook;
beforeAll(async () => {
  webhook = await receiveWebhook(address);
  await using dying = await LiveServerSimulator.start({
    script: scripts['tool-response-1011'],
    timeScale: 20,
  });
  await using healthy = await LiveServerSimulator.start({ script: scripts['tool-single'], timeScale: 20 });
  const agents = [
    startAgent({ otlp: otlpHttp, service: ill, parts: [{ url: dying.url, sessions: 12 }] }),
    startAgent({ otlp: otlpHttp, service: well, parts: [{ url: healthy.url, sessions: 12 }] }),
  ];
  for (const agent of agents) {
    await agent.finished;
    expect(await agent.end()).toBe('');
  }
});
afterAll(() => webhook?.[Symbol.asyncDispose]());

const heard = (service: string, status: string) =>
  webhook.alerts.filter(({ labels, status: said }) => labels.job === service && said === status);
const namesOf = (service: string, status: string) =>
  [...new Set(heard(service, status).map(({ labels }) => labels.alertname))].toSorted();

describe('an application whose sessions die after tool responses', () => {
  it('is reported by the rate of closures and by what preceded them', async () => {
    await eventually(async () => {
      expect(namesOf(ill, 'firing')).toEqual(['LiveClosureRateSpike', 'LiveClosuresAfterToolResponses']);
    }, 180_000);
    const [spike] = heard(ill, 'firing').filter(({ labels }) => labels.alertname === 'LiveClosureRateSpike');
    expect(spike?.labels).toMatchObject({ severity: 'critical', branch: 'fast' });
    const [after] = heard(ill, 'firing').filter(
      ({ labels }) => labels.alertname === 'LiveClosuresAfterToolResponses',
    );
    expect(after?.annotations.summary).toContain('100%');
    expect(after?.annotations.description).toContain('tool-response-1011-internal');
    expect(after?.annotations.description).toContain('get_weather');
  });

  it('is reported with a runbook that can be read there and then', async () => {
    for (const { annotations } of heard(ill, 'firing')) {
      const url = new URL(annotations.runbook_url ?? '');
      const page = await fetch(url);
      expect([url.href, page.status]).toEqual([url.href, 200]);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(await page.text()).toContain(` id="${url.hash.slice(1)}"`);
    }
  });

  it('is known to Alertmanager as firing', async () => {
    const alerts = await getJson<readonly { labels: Record<string, string> }[]>(
      `${alertmanager}/api/v2/alerts`,
      {
        filter: `job="${ill}"`,
      },
    );
    expect(new Set(alerts.map(({ labels }) => labels.alertname))).toEqual(
      new Set(['LiveClosureRateSpike', 'LiveClosuresAfterToolResponses']),
    );
  });

  it('is reported as recovered once its sessions end well', async () => {
    await using healthy = await LiveServerSimulator.start({ script: scripts['tool-single'], timeScale: 100 });
    const part = { url: healthy.url, sessions: 120, parallel: 10, turns: 8 };
    const agent = startAgent({ otlp: otlpHttp, service: ill, parts: [part] });
    await agent.finished;
    await eventually(async () => {
      expect(namesOf(ill, 'resolved')).toEqual(['LiveClosureRateSpike', 'LiveClosuresAfterToolResponses']);
    }, 180_000);
    expect(await agent.end()).toBe('');
  });
});

it('an application whose sessions end well is not reported', async () => {
  expect(await total(prometheus, `gemini_live_closures_total{job="${well}"}`)).toBe(12);
  expect(webhook.alerts.filter(({ labels }) => labels.job === well)).toEqual([]);
});
