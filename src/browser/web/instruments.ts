/** In the place of src/telemetry/instruments.ts: a browser has no metrics; the Collector makes them from the spans. */
import type { Instruments } from '../../telemetry/instruments.ts';

const none = new Proxy({} as Instruments, { get: () => () => {} });

export const createInstruments = (): Instruments => none;
