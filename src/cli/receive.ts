/** `live-otel receive`: the file for pages, which can write none. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { isObject } from '../protocol/fields.ts';
import { type JsonLinesFile, openJsonLinesFile } from '../register/jsonl-file.ts';
import { readSettings } from '../register/settings.ts';
import { integer } from './integer.ts';
import { interrupted } from './interrupted.ts';

/** What tests put in the place of the process. */
export interface ReceiveContext {
  readonly env?: NodeJS.ProcessEnv;
  readonly write?: (line: string) => void;
  /** Stops it, as SIGINT and SIGTERM do. */
  readonly signal?: AbortSignal;
}

/** A page sends 60,000 bytes at a time. */
const mostBytes = 4 * 2 ** 20;
const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

export function receiveCommand(context: ReceiveContext = {}): Command {
  const write = context.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  return new Command('receive')
    .description(
      'Takes what live-otel/browser sends from pages of this machine, and writes it to the file that report reads.',
    )
    .option('--port <port>', 'port to listen on, 0 for any', integer(0, 65_535), 4318)
    .action(async ({ port }: { readonly port: number }, command: Command) => {
      const { file } = readSettings(context.env ?? process.env).settings;
      const path = resolve(file.path);
      const lines = openJsonLinesFile({ ...file, path, warn: (sentence) => write(sentence) });
      const server = createServer((request, response) => void answer(request, response, lines));
      try {
        await listen(server, port);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return command.error(`error: cannot listen on 127.0.0.1:${port}: ${why}`, { exitCode: 1 });
      }
      const { port: own } = server.address() as AddressInfo;
      write(`Writes to ${path} what pages of this machine send:`);
      write(`  new LiveInstrumentation({ otlp: { url: 'http://localhost:${own}/v1/traces' } })`);
      write('Then: npx live-otel report. Stop it with Ctrl-C.');
      await interrupted(context.signal);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', done);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  file: JsonLinesFile,
): Promise<void> {
  const { origin, host = '' } = request.headers;
  if (origin !== undefined) {
    response.setHeader('vary', 'origin');
    if (isOwn(origin)) response.setHeader('access-control-allow-origin', origin);
  }
  const end = (status: number, body?: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
  };
  // Whoever knows the port is not on this machine for that: pages of elsewhere run in its browser.
  if (!loopback.test(host) || (origin !== undefined && !isOwn(origin))) return end(403);
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader(
      'access-control-allow-headers',
      request.headers['access-control-request-headers'] ?? 'content-type',
    );
    return end(204);
  }
  if (request.method !== 'POST') return end(405);
  const { 'content-type': type = '', 'content-encoding': encoding } = request.headers;
  if (!type.startsWith('application/json') || encoding !== undefined) return end(415);
  try {
    const body = await read(request);
    if (body === undefined) return end(413);
    const line = lineOf(body);
    if (line === undefined) return end(400, { message: 'No OTLP/JSON.' });
    // `doctor` asks with nothing whether somebody answers.
    if (line !== '') file.append(Buffer.from(line));
    end(200, {});
  } catch (error) {
    // The disk: the page tries again.
    end(503, { message: String(error) });
  }
}

function isOwn(origin: string): boolean {
  return URL.canParse(origin) && loopback.test(new URL(origin).host);
}

/** @returns nothing where it is too long */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= mostBytes) parts.push(part);
  }
  return bytes > mostBytes ? undefined : Buffer.concat(parts).toString();
}

/** @returns nothing where it is no telemetry, and an empty line where there is none in it */
function lineOf(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (!isObject(value)) return undefined;
    const lists = [value.resourceSpans, value.resourceMetrics, value.resourceLogs].filter(Array.isArray);
    if (lists.length === 0) return undefined;
    return lists.some(({ length }) => length > 0) ? JSON.stringify(value) : '';
  } catch {
    return undefined;
  }
}
