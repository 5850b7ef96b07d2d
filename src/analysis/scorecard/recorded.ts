import { createAgeTable } from '../risk/ages.ts';
import { type Frame, openedAt } from '../risk/frame.ts';
import { createTimeTable } from '../risk/time.ts';
import type { OverTime } from './over-time.ts';

/**
 * When sessions were opened and ended, and how old they were then, of the sessions of the frame alone. Where unexpected
 * ends come from all sessions and everything else from a part of them, the tables of the whole compare one with the other.
 */
export function recorded({ sessions }: Frame): OverTime {
  const time = createTimeTable();
  const ages = createAgeTable();
  for (const session of sessions) {
    const { endedAt, age, ending, weight } = session;
    const event = ending.expected ? 'expected' : ending.hypothesis;
    time.add(endedAt, event, weight);
    if (age < 0) continue;
    time.add(openedAt(session), 'connects', weight);
    ages.add(age, event, weight);
  }
  return { ...time.finish(), ages: ages.finish() };
}
