/**
 * Threads and processes that the application starts with flags of its own, and without the one that brought live-otel
 * here: what they open is not recorded, and no tap of this process sees it. Of processes Node.js tells from version 24
 * on. Nothing of them is changed. Most open no sessions: only a script that names a client of the Live API is told of.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guarded } from '../instrumentation/guard.ts';
import { addHooks, supportsSyncLoadHooks } from '../instrumentation/module-hooks.ts';

interface Spawned {
  readonly options?: {
    readonly file?: string;
    readonly args?: readonly string[];
    readonly envPairs?: readonly string[];
    readonly cwd?: string | URL;
  };
}

interface ThreadOptions {
  readonly eval?: boolean;
  readonly execArgv?: unknown;
  readonly env?: Readonly<Record<string, string | undefined>> | symbol;
}

type WorkerClass = new (file: unknown, options?: ThreadOptions) => object;

const isScript = /\.[cm]?[jt]sx?$/;
const takesFile = /^(?:-r|--require|--import|--(?:experimental-)?loader)$/;

/** Whoever was preloaded by `NODE_OPTIONS` is so in all of them; where there was no preload, each has its own import. */
export function watchChildren(): void {
  const preloads = preloadsOf(process.execArgv);
  if (preloads.length === 0 || includesOne(process.env.NODE_OPTIONS, preloads)) return;
  subscribe('tracing:child_process.spawn:start', (message) => {
    guarded('looking at a process', () => {
      const { file = '', args = [], envPairs = [], cwd } = (message as Spawned).options ?? {};
      if (file !== process.execPath && !/^node(?:\.exe)?$/.test(basename(file))) return;
      const script = args.find((arg, index) => isScript.test(arg) && !takesFile.test(args[index - 1] ?? ''));
      const reached = [...args, ...envPairs.filter((pair) => pair.startsWith('NODE_OPTIONS='))];
      if (script !== undefined && !includesOne(reached.join(' '), preloads))
        tell('a process', script, String(cwd ?? process.cwd()));
    });
  });
  if (!supportsSyncLoadHooks(process.versions.node)) return;
  const remove = addHooks({
    load(url, context, nextLoad) {
      if (url === 'node:worker_threads') {
        remove();
        guarded('watching threads', () => watchThreads(preloads));
      }
      return nextLoad(url, context);
    },
  });
}

function watchThreads(preloads: readonly string[]): void {
  const threads = process.getBuiltinModule('node:worker_threads') as unknown as { Worker: WorkerClass };
  const original = threads.Worker;
  const watched = new Proxy(original, {
    construct(target, args: ConstructorParameters<WorkerClass>, newTarget): object {
      const thread = Reflect.construct(target, args, newTarget === watched ? target : newTarget);
      guarded('looking at a thread', () => {
        const [file, { eval: isText = false, execArgv, env } = {}] = args;
        if (isText || !Array.isArray(execArgv)) return;
        const { NODE_OPTIONS } = typeof env === 'object' ? { ...env } : process.env;
        if (!includesOne([...execArgv, NODE_OPTIONS].join(' '), preloads)) tell('a thread', String(file));
      });
      return thread;
    },
  });
  // `thread.constructor === Worker` stays so.
  Object.defineProperty(original.prototype, 'constructor', {
    value: watched,
    writable: true,
    configurable: true,
  });
  threads.Worker = watched;
  syncBuiltinESMExports();
}

/** What `--require` and `--import` name: ours, or all where ours is behind a file of the application's. */
function preloadsOf(flags: readonly string[]): readonly string[] {
  const named = flags.flatMap((flag, index) => {
    const [, value] = /^(?:-r|--require|--import)(?:=(.*))?$/.exec(flag) ?? [undefined, null];
    return value === null ? [] : [value ?? flags[index + 1] ?? ''];
  });
  const ours = named.filter((name) => name.includes('live-otel'));
  return ours.length > 0 ? ours : named;
}

function includesOne(text: string | undefined, preloads: readonly string[]): boolean {
  return text !== undefined && preloads.some((preload) => text.includes(preload));
}

/** As in the text of who opens Live sessions: packages of clients, the RPC, the models. */
const namesClient =
  /@google\/(?:genai|adk)|BidiGenerateContent|gemini|@ai-sdk\/google|firebase\/(?:ai|vertexai)/i;

/** Files that were looked at. */
const seen = new Set<string>();
let told = false;

/** Libraries have helpers of their own, which open no sessions. Each script is looked at once, and one is told of. */
function tell(what: string, location: string, directory = process.cwd()): void {
  const file = location.startsWith('file:') ? fileURLToPath(location) : resolve(directory, location);
  if (told || seen.has(file) || /[\\/]node_modules[\\/]/.test(file)) return;
  seen.add(file);
  if (!namesClient.test(readFileSync(file, 'utf8'))) return;
  told = true;
  process.emitWarning(
    `${file} runs in ${what} that is started without the preload of live-otel: Live sessions that it opens are not recorded. Add --require live-otel/register to its flags (execArgv), or set it in NODE_OPTIONS.`,
    { code: 'LIVE_OTEL_NOT_SEEN' },
  );
}
