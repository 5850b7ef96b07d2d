/** In the place of src/instrumentation/backlog.ts: an end waits until the diagnosis is there. */
import { guarded } from '../../instrumentation/guard.ts';
import { diagnosisIsSettled, loadDiagnosis } from './diagnosing.ts';

export class Backlog {
  readonly #waiting: (() => void)[] = [];

  add(work: () => void): void {
    this.#waiting.push(work);
    if (diagnosisIsSettled()) this.drain();
    else void loadDiagnosis().then(() => this.drain());
  }

  /** Does all that waits. */
  drain(): void {
    for (const work of this.#waiting.splice(0)) guarded('recording the closure', work);
  }
}
