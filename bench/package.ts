/** The package as it is published: what is measured is the build, not the source. */
import type * as Package from '../src/index.ts';

export const { LiveInstrumentation } = (await import(
  new URL('../dist/index.mjs', import.meta.url).href
)) as typeof Package;
export type LiveInstrumentation = Package.LiveInstrumentation;
