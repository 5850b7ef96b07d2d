import { createServer } from 'node:http';

export interface Notified {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Webhook extends AsyncDisposable {
  /** Every alert of every message, in the order they came. */
  readonly alerts: readonly Notified[];
}

/** Takes the messages of Alertmanager at an address that was chosen before. */
export async function receiveWebhook(url: string): Promise<Webhook> {
  const alerts: Notified[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      alerts.push(...(JSON.parse(body) as { readonly alerts: readonly Notified[] }).alerts);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(new URL(url).port), '127.0.0.1', resolve);
  });
  return {
    alerts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
