/** `@opentelemetry/configuration` as the bundled SDK sees it (tsdown.config.ts): loaded when it is called. */
import { createRequire } from 'node:module';
import type * as ConfigFile from './config-file.ts';

const load = (): typeof ConfigFile =>
  createRequire(__filename)('./register-config-file.cjs') as typeof ConfigFile;

export const mergeHeadersConfig: typeof ConfigFile.mergeHeadersConfig = (...args) =>
  load().mergeHeadersConfig(...args);
export const mergePropagatorCompositeConfig: typeof ConfigFile.mergePropagatorCompositeConfig = (...args) =>
  load().mergePropagatorCompositeConfig(...args);
export const mergeResourceAttributesConfig: typeof ConfigFile.mergeResourceAttributesConfig = (...args) =>
  load().mergeResourceAttributesConfig(...args);
export const parseConfigFile: typeof ConfigFile.parseConfigFile = (...args) =>
  load().parseConfigFile(...args);
