/** One experiment, as the command runs it, with the real client library in virtual time. */

import { setImmediate as turn } from 'node:timers/promises';
import { GoogleGenAI } from '@google/genai';
import type { ExperimentVerdict } from '../../src/analysis/experiment/experiment.ts';
import { judgeTrials } from '../../src/analysis/experiment/judge.ts';
import type { Explanation } from '../../src/conventions/vocabulary.ts';
import type { LiveClient } from '../../src/experiment/client.ts';
import { converse } from '../../src/experiment/converse.ts';
import { designOf } from '../../src/experiment/design.ts';
import { runExperiment, trialsOf } from '../../src/experiment/run.ts';
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
  factor: Explanation,
  world: World,
  seed: number,
  maxSessions = usualMost,
): Promise<Played> {
  const loop = new VirtualLoop(0);
  const draws = createDraws(seed);
  const service = new Service(loop, draws, world);
  const live = clientOf(service);
  const design = designOf(
    factor,
    factor === 'internal_error' ? options : { ...options, model: 'gemini-sound', other: undefined },
  );
  const coin = createRandom(seed * 7_919 + 1);
  const time = virtualTime(loop);
  const signal = new AbortController().signal;
  const running = runExperiment({
    design,
    maxSessions,
    parallel,
    earlier: [],
    coin: () => coin.next() < 0.5,
    converse: (toss, stop) =>
      converse({ live, others: live, treatment: design.arms[toss.arm], time, signal: stop }),
    time,
    signal,
    isSpent: () => false,
  });
  let isOver = false;
  void running.finally(() => {
    isOver = true;
  });
  for (let idle = 0; !isOver && idle < 1_000; idle += 1) {
    await turn();
    await loop.run();
  }
  if (!isOver) throw new Error(`The experiment ${factor} of seed ${seed} stands still.`);
  const trials = trialsOf((await running).results, design);
  return { verdict: judgeTrials(trials).verdict, sessions: trials.length };
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
