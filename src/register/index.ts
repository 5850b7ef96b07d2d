export { type RegisterConfig, readConfig } from './config.ts';
export { installDiagLogger, warnOfConfiguration } from './diagnostics.ts';
export { type ExitHooks, installExitHandling } from './exit.ts';
export { isTracerProviderRegistered, type RunningSdk, startSdk } from './sdk.ts';
