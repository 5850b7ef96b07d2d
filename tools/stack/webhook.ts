/**
 * Where Alertmanager's messages go in a stack without a pager: printed, one line an alert. docker compose runs this file
 * alone, so it imports nothing but Node:
 *
 *   node webhook.ts [host] [port]
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Alert {
  readonly status: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Webhook {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens for Alertmanager's webhook messages. Answers 400 to what is none. */
export async function startWebhook(
  host: string,
  port: number,
  write: (line: string) => void,
): Promise<Webhook> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      // A look at the address, or a health check.
      if (request.method !== 'POST') return response.end('Alertmanager posts its messages here.\n');
      try {
        for (const line of describeAlerts(body)) write(line);
        response.end();
      } catch {
        response.writeHead(400).end('This is no message of Alertmanager.\n');
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

/** One line for each alert of a message. Throws where the text is no such message. */
export function describeAlerts(body: string): readonly string[] {
  const { alerts } = JSON.parse(body) as { readonly alerts: readonly Alert[] };
  return alerts.map(({ status, labels = {}, annotations = {} }) =>
    [
      `alert ${status}: ${labels.alertname ?? 'without a name'} (${labels.severity ?? 'no severity'}, ${labels.job ?? 'no service'})`,
      annotations.summary,
      annotations.description,
      annotations.runbook_url,
    ]
      .filter((part) => part)
      .join('  '),
  );
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '9095'] = process.argv.slice(2);
  const webhook = await startWebhook(host, Number(port), (line) => console.log(line));
  console.log(`Waiting for alerts on ${host}:${webhook.port}.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void webhook.close());
}
