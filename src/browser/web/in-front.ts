/** In the place of src/instrumentation/in-front.ts: no files, but frames that are read asynchronously. */
import { inOrder } from '../../instrumentation/in-order.ts';
import type { SessionTap } from '../../instrumentation/tap.ts';
import { loadDiagnosis } from './diagnosing.ts';

export function inFront(observer: SessionTap): SessionTap {
  void loadDiagnosis();
  return inOrder(observer);
}
