/** What is loaded when the first session is opened. */
export { diagnose } from '../diagnosis/diagnose.ts';
export { diagnoseStall } from '../diagnosis/diagnose-stall.ts';
