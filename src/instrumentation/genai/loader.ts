/**
 * Notices that an application loads `@google/genai`, in CommonJS and as an ES module, and hands its class `Live` over.
 *
 * One line is appended to the SDK's entry file as it is loaded. The hooks of `@opentelemetry/instrumentation` were
 * measured in its place, bundled, with import-in-the-middle 3.6 told to include `@google/genai` only, on Node 24.21. CPU
 * time of a process that loads the SDK as an ES module: 227 ms, against 162 ms with the line (goal: 0.35 times
 * `auto-instrumentations-node`, which leaves about 50 ms); in CommonJS 180 ms against 152 ms; one that loads nothing, 66 ms
 * against 51 ms. They would add 120 kB to the package, give the application another namespace than the SDK's own,
 * miss an SDK that is installed under an alias, and need a second way on Node 22.15 to 22.22.2 and 24.0 to 24.11.0 all
 * the same, where their synchronous hook does not work either.
 */
import Module, * as nodeModule from 'node:module';
import { guarded } from '../guard.ts';
import { addHooks } from '../module-hooks.ts';
import { shared } from '../shared.ts';
import { watchedClass } from '../websocket/watch-class.ts';
import { watchSocket } from '../websocket/watch-socket.ts';
import { patchLive } from './patch-live.ts';
import { handoverAt, sdkVersionAt } from './sdk-entry.ts';

/** Starts noticing, once per process. An SDK that CommonJS has already loaded is patched in place. */
export function installLoaderHooks(): void {
  if (shared.hooksInstalled) return;
  shared.hooksInstalled = true;
  shared.wsEvaluated = (exported) =>
    guarded('watching the class of ws', () =>
      typeof exported === 'function' ? watchedClass(exported as new () => object, watchSocket) : undefined,
    );
  shared.sdkEvaluated = (live, version) => {
    guarded('patching @google/genai', () => {
      patchLive(live, version);
      shared.recorder?.clientLoaded?.();
    });
  };
  guarded('patching an @google/genai that was loaded earlier', patchAlreadyRequired);
  guarded('installing the module hooks', supportsSyncLoadHooks(process.versions.node) ? hookSync : hookAsync);
  guarded('installing the hook for CommonJS', hookCompile);
}

/**
 * `module.registerHooks()` came with Node 22.15 and 24.0, but its load hook refused the empty source of CommonJS
 * modules that ES modules import until 22.22.3, 24.11.1 and 25.1 (nodejs/node#59929).
 */
export function supportsSyncLoadHooks(nodeVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = nodeVersion.split('.').map(Number);
  const atLeast = (m: number, p: number) => minor > m || (minor === m && patch >= p);
  if (major === 22) return atLeast(22, 3);
  if (major === 24) return atLeast(11, 1);
  if (major === 25) return atLeast(1, 0);
  return major > 25;
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

function patchAlreadyRequired(): void {
  const cache = (Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> })._cache;
  for (const [filename, module] of Object.entries(cache)) {
    const version = sdkVersionAt(filename);
    if (version === undefined) continue;
    shared.sdkEvaluated?.((module?.exports as { Live?: unknown } | undefined)?.Live, version);
  }
}
