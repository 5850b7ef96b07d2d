/** Plays a population: users, processes and the service, from the first visit to the last end. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { backgroundHooks } from '../causes/background.ts';
import type { Population, Waves } from '../population.ts';
import { createDraws } from './draws.ts';
import { type Account, createLedger } from './ledger.ts';
import { VirtualLoop } from './loop.ts';
import { Pod } from './pod.ts';
import { type ModelHabits, ServerSession } from './server-session.ts';
import { createUsers } from './user.ts';
import { Visit } from './visit.ts';

const epochMs = Date.UTC(2026, 9, 1, 6);
const hourMs = 3_600_000;

/** @param file is written: lines of OTLP */
export async function play(population: Population, file: string): Promise<Account> {
  const { seed, visits, operations, users: habits, application, causes } = population;
  const { hours, pods: podCount, daily, waves, deploys, kills } = operations;
  const loop = new VirtualLoop(epochMs);
  const stream = (offset: number) => createDraws(seed * 31 + offset);
  const ledger = createLedger();
  const descriptor = openSync(file, 'w');
  const open = new Set<ServerSession>();
  const scene = { loop, ledger, from: epochMs, hours, open };
  const hooks = [
    backgroundHooks(population.background, daily, { ...scene, draws: stream(1) }),
    ...causes.map((cause, index) => cause.begin({ ...scene, draws: stream(100 + index) })),
  ];

  const serverDraws = stream(2);
  const { calls, parallel, cancels, favourite } = population;
  const habitsOf = (model: string): ModelHabits => ({
    calls,
    parallel,
    cancels,
    tools: application.tools.map(({ name, weight }) => {
      const liked = favourite?.model === model && favourite.tool === name ? favourite.factor : 1;
      return [name, weight * liked] as const;
    }),
  });
  const modelDraws = stream(3);
  const offset = modelDraws.next();
  const started: Pod[] = [];
  let running: Pod[] = [];
  let version = 1;
  const isNewest = (): boolean => deploys > 0 && version > deploys;
  const start = (): void => {
    const index = started.length;
    const pod = new Pod({
      name: `pod-${index}`,
      version: `1.${version}.0`,
      sdk: modelDraws.pick(operations.sdks),
      model: share(operations.models, ((index % podCount) + offset) / podCount),
      skewMs: operations.skewMs === 0 ? 0 : Math.round(operations.skewMs * modelDraws.normal()),
      sampling: operations.sampling,
      region: operations.regions[index % Math.max(1, operations.regions.length)] ?? '',
      loop,
      draws: stream(1_000 + index),
      write: (line) => {
        writeSync(descriptor, line);
        writeSync(descriptor, '\n');
      },
      accept: (of, user, socket) => {
        const { name, version: ofVersion, model, region, sdk } = of.options;
        const client = { user, pod: name, version: ofVersion, model, region, sdk };
        const session = new ServerSession(client, socket, {
          loop,
          draws: serverDraws,
          ledger,
          habits: habitsOf(model),
          hooks,
          gone: (gone) => open.delete(gone),
        });
        open.add(session);
        return session;
      },
      closed: ({ closure, diagnosis, cause, lost }) => {
        if (closure.expected) return;
        // Ends that the service did not make: of the process.
        if (cause === undefined) ledger.death({ at: loop.now(), cause: 'process', user: -1 });
        ledger.diagnosed({ ...diagnosis, cause: cause ?? 'process', ...(lost && { lost }) });
      },
    });
    started.push(pod);
    running.push(pod);
  };
  for (let index = 0; index < podCount; index += 1) start();

  const operationDraws = stream(4);
  for (let deploy = 1; deploy <= deploys; deploy += 1) {
    loop.at(epochMs + (hours * hourMs * deploy) / (deploys + 1), () => {
      const old = running;
      running = [];
      version += 1;
      for (let index = 0; index < podCount; index += 1) start();
      // Each of the old ones has half a minute or so to drain.
      old.forEach((pod, index) => {
        loop.after(20_000 + 5_000 * index, () => pod.terminate());
      });
    });
  }
  for (let kill = 0; kill < kills; kill += 1) {
    loop.at(epochMs + operationDraws.next() * hours * hourMs, () => {
      const victim = running[Math.floor(operationDraws.next() * running.length)];
      if (victim === undefined) return;
      running = running.filter((pod) => pod !== victim);
      victim.kill();
      start();
    });
  }

  const users = createUsers(habits, createDraws(population.usersSeed));
  const visitDraws = stream(6);
  const weighted = users.map((user) => [user, user.weight] as const);
  for (let visit = 0; visit < visits; visit += 1) {
    const at = waves === undefined ? arrival(hours, daily, visitDraws) : inWaves(waves, hours, visitDraws);
    const user = visitDraws.pick(weighted);
    const draws = createDraws(seed * 31 + 10_000 + visit);
    loop.at(epochMs + at * hourMs, () => {
      new Visit({
        loop,
        draws,
        application,
        tools: () => (isNewest() && operations.newTools) || application.tools,
        user,
        pod: () => running[Math.floor(draws.next() * running.length)],
        factor: () => (isNewest() ? operations.grows : 1),
      });
    });
  }
  try {
    await loop.run();
    for (const pod of started) if (pod.state === 'running') pod.flush();
  } finally {
    closeSync(descriptor);
  }
  return ledger.account();
}

/** The one that stands at this part of the whole, by the weights: so that a few processes have their share of each. */
function share<T>(items: readonly (readonly [T, number])[], at: number): T {
  const whole = items.reduce((sum, [, weight]) => sum + weight, 0);
  let left = at * whole;
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return (items.at(-1) as (typeof items)[number])[0];
}

/** Hours from the start. */
function arrival(hours: number, daily: number, draws: { next(): number }): number {
  for (;;) {
    const at = draws.next() * hours;
    if (draws.next() * daily <= dayFactor(at, daily)) return at;
  }
}

/** The same where some come with waves, which begin at even distances. */
function inWaves({ count, share: part, seconds }: Waves, hours: number, draws: { next(): number }): number {
  const [any, wave, within] = [draws.next(), draws.next(), draws.next()];
  if (any >= part) return wave * hours;
  return ((Math.floor(wave * count) + 0.5) * hours) / count + (within * seconds) / 3_600;
}

/** How busy the hour is, against the average. */
export function dayFactor(hour: number, daily: number): number {
  return 1 + (daily - 1) * Math.sin((2 * Math.PI * hour) / 24);
}
