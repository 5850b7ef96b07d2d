/** Services whose sessions end by the size of answers. */
import { invalidArgumentEnd } from '../../causes/endings.ts';
import { restricted } from '../../causes/restricted.ts';
import { between, type Family, logBetween } from '../family.ts';
import { tailed, within } from '../services/moment.ts';
import { newer, older, tool } from '../services/service.ts';
import { deadlyAnswers, deadlySums, either, indigestible, mostly, soft } from './answer-causes.ts';

export const sizesFamilies: readonly Family[] = [
  {
    // A kilobyte of free hours is a lot already, more or less.
    name: 'a barber shop',
    make: (draws) => {
      const dose = soft(between(draws, 0.035, 0.14), logBetween(draws, 900, 1_400), 4);
      return {
        causes: [
          deadlyAnswers({
            name: 'long lists of free hours',
            hypothesis: 'payload_size',
            chance: ({ bytes }) => dose(bytes),
            exposedFrom: dose(900),
            delay: within(0.1, 1),
          }),
        ],
        background: { faults: between(draws, 0.5, 2) },
        users: { users: 90, visit: 120, mics: { open: 5, gated: 0, push: 3, text: 0 } },
        application: {
          tools: [
            tool('free_hours', { bytes: 750, spread: 0.8, seconds: 0.7, weight: 3 }),
            tool('prices', { bytes: 250, spread: 0.5, seconds: 0.2 }),
            tool('book', { bytes: 90, spread: 0.2, seconds: 1.5, weight: 2 }),
          ],
        },
      };
    },
  },
  {
    // Records of a hundred kilobytes; some of the ends come when nobody thinks of the record any more.
    name: 'a court reporter',
    make: (draws) => {
      const dose = soft(between(draws, 0.25, 0.7), logBetween(draws, 85_000, 110_000), 9);
      return {
        causes: [
          deadlyAnswers({
            name: 'long records',
            hypothesis: 'payload_size',
            chance: ({ bytes }) => dose(bytes),
            exposedFrom: dose(70_000),
            delay: either(0.6, within(0.2, 1.2), within(6, 14)),
            end: mostly(invalidArgumentEnd, 0.3),
          }),
        ],
        users: { users: 35, visit: 220, pause: 9 },
        application: {
          tools: [
            tool('record', { bytes: 26_000, spread: 1.2, seconds: 2.5, slowIsLarge: 0.7, weight: 3 }),
            tool('docket', { bytes: 1_800, spread: 1, weight: 2 }),
            tool('who_is', { bytes: 200, seconds: 0.4 }),
          ],
          retries: { chance: 0.9, seconds: 1, most: 5 },
        },
        operations: { skewMs: between(draws, 200, 2_000) },
      };
    },
  },
  {
    // With each doubling a little worse, and never bad.
    name: 'a crossword club',
    make: (draws) => {
      const perDoubling = between(draws, 0.004, 0.012);
      const chance = (bytes: number) => Math.max(0, perDoubling * Math.log2(bytes / 600));
      return {
        causes: [
          deadlyAnswers({
            name: 'answers, a little worse with each doubling',
            hypothesis: 'payload_size',
            chance: ({ bytes }) => chance(bytes),
            exposedFrom: 1.5 * perDoubling,
            delay: tailed(0.8, 0.9, 8),
          }),
        ],
        background: { faults: between(draws, 0.3, 0.9) },
        users: { users: 220, visit: 130 },
        application: {
          tools: [
            tool('candidates', { bytes: 1_400, spread: 1.6, seconds: 0.9, weight: 3 }),
            tool('dictionary', { bytes: 800, spread: 1.2, seconds: 0.5 }),
          ],
        },
        operations: { deploys: 1 },
        size: 2.5,
      };
    },
  },
  {
    // It reads the values of several machines at once; what they say together is too much.
    name: 'a dialysis ward',
    make: (draws) => {
      const dose = soft(between(draws, 0.08, 0.3), logBetween(draws, 6_000, 9_000), 6);
      return {
        causes: [
          deadlySums({
            name: 'values of several machines',
            chance: dose,
            exposedFrom: dose(4_500),
            delay: within(0.3, 2.5),
          }),
        ],
        background: { faults: between(draws, 0.8, 2.5) },
        users: { users: 40, visit: 180, mics: { open: 1, gated: 5, push: 3, text: 0 } },
        application: {
          tools: [
            tool('machine', { bytes: 2_200, spread: 0.7, seconds: 1.8, slack: 0.5, weight: 3 }),
            tool('patient', { bytes: 1_100, spread: 0.6 }),
          ],
          answers: 'singly',
        },
        parallel: between(draws, 0.4, 0.6),
      };
    },
  },
  {
    // A long description is swallowed, and spoils the next turn.
    name: 'a cheese counter',
    make: (draws) => {
      const dose = logBetween(draws, 3_500, 6_000);
      const chance = between(draws, 0.05, 0.16);
      return {
        causes: [
          indigestible({
            name: 'long descriptions',
            chance: (bytes) => (bytes > dose ? chance : 0),
            atOnce: between(draws, 0.35, 0.65),
          }),
        ],
        users: { visit: 160, pause: 4 },
        application: {
          tools: [
            tool('describe', { bytes: 2_600, spread: 1.1, weight: 2, utf8: 0.7 }),
            tool('stock', { bytes: 300, spread: 0.7, weight: 2, utf8: 0.1 }),
          ],
        },
        operations: { sampling: { ratio: 0.5, weights: false } },
        size: 2,
      };
    },
  },
  {
    // Young sessions take everything; older ones die of long disruption notes.
    name: 'a tram line',
    make: (draws) => {
      const limit = logBetween(draws, 3_500, 5_500);
      const chance = between(draws, 0.06, 0.25);
      const longNotes = deadlyAnswers({
        name: 'long notes to old sessions',
        hypothesis: 'payload_size',
        chance: ({ bytes }) => (bytes > limit ? chance : 0),
        delay: tailed(1.5, 0.8, 10),
      });
      return {
        causes: [restricted(longNotes, (session) => session.age > 90)],
        background: { faults: between(draws, 0.6, 1.8) },
        users: { users: 70, visit: 270 },
        application: {
          tools: [
            tool('disruptions', { bytes: 2_400, spread: 1.2, seconds: 1.1, weight: 2 }),
            tool('next_tram', { bytes: 350, spread: 0.5, seconds: 0.4, weight: 3 }),
            tool('lost_items', { bytes: 900 }),
          ],
        },
        operations: {
          models: [
            [older, 1],
            [newer, 2],
          ],
          kills: 2,
        },
      };
    },
  },
  {
    // Since the last version visa forms are sent in full, and its gateway takes no frame of that length.
    name: 'an embassy',
    make: (draws) => {
      const limit = logBetween(draws, 18_000, 26_000);
      const chance = between(draws, 0.6, 1);
      return {
        causes: [
          deadlyAnswers({
            name: 'forms in full',
            hypothesis: 'payload_size',
            // Without a close frame it is lost connections as well.
            allowed: ['connection'],
            chance: ({ bytes }) => (bytes > limit ? chance : 0),
            delay: within(0.02, 0.3),
            end: () => 'drop',
          }),
        ],
        background: { losses: between(draws, 0.3, 1) },
        application: {
          tools: [
            tool('form', { bytes: 1_300, spread: 0.9, seconds: 1.6, utf8: 0.5 }),
            tool('appointments', { bytes: 700, spread: 0.8, weight: 2 }),
            tool('fees', { bytes: 180, seconds: 0.3 }),
          ],
        },
        operations: { deploys: 1, grows: between(draws, 5, 8) },
        size: 1.3,
      };
    },
  },
];
