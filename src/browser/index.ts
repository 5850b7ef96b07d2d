/**
 * `live-otel/browser`: the same record of Live sessions as in Node.js, in a page.
 *
 * The taps, the reducer, the diagnosis and the spans are those of Node.js: this room holds only what a page does
 * otherwise.
 *
 * - `web/` has one file for each module of the other rooms that needs Node.js, of the same name and with the same
 *   exports. `tsdown.config.ts` puts them in place as it builds, so that Node.js pays for none of it.
 * - `otlp/` is an exporter for pages without an OpenTelemetry SDK. What a browser still sends for a page that is left is
 *   64 KiB; the rest of its design follows from that.
 * - `page.ts` and `live-instrumentation.ts` put both together.
 *
 * What not every page needs at once is in modules of their own: the diagnosis, loaded while the first session runs and without
 * what the catalogue says of causes in general (`web/diagnosing.ts`); the exporter; the tap on the SDK. A test holds each of
 * them to its size.
 */
export type { Category, Confidence, Hypothesis, Retry } from '../conventions/vocabulary.ts';
export type { Rival } from '../diagnosis/diagnosis.ts';
export type { OpenedSession } from '../instrumentation/config.ts';
export { flush } from '../instrumentation/flush.ts';
export { onClosure, onStall, type Unsubscribe } from '../instrumentation/listeners.ts';
export type { LiveClosure, LiveStall } from '../instrumentation/live-closure.ts';
export { type BrowserInstrumentationConfig, LiveInstrumentation } from './live-instrumentation.ts';
export type { OtlpOptions } from './otlp/exporter.ts';
