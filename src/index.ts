export type { Retry } from './diagnosis/cause.ts';
export { diagnose as diagnoseClosure } from './diagnosis/diagnose.ts';
export type { Category, Confidence, Diagnosis, Hypothesis, Rival } from './diagnosis/diagnosis.ts';
export type { OtherSessions, RecentClosure } from './diagnosis/others.ts';
export { onClosure, onStall, type Unsubscribe } from './instrumentation/listeners.ts';
export type { LiveClosure, LiveStall } from './instrumentation/live-closure.ts';
export {
  LiveInstrumentation,
  type LiveInstrumentationConfig,
} from './instrumentation/live-instrumentation.ts';
export type { Closure } from './session/model.ts';
