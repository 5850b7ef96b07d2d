export type { Category, Confidence, Hypothesis, Retry } from './conventions/vocabulary.ts';
export { diagnose as diagnoseClosure } from './diagnosis/diagnose.ts';
export type { Diagnosis, Rival } from './diagnosis/diagnosis.ts';
export type { OtherSessions, RecentClosure } from './diagnosis/others.ts';
export { onClosure, onStall, type Unsubscribe } from './instrumentation/listeners.ts';
export type { LiveClosure, LiveStall } from './instrumentation/live-closure.ts';
export {
  LiveInstrumentation,
  type LiveInstrumentationConfig,
} from './instrumentation/live-instrumentation.ts';
export type { Closure } from './session/model.ts';
