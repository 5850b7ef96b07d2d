export type { Category, Confidence, Hypothesis, Retry } from './conventions/vocabulary.ts';
export { type ClosureLine, diagnoseClosure } from './diagnosis/diagnose-line.ts';
export type { Diagnosis, Rival } from './diagnosis/diagnosis.ts';
export type { LiveInstrumentationConfig, OpenedSession } from './instrumentation/config.ts';
export { flush } from './instrumentation/flush.ts';
export { onClosure, onStall, type Unsubscribe } from './instrumentation/listeners.ts';
export type { LiveClosure, LiveStall } from './instrumentation/live-closure.ts';
export { LiveInstrumentation } from './instrumentation/live-instrumentation.ts';
