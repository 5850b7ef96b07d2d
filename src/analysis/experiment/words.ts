/** What an experiment shows, in sentences. Pure. */
import { type Contrast, factors, type Judgement } from './experiment.ts';
import { experimentLimits } from './judge.ts';

export interface Setting {
  /** Without path; left out where the arms are of two models. */
  readonly model?: string | undefined;
  /** `through this machine`, `in the simulator`. */
  readonly where: string;
}

export function verdictWords(contrast: Contrast, judgement: Judgement, { model, where }: Setting): string {
  const { control, treated, difference, verdict, within } = judgement;
  const sessions = control.sessions + treated.sessions;
  const place = model === undefined ? capital(where) : `On model ${model}, ${where}`;
  const counts = `with ${contrast.treated} ${treated.failed} of ${treated.sessions} sessions end, with ${contrast.control} ${control.failed} of ${control.sessions}`;
  const points = `${pointsOf(difference.value)} (95 % ${signed(difference.low)} to ${signed(difference.high)})`;
  const { it } = factors[contrast.factor];
  switch (verdict) {
    case 'worse':
      return `${place}, ${counts}: difference ${points}. It is ${it}.`;
    case 'better':
      return `${place}, ${counts}: difference ${points}. Fewer end, not more: ${it} matters, but not as was suspected.`;
    case 'no_difference':
      return `${place}, ${counts}. No difference above ${experimentLimits.margin * 100} points with ${sessions} sessions: it is not ${it}.${elsewhere(judgement)}`;
    case 'not_settled':
      return `${place}, ${counts}: difference ${points}. Not settled with ${sessions} sessions${within === undefined ? '' : `; a difference above ${within * 100} points is excluded`}.`;
  }
}

function elsewhere({ control, treated }: Judgement): string {
  const failed = control.failed + treated.failed;
  return failed * 5 < control.sessions + treated.sessions ? '' : ' What ends them is the same in both.';
}

function pointsOf(share: number): string {
  const points = Math.round(share * 100);
  return `${signed(share)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
}

function signed(share: number): string {
  const points = Math.round(share * 100);
  return points < 0 ? `−${-points}` : String(points);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
