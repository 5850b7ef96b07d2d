import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import { expect, it, onTestFinished } from 'vitest';
import { LiveServerSimulator, type Script, scripts } from '../../src/testing/index.ts';
import { answerAtOnce, hello, runApplication, tools, turnComplete } from './application.ts';
import { startRecording } from './recording.ts';

/** Keeps what reaches it, and tells of each batch. */
class Arrivals implements SpanExporter {
  readonly batches: string[][] = [];
  #arrived: () => void = () => {};

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.batches.push(spans.map(({ name }) => name.split(' ')[0] as string));
    done({ code: 0 });
    this.#arrived();
  }

  async shutdown(): Promise<void> {}

  get names(): string[] {
    return this.batches.flat();
  }

  /** Resolves once that many spans of the name have reached the exporter. */
  async received(name: string, count = 1): Promise<void> {
    while (this.names.filter((one) => one === name).length < count) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }
}

const anHour = 3_600_000;

async function talk(script: Script) {
  const exporter = new Arrivals();
  const spanProcessor = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: anHour,
    maxExportBatchSize: 512,
  });
  const recording = await startRecording({ spanProcessor });
  const simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
  onTestFinished(async () => {
    await simulator.close();
    await recording.tracerProvider.shutdown();
  });
  const connect = () =>
    runApplication(recording.sdk, simulator.url, { config: { tools }, onmessage: answerAtOnce() });
  return { exporter, recording, connect };
}

it('an unexpected closure reaches the exporter at once, with the spans of its session', async () => {
  const { exporter, connect } = await talk(scripts['tool-response-1011']);
  const app = connect();
  (await app.connected).sendClientContent(hello);
  await exporter.received('live_session');
  expect(exporter.names.toSorted()).toEqual([
    'execute_tool',
    'live_closure',
    'live_connect',
    'live_session',
    'realtime_inference',
    'send_tool_response',
  ]);
});

it('a connect() that fails reaches the exporter at once', async () => {
  const { exporter, connect } = await talk(scripts['setup-rejected']);
  await expect(connect().connected).rejects.toThrow();
  await exporter.received('live_closure');
  expect(exporter.names.toSorted()).toEqual(['live_closure', 'live_connect', 'live_session']);
});

it('an expected closure waits for the batch', async () => {
  const { exporter, recording, connect } = await talk(scripts['tool-single']);
  const app = connect();
  const session = await app.connected;
  session.sendClientContent(hello);
  await app.seen(turnComplete);
  session.close();
  await app.closed;
  expect(exporter.batches).toEqual([]);
  await recording.tracerProvider.forceFlush();
  expect(exporter.names).toContain('live_closure');
});

it('closures that come together all reach it', async () => {
  const { exporter, connect } = await talk(scripts['tool-response-1011']);
  const apps = Array.from({ length: 20 }, connect);
  for (const app of apps) (await app.connected).sendClientContent(hello);
  await exporter.received('live_session', 20);
  expect(exporter.names.filter((name) => name === 'live_closure')).toHaveLength(20);
  expect(exporter.batches.length).toBeLessThanOrEqual(20);
});
