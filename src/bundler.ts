/**
 * For applications that are bundled: a loader hook sees none of the modules in a bundle, so the line that hands the class
 * of a client over is added while the bundle is made. At run time it does nothing unless `live-otel` is loaded.
 *
 * The default export is a loader, for webpack and for what takes its loaders (Turbopack).
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { clients } from './instrumentation/clients.ts';
import { handoverAt } from './instrumentation/handover.ts';

/** Structural part of esbuild's `PluginBuild`. */
interface EsbuildBuild {
  onLoad(
    options: { filter: RegExp; namespace?: string },
    callback: (args: { path: string }) => Promise<{ contents: string; loader: 'js' } | undefined>,
  ): void;
}

/** Structural part of webpack's `Compiler`. */
interface WebpackCompiler {
  readonly options: { readonly module: { readonly rules: unknown[] } };
}

/** The files whose source {@link handoverAt} looks at. */
const candidates = new RegExp(clients.flatMap(({ entries }) => entries.map(({ file }) => file)).join('|'));

/** `plugins: [esbuild()]` for esbuild and tsup. */
export function esbuild() {
  return {
    name: 'live-otel',
    setup(build: EsbuildBuild): void {
      build.onLoad({ filter: candidates, namespace: 'file' }, async ({ path }) => {
        const handover = handoverAt(path);
        if (handover === undefined) return undefined;
        return { contents: handover(await readFile(path, 'utf8')), loader: 'js' };
      });
    },
  };
}

/** `plugins: [rollup()]` for Rollup, Rolldown, tsdown and Vite. */
export function rollup() {
  return {
    name: 'live-otel',
    transform(code: string, id: string): { code: string; map: null } | undefined {
      const handover = candidates.test(id) ? handoverAt(id) : undefined;
      return handover && { code: handover(code), map: null };
    },
  };
}

/** `plugins: [webpack()]` for webpack and Rspack. */
export function webpack() {
  return {
    apply({ options }: WebpackCompiler): void {
      options.module.rules.push({ test: candidates, use: [{ loader: fileURLToPath(import.meta.url) }] });
    },
  };
}

export default function loader(this: { readonly resourcePath: string }, source: string): string {
  return handoverAt(this.resourcePath)?.(source) ?? source;
}
