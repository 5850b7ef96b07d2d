import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { highestPeak } from '../../../src/analysis/statistics/age-peak.ts';
import { toReport } from '../../../src/report/assemble.ts';
import { collect } from '../../../src/report/read/collect.ts';
import { spanLine } from '../otlp-lines.ts';
import { allSpans, closure } from '../sample.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'live-otel-hostile-input-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}
const lines = allSpans.map((span) => `${spanLine([span])}\n`).join('');

describe('a folder', () => {
  it('is read in spite of what in it is no file, and says what was left out', async () => {
    const directory = await folder();
    await writeFile(join(directory, 'good.jsonl'), lines);
    await mkdir(join(directory, 'folder.jsonl'));
    await symlink(join(directory, 'gone'), join(directory, 'dangling.jsonl'));
    execFileSync('mkfifo', [join(directory, 'pipe.jsonl')]);
    const { counts, notes } = await collect([directory]);
    expect(counts.sessions).toBe(1);
    expect(notes).toEqual([
      `${join(directory, 'dangling.jsonl')} was left out: it cannot be read (ENOENT).`,
      `${join(directory, 'folder.jsonl')} was left out: it is no file.`,
      `${join(directory, 'pipe.jsonl')} was left out: it is no file.`,
    ]);
  });

  it('loses only the file that unpacks to no end', { timeout: 120_000 }, async () => {
    const directory = await folder();
    await writeFile(join(directory, 'a-good.jsonl'), lines);
    const gzip = createGzip({ level: 9 });
    const packed: Buffer[] = [];
    gzip.on('data', (part: Buffer) => packed.push(part));
    const zeros = Buffer.alloc(2 ** 20);
    for (let part = 0; part < 100; part += 1) if (!gzip.write(zeros)) await once(gzip, 'drain');
    gzip.end();
    await once(gzip, 'end');
    await writeFile(join(directory, 'b-zeros.jsonl.gz'), Buffer.concat(packed));
    await writeFile(join(directory, 'c-good.jsonl'), lines.replaceAll('"aaaa', '"bbbb'));
    const { counts, input } = await collect([directory]);
    expect(counts.sessions).toBe(2);
    expect(input.brokenLines.map(({ file }) => file)).toEqual([join(directory, 'b-zeros.jsonl.gz')]);
  });
});

it('a connection older than any other costs no memory by its age', { timeout: 120_000 }, async () => {
  const directory = await folder();
  const attributes = { ...closure.attributes, 'gemini.live.closure.connection_age': 1e6 };
  const file = join(directory, 'old.jsonl');
  await writeFile(file, lines.replace(spanLine([closure]), spanLine([{ ...closure, attributes }])));
  expect(toReport(await collect([file])).charts.ages).toMatchObject([{ from: 864_000 }]);
  const bin = (from: number) => ({ from, to: from + 1, events: 1, ends: 1 });
  const search = { from: 10, to: 900, width: 20, except: [] };
  const near = highestPeak([bin(100)], search);
  expect(highestPeak([bin(100), bin(1e12)], search)).toMatchObject({ from: near?.from, events: 1 });
});

describe('what answers in the place of a Jaeger', () => {
  async function answering(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const read = (url: string) => collect([], { jaeger: { url, from: 0, to: 1 } });

  it('with control characters gets one plain line', async () => {
    const url = await answering((_, response) => response.writeHead(500).end('\u001b[31mred\u0007\u001b[0m'));
    await expect(read(url)).rejects.toThrow(/^Jaeger at http:\S+ answered 500: \[31mred\[0m$/);
  });

  it.each([
    '{"services":["a"],"result":{"resourceSpans":"none"}}',
    '{"services":["a"],"result":{"resourceSpans":[null,7,{"scopeSpans":{}}]}}',
    '{"services":["a"],"result":[]}',
  ])('with %s holds no session', async (body) => {
    const url = await answering((_, response) => response.end(body));
    expect((await read(url)).counts.sessions).toBe(0);
  });

  it('without end is stopped', async () => {
    const part = Buffer.alloc(2 ** 20, 0x20);
    const url = await answering((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(part));
      };
      response.on('drain', more);
      more();
    });
    await expect(read(url)).rejects.toThrow('Jaeger answered with more than 64 MB at once.');
  });
});
