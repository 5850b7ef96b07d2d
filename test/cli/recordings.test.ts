import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as genai from '@google/genai';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/program.ts';
import { recordingReader } from '../../src/cli/recordings.ts';
import type { LiveClient } from '../../src/experiment/client.ts';
import { converse } from '../../src/experiment/converse.ts';
import { scaledTime } from '../../src/experiment/time.ts';
import { usual } from '../../src/experiment/treatment.ts';
import { LiveInstrumentation } from '../../src/index.ts';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import { renderIssue } from '../../src/report/render/markdown/render.ts';
import { renderPage } from '../../src/report/render/page/render.ts';
import { renderText } from '../../src/report/render/text/render.ts';
import { defaultStyle } from '../../src/report/render/text/style.ts';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'recordings-'));
const recordings = path.join(folder, 'recordings');
const telemetry = path.join(folder, 'telemetry.jsonl');
const timeScale = 50;

/** Two sessions of an application, of which there is telemetry and a recording each. */
beforeAll(async () => {
  vi.stubEnv('LIVE_OTEL_RECORD', recordings);
  const exporter = new InMemorySpanExporter();
  const instrumentation = new LiveInstrumentation();
  instrumentation.setTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
  instrumentation.instrument(genai);
  await using simulator = await LiveServerSimulator.start({
    script: scripts['large-response-1011'],
    timeScale,
  });
  const live = new genai.GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } })
    .live as unknown as LiveClient;
  for (const responseBytes of [65_536, 2_048]) {
    await converse({
      live,
      others: live,
      treatment: { ...usual, responseBytes },
      time: scaledTime(timeScale),
      signal: new AbortController().signal,
    });
  }
  await vi.waitFor(() => {
    expect(readdirSync(recordings)).toHaveLength(2);
    expect(exporter.getFinishedSpans().filter(({ name }) => name.startsWith('live_session'))).toHaveLength(2);
  });
  instrumentation.disable();
  writeFileSync(
    telemetry,
    `${Buffer.from(JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans()) ?? [])}\n`,
  );
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function reportOf(...inputs: readonly string[]) {
  return toReport(await collect(inputs, { recordings: recordingReader }));
}

describe('a report on recordings', () => {
  it('offers to settle each explanation by a command that runs', async () => {
    const { scorecard } = await reportOf(recordings);
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const commands = scorecard.findings.flatMap(({ experiment: { command = '' } }) =>
      command.includes('live-otel experiment') ? [command.split(' ').slice(2)] : [],
    );
    expect(commands).toHaveLength(7);
    for (const args of commands) expect(await run([...args, '--against', 'simulator', '--dry-run'])).toBe(0);
    said.mockRestore();
  });

  it('says what one on the telemetry of the same sessions says', async () => {
    const [told, recorded] = [await reportOf(telemetry), await reportOf(recordings)];
    expect(recorded.totals).toEqual(told.totals);
    expect(recorded.causes).toEqual(told.causes);
    expect(recorded.tools.map(({ latency: _, ...tool }) => tool)).toEqual(
      told.tools.map(({ latency: _, ...tool }) => tool),
    );
    expect(recorded.closureGroups).toEqual(told.closureGroups);
    expect(recorded.scorecard.answer).toBe(told.scorecard.answer);
    expect(recorded.sessions.map(({ traceId, spanId }) => traceId + spanId)).toEqual(
      told.sessions.map(({ traceId, spanId }) => traceId + spanId),
    );
    expect(recorded.coverage.notes).toContain('2 recordings were read as telemetry.');
  });

  it('counts a session once that is there in both, in either order, and shows its frames', async () => {
    const told = await reportOf(telemetry);
    for (const inputs of [
      [telemetry, recordings],
      [recordings, telemetry],
      [recordings, recordings, telemetry],
    ]) {
      const both = await reportOf(...inputs);
      expect(both.totals).toEqual(told.totals);
      expect(both.closureGroups).toEqual(told.closureGroups);
      expect(both.sessions.map(({ frames }) => frames?.frames)).toEqual([
        expect.any(Number),
        expect.any(Number),
      ]);
    }
  });

  it('shows the frames on the page, and their number in text and Markdown', async () => {
    const report = await reportOf(recordings);
    const [session] = report.sessions;
    const { frames = 0, first = [], last = [] } = session?.frames ?? {};
    expect([...first, ...last].reduce((sum, run) => sum + run.frames, session?.frames?.leftOut ?? 0)).toBe(
      frames,
    );
    expect(first[0]).toMatchObject({ direction: 'sent', kind: 'setup', frames: 1 });
    expect(renderText(report, { style: defaultStyle, all: true })).toContain(
      `the recording has ${frames} frames`,
    );
    expect(session && renderIssue(report, session)).toContain(`the recording has ${frames} frames`);
    expect(renderPage(report).length).toBeLessThan(400_000);
  });

  it('takes an unpacked one on standard input, and names what cannot be read', async () => {
    const [name = ''] = readdirSync(recordings);
    const text = gunzipSync(readFileSync(path.join(recordings, name)));
    const { Readable } = await import('node:stream');
    const collected = await collect(['-'], {
      recordings: recordingReader,
      stdin: Readable.from([text]),
    });
    expect(collected.counts.sessions).toBe(1);
    const odd = path.join(folder, 'odd.jsonl');
    writeFileSync(odd, '{"recording":99}\n');
    const { input, counts } = await collect([odd, telemetry], { recordings: recordingReader });
    expect(counts.sessions).toBe(2);
    expect(input.brokenLines).toEqual([{ file: odd, line: 1, problem: 'not_otlp' }]);
  });
});
