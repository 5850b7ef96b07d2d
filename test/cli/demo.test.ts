import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acts } from '../../src/cli/demo/acts.ts';
import { planted } from '../../src/cli/demo/faulty-service.ts';
import { loadSession } from '../../src/cli/replay/load.ts';
import { observeRecording } from '../../src/instrumentation/observe-recording.ts';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { LiveSession } from '../../src/report/read/sessions/model.ts';
import type { Report } from '../../src/report/report.ts';
import { installPacked } from '../support/installed-package.ts';
import { type NodeRun, runNode } from '../support/run-node.ts';

/** The whole demo once, of the packed package in an empty folder, with a collector that counts what it is sent. */
describe('live-otel demo', () => {
  let folder: string;
  let out: string;
  let recordings: string;
  let run: NodeRun;
  let sessions: readonly LiveSession[];
  let report: Report;
  const requests = new Map<string, number>();
  const collector = createServer((request, response) => {
    requests.set(request.url ?? '', (requests.get(request.url ?? '') ?? 0) + 1);
    request.resume().once('end', () => response.end());
  });
  let url: string;

  beforeAll(async () => {
    out = await mkdtemp(path.join(tmpdir(), 'live-otel-demo-'));
    recordings = await mkdtemp(path.join(tmpdir(), 'live-otel-recordings-'));
    await writeFile(path.join(out, 'notes.txt'), 'mine');
    await once(collector.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    folder = installPacked('@google/genai', '@opentelemetry/api');
    const cli = 'node_modules/live-otel/dist/cli.mjs';
    run = await runNode([cli, 'demo', '--out', out], {
      cwd: folder,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: url, LIVE_OTEL_RECORD: recordings },
    });
    report = toReport(await collect([out], { keepSessions: 10_000 }));
    sessions = report.sessions;
  }, 240_000);
  afterAll(async () => {
    collector.close();
    await rm(out, { recursive: true });
    await rm(recordings, { recursive: true });
    await rm(folder, { recursive: true });
  });

  it('leaves a recording of each session, that replays to the same end of the same cause', async () => {
    const told = new Map(sessions.map(({ spanId, closure }) => [spanId, closure?.attributes]));
    const files = await readdir(recordings);
    expect(files.length).toBeGreaterThan(300);
    const names = [
      'gemini.live.closure.cause',
      'gemini.live.closure.expected',
      'gemini.live.closure.code',
    ] as const;
    for (const file of files) {
      const { head, events } = loadSession(path.join(recordings, file));
      const before = told.get(head.spanId ?? '');
      if (before?.['gemini.live.closure.expected'] !== false) continue;
      const end = observeRecording({ head, events });
      expect([end?.diagnosis.cause, end?.closure.expected, end?.closure.code]).toEqual(
        names.map((name) => before[name]),
      );
    }
  });

  it('succeeds, prints the report of its files and writes its page, and leaves other files alone', async () => {
    expect([run.code, await readdir(out)]).toEqual([
      0,
      [
        'busy-evening.jsonl',
        'long-calls.jsonl',
        'notes.txt',
        'quiet-evening.jsonl',
        'report.html',
        'short-calls.jsonl',
      ],
    ]);
    expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain(report.scorecard.answer.replaceAll(/\s+/g, ' '));
    expect(run.stdout).toContain(`to open in a browser: ${path.join(out, 'report.html')}\n`);
    // The answer is what one sees last, but for where to go on.
    expect(run.stdout.indexOf('Planted, and unknown')).toBe(1);
    const page = await readFile(path.join(out, 'report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page.length).toBeLessThan(400 * 1024);
  });

  it('names what was planted, the size of responses first, and accuses no other cause', () => {
    expect(report.scorecard.supported).toEqual(['payload_size', 'connection']);
  });

  it('plays every guest, and the faults as often as it says', () => {
    const guests = acts.reduce((sum, { agent }) => sum + agent.conversations, 0);
    expect(report.totals.sessions).toBeGreaterThanOrEqual(guests);
    const evenings = sessions.flatMap(({ toolResponses, closure }) =>
      toolResponses
        .filter(
          ({ attributes }) => (attributes['gemini.live.tool_response.wire_size'] ?? 0) >= planted.largeBytes,
        )
        .map(() => closure?.attributes['gemini.live.closure.code'] === 1011),
    );
    const share = evenings.filter(Boolean).length / evenings.length;
    expect(Math.abs(share - planted.large)).toBeLessThan(0.2);
  });

  it('shows a line for each thing that happens where there is no terminal', () => {
    expect(
      run.stderr.split('\n').filter((line) => /^(short|long) calls, guest \d+: /.test(line)).length,
    ).toBeGreaterThan(20);
  });

  it('leaves no session without its span and its closure', () => {
    expect(sessions.filter(({ recorded, closure }) => !recorded || !closure)).toEqual([]);
  });

  it('records the deaths after a tool response, and the other ends people meet', () => {
    const ends = new Set(
      sessions.map(({ closure }) => {
        const attributes = closure?.attributes ?? {};
        return `${attributes['gemini.live.closure.code']} after ${attributes['gemini.live.closure.preceding_event']}`;
      }),
    );
    expect([...ends]).toEqual(
      expect.arrayContaining([
        '1011 after tool_response',
        '1008 after tool_response',
        '1007 after tool_response',
      ]),
    );
    const codes = new Set(sessions.map(({ closure }) => closure?.attributes['gemini.live.closure.code']));
    expect([...codes]).toEqual(expect.arrayContaining([1006, 1007, 1008, 1011]));
  });

  it('records tool responses of every size, in ASCII and beyond', () => {
    const responses = sessions.flatMap(({ toolResponses }) =>
      toolResponses.map(({ attributes }) => attributes),
    );
    const encodings = new Set(
      responses.map((attributes) => attributes['gemini.live.tool_response.encoding']),
    );
    expect([...encodings].sort()).toEqual(['ascii', 'utf8']);
    expect(
      Math.max(...responses.map((attributes) => attributes['gemini.live.tool_response.wire_size'] ?? 0)),
    ).toBeGreaterThan(128_000);
  });

  it('says that simulated time passes faster, and ends with the next step', () => {
    expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain(
      'Simulated time runs faster than the clock, which the report shows: 4 times in the short calls, 60 times in the long calls, 30 times in the quiet evening and the busy evening.',
    );
    const ending = run.stdout.slice(run.stdout.indexOf('The same as a page'));
    expect(ending).toBe(`\
The same as a page, to open in a browser: ${path.join(out, 'report.html')}

Your own service:  npm install live-otel @opentelemetry/api
                   node --require live-otel/register app.js
                   npx live-otel report
`);
  });

  it('ships the same to a collector that answers, and says so', () => {
    expect([...requests.keys()].sort()).toEqual(expect.arrayContaining(['/v1/metrics', '/v1/traces']));
    expect(run.stdout).toContain(`The same went to ${url}/v1/traces.`);
  });
});
