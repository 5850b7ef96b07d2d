import type { Frame } from '../risk/frame.ts';
import { isOpen } from './attribution.ts';
import { common } from './common-factors.ts';
import { lateOf } from './late.ts';
import { limits } from './limits.ts';
import type { Inquiry, Unit } from './question.ts';
import { idleOf } from './quiet.ts';
import { raceAnswered } from './tool-responses.ts';
import type { CallFactors, ResponseFactors } from './units.ts';

/** Octaves of milliseconds, up to half a second: input that was sent before the call was received may still be on its way. */
const onItsWay = 8;

/** -1 where it is not known whether the service heard input while the call was pending. */
function inputOf({ input, duration }: CallFactors): number {
  return input === 0 && duration >= 0 && duration <= onItsWay ? -1 : input;
}

/**
 * A tool call, and whether the session ended while it was pending. The longer one is pending, the more input comes and
 * the more can happen: those with input have to meet more ends than so much time of any session.
 */
export function toolCalls(frame: Frame, responses: readonly Unit<ResponseFactors>[]): Inquiry<CallFactors> {
  const { sessions } = frame;
  let ends = 0;
  let minutes = 0;
  for (const { ending, weight, age } of sessions) {
    if (isOpen(ending)) ends += weight;
    minutes += (weight * Math.max(0, age)) / 60;
  }
  return {
    unit: 'tool_call',
    family: 'binomial',
    windows: [undefined],
    occasions: false,
    whole: { ends, minutes },
    afterwards: (caused) =>
      lateOf(
        responses,
        raceAnswered,
        { window: 0, windows: limits.windows },
        { caused, idle: idleOf(frame) },
      ),
    least: 1,
    groupings: [
      { name: 'tool', level: ({ tool }) => tool, spread: 2 },
      { name: 'calls pending', level: ({ pending }) => pending, reference: 0, spread: 1.5 },
      { name: 'input while pending', level: inputOf, reference: 0, spread: 2 },
      { name: 'blocking', level: ({ nonBlocking }) => nonBlocking, reference: false, spread: 1.5 },
      { name: 'outage', level: ({ outage }) => outage, reference: false, spread: 2 },
      { name: 'age', level: ({ age }) => age, spread: 1 },
      ...common,
    ],
    questions: [
      {
        hypothesis: 'concurrency',
        family: 'race',
        exposedLabel: 'tool calls with realtime input while they were pending',
        unexposedLabel: 'those without',
        exposed: (call) => inputOf(call) > 0,
        unknown: (call) => inputOf(call) < 0,
        own: [{ grouping: 'input while pending' }],
      },
    ],
  };
}
