import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveInstrumentation } from '../../src/index.ts';
import { LiveServerSimulator, parseRecording, type RecordedFrame } from '../../src/testing/index.ts';
import { sdkLines } from '../support/sdk-lines.ts';
import { recordedTraffic } from './folder.ts';
import { renderSpanTree } from './span-tree.ts';

const { folder, files } = recordedTraffic();
const require = createRequire(import.meta.url);
const clients = sdkLines.flatMap((sdk) => [
  { sdk, kind: 'CommonJS', load: async () => require(sdk) as typeof import('@google/genai') },
  { sdk, kind: 'ES module', load: () => import(sdk) as Promise<typeof import('@google/genai')> },
]);

function messageOf(frame: RecordedFrame | undefined) {
  return JSON.parse(new TextDecoder().decode(frame?.data));
}

/** Sends what the application sent in the recording, each frame after the answers it had by then. */
async function replay(
  sdk: typeof import('@google/genai'),
  frames: readonly RecordedFrame[],
  url: string,
  vertex: boolean,
) {
  const ai = new sdk.GoogleGenAI({ vertexai: vertex, apiKey: 'test-key', httpOptions: { baseUrl: url } });
  let received = 0;
  let arrived: () => void = () => {};
  let closed: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const receivedAll = async (count: number): Promise<void> => {
    while (received < count) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  };
  const { setup } = messageOf(frames[0]);
  const session = await ai.live.connect({
    model: setup.model,
    config: { ...setup.generationConfig, tools: setup.tools, realtimeInputConfig: setup.realtimeInputConfig },
    callbacks: {
      onmessage() {
        received++;
        arrived();
      },
      onclose: () => closed(),
    },
  });
  let before = 0;
  for (const frame of frames.slice(1)) {
    if (frame.from === 'server') {
      before++;
      continue;
    }
    await receivedAll(before);
    const message = messageOf(frame);
    if (message.clientContent) session.sendClientContent(message.clientContent);
    else if (message.toolResponse) session.sendToolResponse(message.toolResponse);
    else if (message.realtimeInput.mediaChunks)
      session.sendRealtimeInput({ media: message.realtimeInput.mediaChunks[0] });
    else session.sendRealtimeInput(message.realtimeInput);
  }
  await receivedAll(before);
  session.close();
  await ended;
}

/** Of each recording. In one file, so that an attribute more is one file that changes. */
const trees = new Map<string, string>();

describe.each(files)('%s', (name) => {
  const recording = parseRecording(readFileSync(join(folder, name), 'utf8'));

  it.each(clients)('gives the same span tree with $sdk as $kind', async ({ load }) => {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    // One for each test: what a process knows of its other sessions is part of what is recorded.
    const instrumentation = new LiveInstrumentation();
    instrumentation.setTracerProvider(provider);
    onTestFinished(() => instrumentation.disable());
    await using simulator = await LiveServerSimulator.start({ recording });

    await replay(await load(), recording.frames, simulator.url, name.includes('Vertex'));
    await provider.forceFlush();

    const tree = renderSpanTree(exporter.getFinishedSpans());
    if (!trees.has(name)) trees.set(name, tree);
    expect(tree).toBe(trees.get(name));
  });
});

it('gives these span trees', async () => {
  const all = files.map((name) => `${name}\n\n${trees.get(name)}`);
  await expect(all.join('\n\n')).toMatchFileSnapshot('span-trees.txt');
});
