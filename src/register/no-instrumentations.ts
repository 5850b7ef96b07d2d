/** `@opentelemetry/instrumentation` as the bundled SDK sees it (tsdown.config.ts): it is given none to register. */
export function registerInstrumentations(): void {}
