import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { type IssuedCertificate, issueCertificate } from './certificate.ts';
import { checkScript } from './check-script.ts';
import { type Clock, createClock } from './clock.ts';
import type { RunningSession } from './connection.ts';
import type { JsonObject } from './json.ts';
import { runSession } from './live-session.ts';
import { type MusicBehaviour, runMusic } from './music-session.ts';
import type { Recording } from './recording.ts';
import { replaySession } from './replay.ts';
import { createHandles } from './resumption.ts';
import type { Api, Behaviour, Script } from './script.ts';
import { healthyTalk } from './scripts/talk.ts';
import type { SimulatedSession } from './session.ts';

export interface SimulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /**
   * One script for all sessions, several that take turns, or a function that chooses by the session's index (from 0)
   * and its setup. Default: `healthy-talk`.
   */
  readonly script?: Script | readonly Script[] | ((index: number, setup: JsonObject) => Script);
  /** Serve this recording to every session instead of a script. */
  readonly recording?: Recording;
  /** Behaviour of all scripts; a script's own goes first. */
  readonly behaviour?: Behaviour;
  /** How the service of `ai.live.music` behaves, which no script is for. Default: it plays. */
  readonly music?: MusicBehaviour;
  /** Decides ids, handles, drawn delays and probabilities; default 1. */
  readonly seed?: number;
  /** How many protocol milliseconds pass in a real one; default 1. With 600, ten minutes take a second. */
  readonly timeScale?: number;
  /** Demand credentials: `true` any, a string exactly these. Default: none are needed, and none are kept. */
  readonly requireKey?: boolean | string;
  /**
   * Serve TLS, for clients that take nothing else, with a certificate for `host`, `localhost` and the names given here.
   * Clients have to trust `ca` of the simulator.
   */
  readonly tls?: boolean | { readonly names: readonly string[] };
}

/** A WebSocket server that speaks the Live protocol by script, to test agents without a key. */
export class LiveServerSimulator {
  /** `http://HOST:PORT`, or `https:` with TLS, for `httpOptions.baseUrl` of the client. */
  readonly url: string;
  readonly port: number;
  /** The authority of the simulator's certificate, in PEM; `undefined` without TLS. */
  readonly ca: string | undefined;
  readonly #server: WebSocketServer;
  readonly #https: Server | undefined;
  readonly #running: RunningSession[] = [];
  readonly #unseen: SimulatedSession[] = [];
  readonly #awaiting: { resolve: (session: SimulatedSession) => void; reject: (error: Error) => void }[] = [];
  #closing: Promise<void> | undefined;

