/** So many sessions at once, of one instrumentation, over sockets on the loopback interface. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '@google/genai';
import type { Mode } from '../audio/client.ts';
import { sentAudio } from '../audio/frames.ts';
import { liveBytes } from '../memory/heap.ts';
import { input, reply } from '../report/child.ts';
import { startAgent } from './agent.ts';
import { frameMs } from './talk.ts';

export interface ServiceInput {
  readonly mode: Mode;
  readonly sessions: number;
  readonly seconds: number;
}

export interface ServiceResult {
  /** Cores: seconds of CPU a second, of all threads. */
  readonly cores: number;
  /** That live after a collection. */
  readonly bytes: number;
  /** Of OTLP, a second. */
  readonly telemetry: number;
  readonly spans: number;
}

const { mode, sessions: count, seconds } = input<ServiceInput>();
const { instrumented, connect, stop } = await startAgent(new URL('./peer.ts', import.meta.url));

const before = await liveBytes();
const sessions: Session[] = [];
for (let index = 0; index < count; index += 1) sessions.push(await connect(mode));
const audio = sentAudio(frameMs);
const steps = 10;
let step = 0;
const talking = setInterval(() => {
  step += 1;
  for (let index = step % steps; index < count; index += steps) {
    sessions[index]?.sendRealtimeInput(audio[step % audio.length] as (typeof audio)[number]);
  }
}, frameMs / steps);
// Code is compiled, buffers have their size.
await sleep(seconds * 250);
await instrumented.flush();
const [bytesBefore, spansBefore] = [instrumented.bytes(), instrumented.exported()];
const cpu = process.cpuUsage();
const from = performance.now();
await sleep(seconds * 1_000);
const { user, system } = process.cpuUsage(cpu);
const lasted = (performance.now() - from) / 1_000;
await instrumented.flush();
const result: ServiceResult = {
  cores: (user + system) / 1e6 / lasted,
  telemetry: (instrumented.bytes() - bytesBefore) / lasted,
  spans: (instrumented.exported() - spansBefore) / lasted,
  bytes: (await liveBytes()) - before,
};
clearInterval(talking);
stop();
reply(result);
process.exit(0);
