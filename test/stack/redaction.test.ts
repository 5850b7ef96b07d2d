/** The collector's own line of defence: what another instrumentation, or a mistake, puts into attributes. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { findTrace } from './support/jaeger.ts';
import { labelValues } from './support/prometheus.ts';

const { otlpHttp, jaeger, prometheus } = inject('urls');
const dataDir = inject('dataDir');
const service = `careless-${randomUUID()}`;
const random = randomBytes(18).toString('hex');

/** Each with a part that must not be found anywhere. The first are known by their shape, the others by their names alone. */
const shaped = {
  'http.url': `wss://host/ws?key=AIzaSy${random}a&x=1`,
  'url.full': `wss://host/ws?access_token=ya29.${random}b`,
  'db.statement': `{"sessionResumption":{"handle":"${random}c"}}`,
  note: `the token auth_tokens/${random}d was used`,
  jwt: `eyJhbGciOiJIUzI1NiJ9.${random}e.${random}f`,
} as const;
const secrets = {
  ...shaped,
  'http.request.header.authorization': `Bearer ${random}g`,
  'http.request.header.x-goog-api-key': `${random}h`,
  'gemini.live.resumption.handle': `${random}i`,
  newHandle: `${random}j`,
} as const;
const harmless = {
  'gemini.live.closure.handle_age': '12.5',
  'gemini.live.resumption.handle_hash': 'a1b2c3d4',
  'gen_ai.usage.input_tokens': '250',
  'gemini.live.closure.reason': 'Requested entity was not found.',
  'gemini.live.closure.cause': 'tool-response-1008-not-found',
};
const attributes = Object.entries({ ...secrets, ...harmless }).map(([key, value]) => ({
  key,
  value: { stringValue: value },
}));
const listed = Object.values(shaped).map((stringValue) => ({ stringValue }));
const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }, ...attributes] };

async function send(signal: string, body: object): Promise<void> {
  const { status } = await fetch(`${otlpHttp}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(status).toBe(200);
}

it('keeps keys, tokens and handles out of Jaeger, and what merely speaks of them in it', async () => {
  const now = BigInt(Date.now()) * 1_000_000n;
  const traceId = randomBytes(16).toString('hex');
  await send('traces', {
    resourceSpans: [
      {
        resource,
        scopeSpans: [
          {
            scope: { name: 'careless', attributes },
            spans: [
              {
                traceId,
                spanId: randomBytes(8).toString('hex'),
                name: 'live_closure',
                kind: 1,
                startTimeUnixNano: String(now),
                endTimeUnixNano: String(now + 5_000_000n),
                attributes: [...attributes, { key: 'several', value: { arrayValue: { values: listed } } }],
                events: [{ timeUnixNano: String(now), name: 'frame', attributes }],
                status: { code: 2, message: `failed at ${secrets['http.url']} with ${secrets['url.full']}` },
              },
            ],
          },
        ],
      },
    ],
  });
  const spans = await eventually(async () => {
    const found = await findTrace(jaeger, traceId);
    expect(found).toHaveLength(1);
    return found;
  });
  expect(spans[0]?.attributes).toMatchObject(harmless);
  expect(spans[0]?.events[0]?.attributes).toMatchObject(harmless);
  for (const address of [`${jaeger}/api/v3/traces/${traceId}`, `${jaeger}/api/traces/${traceId}`]) {
    const text = await (await fetch(address)).text();
    expect(text).toContain('live_closure');
    expect(text).not.toContain(random);
  }
});

it('keeps them out of Prometheus', async () => {
  const now = BigInt(Date.now()) * 1_000_000n;
  await send('metrics', {
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [
          {
            scope: { name: 'careless' },
            metrics: [
              {
                name: 'careless.requests',
                sum: {
                  aggregationTemporality: 2,
                  isMonotonic: true,
                  dataPoints: [
                    {
                      attributes,
                      asInt: '1',
                      startTimeUnixNano: String(now - 1_000n),
                      timeUnixNano: String(now),
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  });
  const selector = `{job="${service}"}`;
  await eventually(async () => {
    expect(await labelValues(prometheus, '__name__', selector)).toContain('careless_requests_total');
  });
  const series = await fetch(`${prometheus}/api/v1/series?match[]=${encodeURIComponent(selector)}`);
  const text = await series.text();
  expect(text).toContain('careless_requests_total');
  expect(text).not.toContain(random);
});

it('keeps them out of the log records that it writes', async () => {
  await send('logs', {
    resourceLogs: [
      {
        resource,
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
                body: {
                  stringValue: `careless: ${JSON.stringify(secrets['http.url'])} ${secrets.note} ${secrets['db.statement']}`,
                },
                attributes,
              },
            ],
          },
        ],
      },
    ],
  });
  const file = `${dataDir}/collector/logs/logs.jsonl`;
  const line = await eventually(async () => {
    const found = readFileSync(file, 'utf8')
      .split('\n')
      .find((text) => text.includes(service));
    expect(found).toBeDefined();
    return found;
  });
  expect(line).toContain('careless');
  expect(line).not.toContain(random);
});
