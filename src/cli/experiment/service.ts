/** The service that an experiment is made with, and clients of it: the SDK of the user, watched as any application's. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LiveClient } from '../../experiment/client.ts';
import { scaledTime, type Time } from '../../experiment/time.ts';
import type { Treatment } from '../../experiment/treatment.ts';
import { shared } from '../../instrumentation/shared.ts';
import type { ExperimentOfSession } from '../../telemetry/backend.ts';
import { LiveServerSimulator } from '../../testing/index.ts';
import { packageRoot } from '../package-files.ts';
import { scriptNamed } from '../script-named.ts';
import { installSdk, sdkFoundFrom, sdkName } from '../sdk.ts';
import { UsageError } from '../usage-error.ts';
import type { ExperimentOptions } from './options.ts';

export interface Service {
  /** `in the simulator`, `through this machine`. */
  readonly where: string;
  readonly time: Time;
  /** Marks the session as part of the experiment, where it is one. */
  clientFor(treatment: Treatment, experiment?: ExperimentOfSession): Promise<LiveClient>;
  close(): Promise<void>;
}

/** @param telemetry file that sessions are recorded in */
export async function openService(options: ExperimentOptions, telemetry: string): Promise<Service> {
  const isSimulated = options.against === 'simulator';
  const entry = await usualSdk(options);
  record(telemetry);
  const simulator = isSimulated
    ? await LiveServerSimulator.start({
        script: scriptNamed(options.script),
        seed: options.seed ?? 1,
        timeScale: options.timeScale,
      })
    : undefined;
  const baseUrl = simulator?.url ?? options.against;
  const clients = new Map<string, Promise<LiveClient>>();
  return {
    where: isSimulated ? 'in the simulator' : 'through this machine',
    time: scaledTime(isSimulated ? options.timeScale : 1),
    async clientFor(treatment, experiment) {
      const { sdk, region, baseUrl: own } = treatment;
      const key = JSON.stringify([sdk, region, own]);
      const made =
        clients.get(key) ??
        makeClient(sdk === options.sdk ? entry : entryIn(sdk ?? '.'), {
          ...(simulator && { apiKey: 'simulator' }),
          ...(region !== undefined && { location: region }),
          ...((own ?? baseUrl) !== undefined && { httpOptions: { baseUrl: own ?? baseUrl } }),
        });
      clients.set(key, made);
      const live = await made;
      return experiment === undefined ? live : marked(live, experiment);
    },
    close: async () => simulator?.close(),
  };
}

/** The tap asks for the mark as `connect()` is called. */
function marked(live: LiveClient, experiment: ExperimentOfSession): LiveClient {
  return {
    connect(params) {
      shared.experiment = experiment;
      try {
        return live.connect(params);
      } finally {
        shared.experiment = undefined;
      }
    },
  };
}

interface Sdk {
  readonly GoogleGenAI: new (options: object) => { readonly live: LiveClient };
}

async function makeClient(entry: string, options: object): Promise<LiveClient> {
  const { GoogleGenAI } = (await import(pathToFileURL(entry).href)) as Sdk;
  return new GoogleGenAI(options).live;
}

async function usualSdk({ sdk, out }: ExperimentOptions): Promise<string> {
  if (sdk !== undefined) return entryIn(sdk);
  const folder = path.resolve(out, 'sdk');
  const found = sdkFoundFrom('.') ?? sdkFoundFrom(folder);
  if (found !== undefined) return found;
  await installSdk(folder, 'The experiment');
  return entryIn(folder);
}

function entryIn(folder: string): string {
  const found = sdkFoundFrom(folder);
  if (found !== undefined) return found;
  throw new UsageError(`${sdkName} is not found in ${folder}.`, 1);
}

/** As `--require live-otel/register` does for an application. */
function record(file: string): void {
  process.env.LIVE_OTEL_FILE ??= file;
  createRequire(import.meta.url)(path.join(packageRoot(), 'dist/register.cjs'));
}
