/** One process of the application: the real client library, instrumented, in virtual time. */

import type { LiveServerMessage, Session } from '@google/genai';
import * as sdk3 from '@google/genai';
import { metrics } from '@opentelemetry/api';
import * as sdk1 from 'genai-1';
import * as sdk2 from 'genai-2';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import { patchLive } from '../../../src/instrumentation/genai/patch-live.ts';
import { applyPatches } from '../../../src/instrumentation/patches.ts';
import type { SessionObserver } from '../../../src/instrumentation/session-observer.ts';
import { SessionRegistry } from '../../../src/instrumentation/session-registry.ts';
import { shared } from '../../../src/instrumentation/shared.ts';
import { type OpenSession, openSession } from '../../../src/instrumentation/tap.ts';
import type { Closure } from '../../../src/session/model.ts';
import { createInstruments } from '../../../src/telemetry/instruments.ts';
import type { Draws } from './draws.ts';
import type { VirtualLoop } from './loop.ts';
import { type Callbacks, MemorySocket, type Peer } from './socket.ts';
import { type ProcessTelemetry, type Sampling, startProcessTelemetry } from './telemetry.ts';
import type { User } from './user.ts';
import { VirtualTicker } from './virtual-ticker.ts';

const sdks = {
  '1.52.0': sdk1,
  '2.32.0': sdk2,
  '3.1.0': sdk3,
} as const;
export type SdkVersion = keyof typeof sdks;

for (const [version, { Live }] of Object.entries(sdks)) patchLive(Live, version);

export interface PodOptions {
  readonly name: string;
  readonly version: string;
  readonly sdk: SdkVersion;
  readonly model: string;
  /** Of the service that it connects to; `''` for the one address of all. */
  readonly region: string;
  /** How far its clock is off. */
  readonly skewMs: number;
  readonly sampling: Sampling | undefined;
  readonly loop: VirtualLoop;
  readonly draws: Draws;
  readonly write: (line: Uint8Array) => void;
  readonly accept: (pod: Pod, user: User, socket: MemorySocket) => Peer;
  readonly closed: (closed: Closed) => void;
}

/** An end that the instrumentation heard of. */
export interface Closed {
  readonly closure: Closure;
  readonly diagnosis: Diagnosis;
  /** By which the service ended it, if it did. */
  readonly cause: string | undefined;
  /** Nothing that is written tells of it. */
  readonly lost: boolean;
}

export interface Dialling {
  readonly user: User;
  readonly config: object;
  readonly onmessage: (message: LiveServerMessage) => void;
  /** Not called when the process is gone. */
  readonly onclose: () => void;
}

/** `connect()` resolves with the session; where the end comes first, some versions never settle. */
export type Dialled = (session: Session) => void;

const flushMs = 5_000;

export class Pod {
  readonly options: PodOptions;
  state: 'running' | 'gone' = 'running';
  readonly #telemetry: ProcessTelemetry;
  readonly #registry = new SessionRegistry<SessionObserver>();
  readonly #ticker: VirtualTicker;
  readonly #open: OpenSession;
  readonly #client: { readonly live: { connect(params: object): Promise<unknown> } };
  readonly #sockets = new Set<MemorySocket>();
  #dialling: User | undefined;
  /** Why the connection that is closing was ended by the service. */
  #ending: string | undefined;
  #flushing = false;

  constructor(options: PodOptions) {
    const { loop, name, version, sampling, draws, write, skewMs } = options;
    this.options = options;
    this.#telemetry = startProcessTelemetry({
      resource: { 'service.name': 'voice-agent', 'service.version': version, 'service.instance.id': name },
      sampling,
      draws,
      write,
    });
    this.#ticker = new VirtualTicker(loop);
    const backend = {
      tracer: this.#telemetry.provider.getTracer('live-otel'),
      instruments: createInstruments(metrics.getMeter('live-otel')),
    };
    this.#open = (start) =>
      openSession(start, {
        backend,
        registry: this.#registry,
        ticker: this.#ticker,
        captureContent: false,
        eventLoopDelayMs: () => 2,
        clock: () => loop.now() + skewMs,
        onClosed: (closure, diagnosis, { traceId }) => {
          options.closed({
            closure,
            diagnosis,
            cause: this.#ending,
            lost: !this.#telemetry.tells(traceId),
          });
          if (closure.expected) this.#flushLater();
          else this.#telemetry.flush();
        },
      });
    const { region } = options;
    this.#client = new sdks[options.sdk].GoogleGenAI({
      apiKey: 'AIza-simulated',
      ...(region !== '' && { httpOptions: { baseUrl: `https://${region}-aiplatform.googleapis.com` } }),
    });
    Object.assign(this.#client.live, {
      webSocketFactory: {
        create: (_url: string, _headers: unknown, callbacks: Callbacks) => this.#dial(callbacks),
      },
    });
  }

  connect({ user, config, onmessage, onclose }: Dialling, dialled: Dialled): void {
    this.#dialling = user;
    shared.recorder = { open: this.#open };
    applyPatches();
    this.#client.live
      .connect({
        model: this.options.model,
        config,
        callbacks: {
          onmessage,
          onerror() {},
          onclose: () => {
            if (this.state === 'running') onclose();
          },
        },
      })
      .then(
        (session) => dialled(session as Session),
        // The application hears of it by `onclose`.
        () => {},
      );
  }

  /** SIGTERM: every session ends as the process does, and what was recorded is written. */
  terminate(): void {
    if (this.state === 'gone') return;
    for (const session of this.#registry.openSessions) session.processEnding('signal');
    this.#telemetry.flush();
    this.#goneNow();
  }

  /** SIGKILL, or out of memory: nothing is told, and what waited to be written is lost. */
  kill(): void {
    if (this.state === 'gone') return;
    this.#telemetry.lose();
    this.#goneNow();
  }

  /** What is left at the end of the time looked at. */
  flush(): void {
    this.#telemetry.flush();
  }

  #goneNow(): void {
    this.state = 'gone';
    this.#ticker.stopped = true;
    for (const socket of this.#sockets) socket.vanish();
    this.#sockets.clear();
  }

  #dial(callbacks: Callbacks): MemorySocket {
    const user = this.#dialling;
    if (user === undefined) throw new Error('The client library opened a socket that nobody asked for.');
    this.#dialling = undefined;
    const socket: MemorySocket = new MemorySocket(
      this.options.loop,
      {
        ...callbacks,
        onclose: (event) => {
          this.#sockets.delete(socket);
          this.#ending = socket.cause;
          callbacks.onclose(event);
          this.#ending = undefined;
        },
      },
      user.oneWayMs,
      (accepted) => this.options.accept(this, user, accepted),
    );
    this.#sockets.add(socket);
    return socket;
  }

  #flushLater(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.options.loop.after(flushMs, () => {
      this.#flushing = false;
      if (this.state === 'running') this.#telemetry.flush();
    });
  }
}
