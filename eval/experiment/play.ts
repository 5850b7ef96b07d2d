/** One experiment, as the command runs it, with the real client library in virtual time. */

import { setImmediate as turn } from 'node:timers/promises';
import { GoogleGenAI } from '@google/genai';
import type { ExperimentVerdict } from '../../src/analysis/experiment/experiment.ts';
import { judgeTrials } from '../../src/analysis/experiment/judge.ts';
import { screen } from '../../src/analysis/experiment/screen.ts';
import { type MainHypothesis, mainHypotheses } from '../../src/conventions/vocabulary.ts';
import type { LiveClient } from '../../src/experiment/client.ts';
import { converse } from '../../src/experiment/converse.ts';
import { amongAll, combine, type Design, designOf } from '../../src/experiment/design.ts';
import { runExperiment, trialsOf } from '../../src/experiment/run.ts';
import { drawRows, runScreening, screenedTrials } from '../../src/experiment/screening.ts';
import { type Time, usualPatience } from '../../src/experiment/time.ts';
import { createRandom } from '../../src/testing/random.ts';
import { createDraws } from '../scorecard/world/draws.ts';
import { VirtualLoop } from '../scorecard/world/loop.ts';
import { type Callbacks, MemorySocket } from '../scorecard/world/socket.ts';
import { faultyModel, Service, type World } from './service.ts';

export interface Played {
  readonly verdict: ExperimentVerdict;
  readonly sessions: number;
}

const options = { model: faultyModel, other: 'gemini-sound', burst: 12 };
/** As the command does unless it is told otherwise. */
const usualMost = 400;
const parallel = 4;

export async function playExperiment(
  factor: MainHypothesis,
  world: World,
  seed: number,
  maxSessions = usualMost,
): Promise<Played> {
  const stage = createStage(world, seed);
  const design = designOf(
    factor,
    factor === 'internal_error' ? options : { ...options, model: 'gemini-sound', other: undefined },
  );
  return stage.toItsEnd(experiment(stage, design, maxSessions), `The experiment ${factor} of seed ${seed}`);
}

export interface PlayedAll {
  readonly named: readonly MainHypothesis[];
  readonly sessions: number;
}

/** `--all`, within as many sessions as one experiment may take. */
export async function playAll(world: World, seed: number): Promise<PlayedAll> {
  const stage = createStage(world, seed);
  const { live, time, signal } = stage;
  const combination = combine(mainHypotheses, options);
  const random = createRandom(seed * 104_729 + 3);
  const rows = drawRows(mainHypotheses, 4, () => random.next());
  const all = async (): Promise<PlayedAll> => {
    const { results } = await runScreening({
      combination,
      rows,
      earlier: [],
      parallel,
      converse: ({ row }, stop) =>
        converse({
          live,
          others: live,
          treatment: combination.treatments(new Set(rows[row])),
          time,
          signal: stop,
        }),
      time,
      signal,
      isSpent: () => false,
    });
    const named: MainHypothesis[] = [];
    let sessions = results.length;
    for (const { factor, standsOut } of screen(mainHypotheses, screenedTrials(results, rows, combination))) {
      if (!standsOut || usualMost - sessions < 36) continue;
      const design = designOf(factor, amongAll(factor, options));
      const played = await experiment(stage, design, usualMost - sessions);
      sessions += played.sessions;
      if (played.verdict === 'worse') named.push(factor as MainHypothesis);
    }
    return { named, sessions };
  };
  return stage.toItsEnd(all(), `All of seed ${seed}`);
}

interface Stage {
  readonly live: LiveClient;
  readonly time: Time;
  readonly signal: AbortSignal;
  readonly coin: () => boolean;
  toItsEnd<Result>(running: Promise<Result>, what: string): Promise<Result>;
}

function createStage(world: World, seed: number): Stage {
  const loop = new VirtualLoop(0);
  const service = new Service(loop, createDraws(seed), world);
  const random = createRandom(seed * 7_919 + 1);
  return {
    live: clientOf(service),
    time: virtualTime(loop),
    signal: new AbortController().signal,
    coin: () => random.next() < 0.5,
    async toItsEnd(running, what) {
      let isOver = false;
      void running.finally(() => {
        isOver = true;
      });
      for (let idle = 0; !isOver && idle < 1_000; idle += 1) {
        await turn();
        await loop.run();
      }
      if (!isOver) throw new Error(`${what} stands still.`);
      return running;
    },
  };
}

async function experiment(
  { live, time, signal, coin }: Stage,
  design: Design,
  maxSessions: number,
): Promise<Played> {
  const { results } = await runExperiment({
    design,
    maxSessions,
    parallel,
    earlier: [],
    coin,
    converse: (toss, stop) =>
      converse({ live, others: live, treatment: design.arms[toss.arm], time, signal: stop }),
    time,
    signal,
    isSpent: () => false,
  });
  const { verdict, control, treated } = judgeTrials(trialsOf(results, design));
  return { verdict, sessions: control.sessions + treated.sessions };
}

function virtualTime(loop: VirtualLoop): Time {
  return {
    now: loop.now,
    patience: usualPatience,
    after(ms, action) {
      const timer = loop.after(ms, () => {
        action();
        loop.promised = true;
      });
      return () => {
        timer.cancelled = true;
      };
    },
  };
}

function clientOf({ loop, draws, accept }: Service): LiveClient {
  const { live } = new GoogleGenAI({ apiKey: 'virtual' });
  Object.assign(live, {
    webSocketFactory: {
      create: (_url: string, _headers: unknown, callbacks: Callbacks) =>
        new MemorySocket(loop, callbacks, 20 + 30 * draws.next(), accept),
    },
  });
  return live as unknown as LiveClient;
}
