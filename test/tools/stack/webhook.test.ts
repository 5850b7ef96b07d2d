import { afterEach, expect, test } from 'vitest';
import { startWebhook, type Webhook } from '../../../tools/stack/webhook.ts';

let webhook: Webhook | undefined;
afterEach(() => webhook?.close());

test('each alert of a message is one line', async () => {
  const lines: string[] = [];
  webhook = await startWebhook('127.0.0.1', 0, (line) => lines.push(line));
  const alert = {
    status: 'firing',
    labels: { alertname: 'LiveClosureRateSpike', severity: 'critical', job: 'agent' },
    annotations: {
      summary: 'half of the sessions die',
      description: 'Cause: x.',
      runbook_url: 'http://x/user/runbook.html#a',
    },
  };
  const response = await post(webhook.port, JSON.stringify({ alerts: [alert, { status: 'resolved' }] }));
  expect(response.status).toBe(200);
  expect(lines).toEqual([
    'alert firing: LiveClosureRateSpike (critical, agent)  half of the sessions die  Cause: x.  http://x/user/runbook.html#a',
    'alert resolved: without a name (no severity, no service)',
  ]);
});

test('what is no message of Alertmanager is refused', async () => {
  const lines: string[] = [];
  webhook = await startWebhook('127.0.0.1', 0, (line) => lines.push(line));
  for (const body of ['', '{}', '[1]', 'alerts']) {
    expect((await post(webhook.port, body)).status).toBe(400);
  }
  expect((await fetch(`http://127.0.0.1:${webhook.port}/`)).status).toBe(200);
  expect(lines).toEqual([]);
});

function post(port: number, body: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
}
