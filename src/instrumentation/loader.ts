/**
 * Notices that an application loads a client, in CommonJS and as an ES module, and hands its class over.
 *
 * One line is appended to the file of the client as it is loaded (handover.ts). The hooks of `@opentelemetry/instrumentation` were
 * measured in its place, bundled, with import-in-the-middle 3.6 told to include `@google/genai` only, on Node 24.21. CPU
 * time of a process that loads the SDK as an ES module: 227 ms, against 162 ms with the line (goal: 0.35 times
 * `auto-instrumentations-node`, which leaves about 50 ms); in CommonJS 180 ms against 152 ms; one that loads nothing, 66 ms
 * against 51 ms. They would add 120 kB to the package, give the application another namespace than the SDK's own,
 * miss an SDK that is installed under an alias, and need a second way on Node 22.15 to 22.22.2 and 24.0 to 24.11.0 all
 * the same, where their synchronous hook does not work either.
 */
import Module, * as nodeModule from 'node:module';
import { otherRuntime } from '../conventions/support.ts';
import { clients } from './clients.ts';
import { guarded } from './guard.ts';
import { clientAt, handoverAt } from './handover.ts';
import { addHooks, supportsSyncLoadHooks } from './module-hooks.ts';
import { shared } from './shared.ts';

/** Starts noticing, once per process. A client that CommonJS has already loaded is patched in place. */
export function installLoaderHooks(): void {
  if (shared.hooksInstalled) return;
  shared.hooksInstalled = true;
  const runtime = otherRuntime(process.versions);
  if (runtime !== undefined) {
    // Its loader is another one: hooks of ours would see nothing, or break it.
    process.emitWarning(
      `live-otel needs Node.js to see clients being loaded; this is ${runtime}. The application runs without it.`,
      { code: 'LIVE_OTEL_NOT_STARTED' },
    );
    return;
  }
  shared.evaluated = (name, exported, version) =>
    guarded(`watching the client ${name}`, () =>
      clients.find((client) => client.name === name)?.evaluated(exported, version),
    );
  guarded('looking for clients that were loaded earlier', findAlreadyRequired);
  guarded('installing the module hooks', supportsSyncLoadHooks(process.versions.node) ? hookSync : hookAsync);
  guarded('installing the hook for CommonJS', hookCompile);
}

function hookSync(): void {
  addHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      const handover = handoverAt(url);
      if (handover === undefined || result.source === undefined || result.source === null) return result;
      return { ...result, source: handover(result.source) };
    },
  });
}

/** ES modules by a loader thread. */
function hookAsync(): void {
  const thread = import.meta.url.endsWith('.ts') ? './loader-thread.ts' : './loader-thread.mjs';
  nodeModule.register(thread, import.meta.url);
}

type Compile = (this: NodeJS.Module, content: string, filename: string, ...rest: unknown[]) => unknown;

/**
 * CommonJS that no load hook sees: where there is none, where another loader (tsx) reads the files itself, and where the
 * graph of ES modules that this one belongs to was loaded before it ran. Every such file is compiled by the `_compile` of
 * its module. Only those of interest get one of ours, so that no stack of the application has a frame more.
 */
function hookCompile(): void {
  const prototype = Module.prototype as unknown as { _compile: Compile };
  let compile = prototype._compile;
  // In a stack, V8 writes the name of the property that holds a function without a name; ours is no such property.
  if (compile.name === '') Object.defineProperty(compile, 'name', { value: '_compile', configurable: true });
  const handingOver: Compile = function (content, filename, ...rest) {
    return compile.call(this, handoverAt(filename)?.(content) ?? content, filename, ...rest);
  };
  Object.defineProperty(prototype, '_compile', {
    configurable: true,
    enumerable: true,
    get(this: Partial<NodeJS.Module>) {
      const file = guarded('looking at a module', () => this.filename);
      return typeof file === 'string' && handoverAt(file) !== undefined ? handingOver : compile;
    },
    set(this: unknown, replacement: Compile) {
      if (this === prototype) compile = replacement;
      else
        Object.defineProperty(this, '_compile', {
          value: replacement,
          writable: true,
          configurable: true,
          enumerable: true,
        });
    },
  });
}

/** Whoever has a class that its file alone exports has it for good; a method can be replaced at any time. */
function findAlreadyRequired(): void {
  const cache = (Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> })._cache;
  for (const [filename, module] of Object.entries(cache)) {
    const { name, className, version } = clientAt(filename) ?? {};
    if (name === undefined || className === undefined) continue;
    shared.evaluated?.(name, (module?.exports as Record<string, unknown> | undefined)?.[className], version);
  }
}
