import * as sdk from '@google/genai';
import { metrics, trace } from '@opentelemetry/api';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { noOthers, type OtherSessions } from '../../src/diagnosis/others.ts';
import { patchLive } from '../../src/instrumentation/genai/patch-live.ts';
import { applyPatches } from '../../src/instrumentation/patches.ts';
import type { SessionObserver } from '../../src/instrumentation/session-observer.ts';
import { SessionRegistry } from '../../src/instrumentation/session-registry.ts';
import { shared } from '../../src/instrumentation/shared.ts';
import { openSession } from '../../src/instrumentation/tap.ts';
import { Ticker, type Waiting } from '../../src/instrumentation/ticker.ts';
import type { Closure, Stall } from '../../src/session/model.ts';
import { createInstruments } from '../../src/telemetry/instruments.ts';
import type { Behaviour, Script } from '../../src/testing/script.ts';
import { LiveServerSimulator } from '../../src/testing/simulator.ts';
import { type Memory, runAgent } from './agent.ts';
import { Connection, connect } from './connection.ts';
import type { Scenario, SessionPlan } from './scenario.ts';
import { type Peer, startUnopened } from './unopened.ts';
import { VirtualTime } from './virtual-time.ts';

/** What a scenario came to: how its last session ended, or stalled. */
export interface Ending {
  readonly closure?: Closure;
  /** What the diagnosis was told of other sessions. */
  readonly others: OtherSessions;
  readonly stall?: Stall;
  readonly diagnosis: Diagnosis;
}

/** Remembers what it told of the other sessions. */
class Registry extends SessionRegistry<SessionObserver> {
  told: OtherSessions = noOthers;

  override others(session: SessionObserver, now: number): OtherSessions {
    this.told = super.others(session, now);
    return this.told;
  }
}

/** A day of the year 2026: reports speak of no other time. */
const epochMs = Date.UTC(2026, 9, 1, 12);
const limitMs = 30 * 3_600_000;

/** Settles what waits for a deadline when simulated time has come to it. */
class VirtualTicker extends Ticker {
  readonly #time: VirtualTime;
  readonly #due = new WeakMap<Waiting, number>();

  constructor(time: VirtualTime) {
    super();
    this.#time = time;
  }

  override watch(waiting: Waiting): void {
    const { deadline } = waiting;
    if (deadline === undefined || this.#due.get(waiting) === deadline) return;
    this.#due.set(waiting, deadline);
    void this.#time.sleep(deadline - this.#time.now()).then(() => {
      if (waiting.deadline !== undefined && waiting.deadline <= waiting.now) waiting.tick();
      this.#due.delete(waiting);
      this.watch(waiting);
    });
  }
}

/**
 * Plays a scenario: the client library talks to the simulator over sockets of the loopback interface, the tap watches.
 * One scenario at a time, since a process has one tap.
 *
 * @returns how its last session ended and what was made of it
 * @throws where the session does not end, or the scenario is at odds with the simulator
 */
export async function play(scenario: Scenario, seed: number): Promise<Ending> {
  const time = new VirtualTime(epochMs);
  const scripts = scenario.sessions.flatMap(({ service }) => ('reactions' in service ? [service] : []));
  const simulator = await LiveServerSimulator.start(
    {
      seed,
      script: (index) => scripts[index] ?? (scripts.at(-1) as Script),
      // It answers a setup that two services refuse in two ways, before there is a script.
      behaviour: pick(scripts.at(-1)?.behaviour),
    },
    time.clock(),
  );
  const peers = new Map<SessionPlan['service'], Peer>();
  for (const { service } of scenario.sessions) {
    if (!('reactions' in service)) peers.set(service, await startUnopened(service));
  }
  const connections: Connection[] = [];
  const registry = new Registry();
  const memory: Memory = {};
  const traffic = {
    get events() {
      return connections.reduce((sum, { activity }) => sum + activity, connections.length);
    },
    get busy() {
      return connections.some(({ busy }) => busy);
    },
  };
  const ticker = new VirtualTicker(time);
  const backend = {
    tracer: trace.getTracer('bench'),
    instruments: createInstruments(metrics.getMeter('bench')),
  };

  let simulated = 0;
  const start = ({ agent, service }: SessionPlan): Connection => {
    const connection = new Connection(agent);
    connections.push(connection);
    if ('reactions' in service) {
      const index = simulated++;
      connection.service = () => simulator.sessions[index];
    }
    shared.recorder = {
      open: (start) =>
        openSession(start, {
          backend,
          registry,
          ticker,
          captureContent: false,
          eventLoopDelayMs: () => agent.eventLoopDelayMs ?? 2,
          clock: time.now,
          onClosed: (closure, diagnosis) => {
            connection.events++;
            connection.ending ??= { closure, diagnosis, others: registry.told };
          },
          onStalled: (stall, diagnosis) => {
            connection.events++;
            if (scenario.stall) connection.ending ??= { stall, diagnosis, others: noOthers };
          },
        }),
    };
    applyPatches();
    const running = runAgent(connection, {
      time,
      memory,
      endProcess: (ending) => {
        for (const session of registry.openSessions) session.processEnding(ending);
      },
    });
    const handle = agent.handle === 'last' ? memory.handle : agent.handle?.text;
    connect(connection, peers.get(service)?.url ?? simulator.url, handle, running.take);
    return connection;
  };

  const begin = async (): Promise<void> => {
    for (const plan of scenario.sessions) {
      const before = connections.at(-1);
      if (plan.atMs !== undefined) await time.sleep(epochMs + plan.atMs - time.now());
      else while (before !== undefined && before.ending === undefined) await time.sleep(50);
      if (plan.pauseMs) await time.sleep(plan.pauseMs);
      start(plan);
    }
  };
  void begin();
  try {
    const judged = (): Connection | undefined => connections[scenario.sessions.length - 1];
    const done = await time.run(traffic, () => judged()?.ending !== undefined, limitMs);
    const ending = judged()?.ending;
    if (!done || !ending) throw new Error(`"${scenario.name}": the session did not end.`);
    return ending;
  } finally {
    shared.recorder = undefined;
    await simulator.close();
    for (const peer of peers.values()) await peer.close();
  }
}

patchLive(sdk.Live, '3.1.0');

function pick({ twoModalities }: Behaviour = {}): Behaviour {
  return twoModalities === undefined ? {} : { twoModalities };
}
