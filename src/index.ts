export type { Category, Confidence, Diagnosis, Hypothesis } from './diagnosis/diagnosis.ts';
export {
  LiveInstrumentation,
  type LiveInstrumentationConfig,
} from './instrumentation/live-instrumentation.ts';
export type { Closure } from './session/model.ts';
