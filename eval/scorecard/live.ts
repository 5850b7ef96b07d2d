/** Lives the sessions of a population, and counts what an oracle would go by. */
import { createDraws, type Draws } from './draws.ts';
import { label, type Reason, type Seen } from './label.ts';
import { createOracle, type Oracle } from './oracle.ts';
import type { Plant, Population } from './population.ts';
import type { Recorder, Who } from './telemetry.ts';
import { createWorld, type Process, type World } from './world.ts';

export function live(population: Population, recorder: Recorder): Oracle {
  const draws = createDraws(population.seed);
  const world = createWorld(population, draws);
  const oracle = createOracle(population.planted);
  for (let session = 0; session < population.sessions; session += 1) {
    liveSession({ population, world, draws, recorder, oracle });
  }
  return oracle;
}

interface Scene {
  readonly population: Population;
  readonly world: World;
  readonly draws: Draws;
  readonly recorder: Recorder;
  readonly oracle: Oracle;
}

/** Seconds from the start of the session. */
interface End {
  readonly at: number;
  readonly reason: Reason;
}

function liveSession({ population, world, draws, recorder, oracle }: Scene): void {
  const { planted, confounders, background, mislabelled } = population;
  const process = world.processes[Math.floor(draws.next() * world.processes.length)] as Process;
  const startedAt = startOf(world, process, draws);
  const minuteOf = (second: number): number =>
    Math.min(world.minutes - 1, Math.floor((startedAt - world.from) / 60_000 + second / 60));
  const busy = new Date(startedAt).getUTCHours() === world.busyHour ? confounders.busyHour : undefined;
  const who: Who = {
    model: draws.chance(0.7) ? 'gemini-2.5-flash-native-audio' : 'gemini-3-live',
    service: process.service,
    sdk: process.sdk,
  };
  const planned = Math.min(580, 20 + draws.exponential(150));
  const gated = draws.chance(population.gated);
  const callEvery = 15 + draws.exponential(30);

  const ends: End[] = [];
  const by = (plant: Plant, chance: number, exposed: boolean, at: number): void => {
    oracle.count(plant, exposed, exposed ? chance : 0);
    if (exposed && draws.chance(chance)) ends.push({ at, reason: plant });
  };
  if (draws.chance(Math.min(0.95, background * (busy ?? 1)))) {
    ends.push({ at: 2 + draws.next() * (planned - 2), reason: 'background' });
  }
  if (confounders.outage !== undefined) {
    const from = world.outage.from * 60 - (startedAt - world.from) / 1_000;
    const to = from + 60 * (world.outage.to - world.outage.from);
    const at = Math.max(2, from) + draws.next() * Math.max(0, Math.min(planned, to) - Math.max(2, from));
    if (to > 2 && from < planned && draws.chance(confounders.outage)) ends.push({ at, reason: 'service' });
  }
  for (const plant of planted) {
    const at = 2 + draws.next() * (planned - 2);
    const minute = minuteOf(at);
    switch (plant.hypothesis) {
      case 'internal_error':
        by(plant, plant.chance, true, at);
        break;
      case 'rate_limit':
        by(plant, plant.chance, (process.connects[minute] ?? 0) >= plant.connects, at);
        break;
      case 'connection':
        if (plant.age === undefined) by(plant, plant.chance, true, at);
        else by(plant, plant.chance, planned > plant.age, plant.age + draws.next() * 1.5);
        break;
      case 'concurrency':
        if (plant.open !== undefined) by(plant, plant.chance, (process.open[minute] ?? 0) >= plant.open, at);
        break;
      default:
    }
  }
  let end = ends.reduce<End | undefined>(
    (first, next) => (first && first.at <= next.at ? first : next),
    undefined,
  );
  let seen: Seen = {};
  let preceding = 'model_output';

  let clock = 3 + draws.exponential(callEvery);
  while (clock < Math.min(planned, end?.at ?? Number.POSITIVE_INFINITY)) {
    const tool = draws.pick(world.tools.map((one) => [one, one.weight] as const));
    const large = draws.normal();
    const alike = confounders.slowIsLarge ?? 0;
    const slow = alike * large + Math.sqrt(1 - alike ** 2) * draws.normal();
    const latency = Math.exp(tool.latency.mean + tool.latency.spread * slow);
    const shift = busy === undefined ? 0 : Math.log(4);
    const bytes = Math.round(Math.max(120, Math.exp(tool.size.mean + shift + tool.size.spread * large)));
    const inputAt = gated ? Number.POSITIVE_INFINITY : draws.next() * 0.1;
    const over = Math.min(planned, end?.at ?? Number.POSITIVE_INFINITY);

    // The race: the first input while the call is pending.
    const race = planted.find((plant) => plant.hypothesis === 'concurrency' && plant.open === undefined);
    if (race && latency > inputAt) {
      oracle.minutes(race, true, latency / 60, race.chance);
      if (clock + inputAt < over && draws.chance(race.chance)) {
        end = { at: clock + inputAt + 0.1 + 0.4 * draws.next(), reason: race };
      }
    } else if (race) oracle.minutes(race, false, latency / 60, 0);
    const until = Math.min(planned, end?.at ?? Number.POSITIVE_INFINITY);
    const answered = clock + latency < until;
    const pending = Math.min(latency, until - clock);
    const frames = pending > inputAt ? 1 + Math.floor((pending - inputAt) * 10) : 0;
    const callClosed = !answered && end !== undefined && end.at === until;
    recorder.call({
      ...who,
      tool: tool.name,
      at: startedAt + clock * 1_000,
      pendingMs: pending * 1_000,
      frames,
      closed: callClosed,
    });
    if (!answered) {
      seen = { race: frames > 0 };
      preceding = frames > 0 ? 'audio' : 'tool_call';
      break;
    }

    clock += latency;
    const base64 = draws.chance(tool.base64);
    const response = {
      bytes: base64 ? bytes * 3 : bytes,
      encoding: base64 ? 'base64' : draws.chance(tool.utf8) ? 'utf8' : 'ascii',
      controlCharacters: draws.chance(0.03),
      shape: draws.chance(0.03) ? 'array' : 'object',
      idMatch: draws.chance(0.03) ? 'unknown' : 'matched',
    };
    const kills: Reason[] = [];
    const strike = (reason: Reason, chance: number): void => {
      if (draws.chance(chance)) kills.push(reason);
    };
    for (const plant of planted) {
      const exposed = isExposed(plant, response);
      if (exposed === undefined) continue;
      oracle.count(plant, exposed, exposed ? plant.chance : 0);
      if (exposed) strike(plant, plant.chance);
    }
    if (latency >= 8 && confounders.slowEnds !== undefined) strike('service', confounders.slowEnds);
    if (tool === world.tools[1] && confounders.badTool !== undefined) strike('service', confounders.badTool);
    const [killer] = kills;
    if (killer !== undefined) {
      const at = clock + 0.05 + draws.exponential(0.4);
      if (at < until) end = { at, reason: killer };
    }
    const followed = end !== undefined && end.at < planned && end.at - clock <= 2;
    recorder.response({
      ...who,
      ...response,
      tool: tool.name,
      at: startedAt + clock * 1_000,
      latencyMs: latency * 1_000,
      nameMatch: response.idMatch === 'matched' ? 'matched' : 'unknown',
      frames,
      closed: followed,
    });
    if (followed) {
      seen = { responseBytes: response.bytes, badId: response.idMatch !== 'matched' };
      preceding = 'tool_response';
      break;
    }
    clock += 3 + draws.exponential(callEvery);
  }

  const over = end !== undefined && end.at < planned ? end : undefined;
  const age = over?.at ?? planned;
  const minute = minuteOf(age);
  const facts = {
    ...who,
    startedAt,
    at: startedAt + age * 1_000,
    open: process.open[minute] ?? 1,
    connects: process.connects[minute] ?? 0,
    expected: over === undefined,
    preceding,
  };
  if (over === undefined) {
    recorder.closure({
      ...facts,
      code: 1000,
      initiator: 'client',
      cause: 'client-closed-normal',
      hypothesis: 'client',
      confidence: 'high',
    });
    return;
  }
  const said = label(over.reason, seen, mislabelled, draws);
  recorder.closure({ ...facts, ...said });
}

/** `undefined` where a response is not what it ends. */
function isExposed(
  plant: Plant,
  response: {
    readonly bytes: number;
    readonly encoding: string;
    readonly controlCharacters: boolean;
    readonly shape: string;
    readonly idMatch: string;
  },
): boolean | undefined {
  switch (plant.hypothesis) {
    case 'payload_size':
      return response.bytes >= plant.bytes;
    case 'tool_call_id':
      return response.idMatch !== 'matched';
    case 'encoding':
      switch (plant.what) {
        case 'control':
          return response.controlCharacters;
        case 'shape':
          return response.shape !== 'object';
        default:
          return response.encoding === plant.what;
      }
    default:
      return undefined;
  }
}

/** By the load of the process. */
function startOf({ from, minutes }: World, { total }: Process, draws: Draws): number {
  const drawn = draws.next() * (total[minutes - 1] ?? 0);
  let low = 0;
  let high = minutes - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((total[middle] ?? 0) > drawn) high = middle;
    else low = middle + 1;
  }
  return from + (low + draws.next()) * 60_000;
}