  private constructor(
    { server, https, issued }: Listening,
    host: string,
    start: (socket: Accepted) => RunningSession,
  ) {
    const { port } = server.address() as AddressInfo;
    this.port = port;
    this.url = `http${https ? 's' : ''}://${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.ca = issued?.ca;
    this.#server = server;
    this.#https = https;
    server.on('connection', (socket, request) => {
      const running = start({ socket, request, index: this.#running.length });
      this.#running.push(running);
      const awaiting = this.#awaiting.shift();
      if (awaiting) awaiting.resolve(running.session);
      else this.#unseen.push(running.session);
    });
  }

  /**
   * Listens and resolves once clients can connect.
   *
   * @param simulatedClock another clock than the machine's; internal, may change at any time.
   * @throws {TypeError} where an option or a script is not valid
   * @throws the error of the operating system where the port is not available
   */
  static async start(options: SimulatorOptions = {}, simulatedClock?: Clock): Promise<LiveServerSimulator> {
    const { host = '127.0.0.1', port = 0, seed = 1, timeScale = 1, recording, behaviour = {} } = options;
    const music = { behaviour: options.music ?? {}, requireKey: options.requireKey };
    if (!(timeScale > 0 && Number.isFinite(timeScale))) {
      throw new TypeError(`timeScale is ${timeScale}: a number greater than 0 is allowed.`);
    }
    const clock = simulatedClock ?? createClock(timeScale);
    const shared = {
      seed,
      behaviour,
      handles: createHandles(),
      failures: {},
      scriptFor: chooser(options.script ?? healthyTalk()),
      requireKey: options.requireKey,
    };
    const listening = await listen(host, port, options.tls ?? false);
    return new LiveServerSimulator(listening, host, ({ socket, request, index }) => {
      const connection = { socket, index, clock, api: apiOf(request), credential: credentialOf(request) };
      if (isMusic(request)) return runMusic(connection, music);
      return recording ? replaySession(connection, recording) : runSession(connection, shared);
    });
  }

  /** All sessions so far, in the order of connecting. */
  get sessions(): readonly SimulatedSession[] {
    return this.#running.map(({ session }) => session);
  }

  /**
   * The next session in the order of connecting, once its setup came, or it closed without one. Each is handed out once,
   * also one that connected before the call.
   */
  async nextSession(): Promise<SimulatedSession> {
    const session = await this.#nextConnection();
    // One that closed without a setup is a session all the same: `setup` stays undefined.
    await session.waitFor('setup').catch(() => undefined);
    return session;
  }

  async #nextConnection(): Promise<SimulatedSession> {
    const session = this.#unseen.shift();
    if (session) return session;
    if (this.#closing) throw closedError();
    return new Promise((resolve, reject) => this.#awaiting.push({ resolve, reject }));
  }

  /** Drops the sessions that are open, stops listening and resolves when nothing of it is left. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    for (const { reject } of this.#awaiting.splice(0)) reject(closedError());
    const stopped = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const running of this.#running) running.terminate();
    for (const client of this.#server.clients) client.terminate();
    await Promise.all(this.#running.map(({ session }) => session.closed));
    await stopped;
    await new Promise<void>((resolve) => (this.#https ? this.#https.close(() => resolve()) : resolve()));
  }
}

interface Listening {
  readonly server: WebSocketServer;
  readonly https: Server | undefined;
  readonly issued: IssuedCertificate | undefined;
}

async function listen(
  host: string,
  port: number,
  tls: NonNullable<SimulatorOptions['tls']>,
): Promise<Listening> {
  const issued = tls
    ? issueCertificate([...new Set([host, 'localhost', ...(tls === true ? [] : tls.names)])])
    : undefined;
  const https = issued && createServer({ cert: issued.cert, key: issued.key });
  const where = https ? { server: https } : { host, port };
  const server = new WebSocketServer({ ...where, autoPong: false });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
    https?.listen(port, host);
  });
  return { server, https, issued };
}

interface Accepted {
  readonly socket: Parameters<typeof runSession>[0]['socket'];
  readonly request: IncomingMessage;
  readonly index: number;
}

function closedError(): Error {
  return new Error('The simulator was closed before another session connected.');
}

/** Scripts are checked when they are given, so that a mistake shows at the start and not within a session. */
function chooser(
  script: NonNullable<SimulatorOptions['script']>,
): (index: number, setup: JsonObject) => Script {
  if (typeof script === 'function') return (index, setup) => checkScript(script(index, setup));
  const scripts = (Array.isArray(script) ? (script as readonly Script[]) : [script as Script]).map(
    checkScript,
  );
  if (scripts.length === 0) throw new TypeError('script is an empty list: at least one script is needed.');
  return (index) => scripts[index % scripts.length] as Script;
}

function apiOf({ url = '' }: IncomingMessage): Api | undefined {
  if (url.includes('google.cloud.aiplatform')) return 'vertex';
  return url.includes('google.ai.generativelanguage') ? 'gemini' : undefined;
}

function isMusic({ url = '' }: IncomingMessage): boolean {
  return url.includes('BidiGenerateMusic');
}

function credentialOf({ url = '', headers }: IncomingMessage): string | undefined {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const header = headers['x-goog-api-key'];
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  return (
    query.get('key') ??
    query.get('access_token') ??
    (typeof header === 'string' ? header : undefined) ??
    bearer
  );
}
