/** Where a session's end gets its diagnosis. A browser loads it later: src/browser/web/diagnosing.ts. */
export { diagnose } from '../diagnosis/diagnose.ts';
export { diagnoseStall } from '../diagnosis/diagnose-stall.ts';
