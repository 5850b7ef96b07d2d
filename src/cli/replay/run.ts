import { duration } from '../../conventions/words.ts';
import { type ObservedEnd, observeRecording } from '../../instrumentation/observe-recording.ts';
import type { SessionRecording } from '../../recording/format.ts';
import { wrap } from '../../report/render/text/cells.ts';
import { LiveServerSimulator } from '../../testing/index.ts';
import { print } from '../report/output.ts';
import { scriptNamed } from '../script-named.ts';
import { loadSession } from './load.ts';
import { playClient } from './play-client.ts';

interface ReplayOptions {
  readonly against?: string;
  readonly script: string;
  readonly timeScale: number;
}

export async function runReplay(file: string, options: ReplayOptions): Promise<void> {
  const recording = loadSession(file);
  const first = observeRecording(recording);
  await tell('Recorded', recording, first);
  if (options.against === undefined) return;
  const again = await playAgain(recording, options);
  const second = observeRecording(again);
  await tell('Again', again, second);
  const isSame = first !== undefined && second?.diagnosis.cause === first.diagnosis.cause;
  await print(isSame ? 'It ends as it did.\n' : 'It does not end as it did.\n');
  if (!isSame) process.exitCode = 1;
}

async function playAgain(
  recording: SessionRecording,
  { against, script, timeScale }: ReplayOptions,
): Promise<SessionRecording> {
  if (against !== 'simulator') return playClient(recording, { url: against ?? '', timeScale });
  await using simulator = await LiveServerSimulator.start({ script: scriptNamed(script), timeScale });
  // The simulator lives until the promise is settled.
  return await playClient(recording, { url: simulator.url, timeScale });
}

async function tell(
  which: string,
  { head, events }: SessionRecording,
  diagnosed: ObservedEnd | undefined,
): Promise<void> {
  const frames = events.filter((event) => 'from' in event).length;
  const model = head.model === undefined ? '' : ` of ${head.model}`;
  const length = duration(events.at(-1)?.at ?? 0);
  const what = `${which}: a session${model}, ${frames} frames in ${length}. ${endWords(diagnosed)}`;
  await print(`${wrap(what, 100).join('\n')}\n`);
}

function endWords(diagnosed: ObservedEnd | undefined): string {
  if (diagnosed === undefined) return 'It had not ended.';
  const { closure, diagnosis } = diagnosed;
  const code = closure.code === undefined ? '' : ` with ${closure.code}`;
  const reason = closure.reason === '' ? '' : ` "${closure.reason}"`;
  const { cause, hypothesis, confidence, explanation } = diagnosis;
  return `It ended${code}${reason}: ${cause} (${hypothesis}, confidence ${confidence}). ${explanation}`;
}
