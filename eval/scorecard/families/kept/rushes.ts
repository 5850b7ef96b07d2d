/** Services that have too much to do at a time, in one conversation or in many. */
import { genericEnd, notImplementedEnd, quotaEnd } from '../../causes/endings.ts';
import { manyConnects, race } from '../../causes/sessions.ts';
import { between, type Family } from '../family.ts';
import { within } from '../services/moment.ts';
import { newer, older, tool } from '../services/service.ts';
import { mostly } from './answer-causes.ts';
import { burst, pushedOut, starved, turnsPerMinute } from './busy-causes.ts';
import { confusedByInput, fullQueue } from './pending-causes.ts';

export const rushesFamilies: readonly Family[] = [
  {
    // The shop is loud and the oven slow: what is heard for more than two seconds of waiting is too much.
    name: 'a bakery counter',
    make: (draws) => ({
      causes: [
        fullQueue({
          seconds: between(draws, 1.5, 2.5),
          chance: between(draws, 0.15, 0.4),
          end: mostly(notImplementedEnd, 0.4),
        }),
      ],
      users: { mics: { open: 4, gated: 3, push: 3, text: 0 } },
      application: {
        tools: [
          tool('oven', { bytes: 200, spread: 0.4, seconds: 2.4, slack: 0.6, weight: 2 }),
          tool('shelf', { bytes: 900, spread: 0.9, seconds: 0.8, weight: 3 }),
        ],
      },
    }),
  },
  {
    // Partners talk while the cards are looked up; the session ends as the answer comes, whatever is in it.
    name: 'a bridge club',
    make: (draws) => ({
      causes: [
        confusedByInput({
          chance: between(draws, 0.03, 0.13),
          delay: within(0.05, 0.8),
          end: genericEnd,
        }),
      ],
      background: { faults: between(draws, 0.8, 2.2) },
      users: { users: 50, visit: 210, mics: { open: 5, gated: 4, push: 2, text: 1 } },
      application: {
        tools: [
          tool('deal', { bytes: 3_200, spread: 0.9, seconds: 1.5, weight: 2 }),
          tool('scores', { bytes: 500, spread: 0.5, seconds: 1.2 }),
        ],
        answers: 'together',
      },
    }),
  },
  {
    // Few leave their microphones open while lanes are looked up; some of their sessions end of it, in any words.
    name: 'a bowling alley',
    make: (draws) => ({
      causes: [
        race({
          chance: between(draws, 0.2, 0.45),
          end: draws.chance(0.5) ? genericEnd(draws) : notImplementedEnd,
        }),
      ],
      users: { users: 140, visit: 100, mics: { open: 3, gated: 4, push: 5, text: 0 } },
      application: {
        tools: [
          tool('lanes', { bytes: 600, spread: 0.6, seconds: 1.1, weight: 3 }),
          tool('snacks', { bytes: 1_500, spread: 0.8, seconds: 0.9 }),
          tool('videos', { bytes: 15_000, spread: 0.6, seconds: 3, slowIsLarge: 0.5, weight: 0.6 }),
        ],
      },
      operations: { sampling: { ratio: 0.5, weights: true, others: 'nothing' } },
      size: 1.8,
    }),
  },
  {
    // When the lights go out everybody calls, and processes have more sessions than they can serve.
    name: 'power cuts',
    make: (draws) => ({
      causes: [starved({ limit: 4, perMinute: between(draws, 0.5, 1.5) })],
      background: { faults: between(draws, 0.8, 3) },
      users: { users: 160, visit: 120 },
      application: {
        tools: [
          tool('outages', { bytes: 1_200, spread: 0.8, weight: 3 }),
          tool('crew', { bytes: 300, spread: 0.4, seconds: 2 }),
        ],
        retries: { chance: 0.5, seconds: 3, most: 3 },
      },
      operations: { pods: 3, waves: { count: 6, share: 0.25, seconds: 300 } },
      load: between(draws, 3.5, 5),
      size: 1.5,
    }),
  },
  {
    // The account has a few places: a new team of players ends the game of the oldest.
    name: 'an escape room',
    make: (draws) => ({
      causes: [
        pushedOut({
          places: 12,
          chance: between(draws, 0.6, 1),
          end: genericEnd,
        }),
      ],
      users: { users: 80, visit: 170 },
      application: {
        tools: [
          tool('hint', { bytes: 400, spread: 0.6, weight: 3 }),
          tool('lock', { bytes: 80, seconds: 0.3 }),
        ],
        retries: { chance: 0.3, seconds: 6, most: 1 },
      },
      operations: { pods: 2 },
      load: between(draws, 3.5, 4.8),
    }),
  },
  {
    // Votes come in when the song is over, and the service says that it is too much.
    name: 'a song contest',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 12, chance: between(draws, 0.5, 0.9), of: 'project', text: true })],
      users: { users: 300, visit: 60 },
      application: {
        tools: [
          tool('vote', { bytes: 60, spread: 0.3, seconds: 0.5, weight: 3 }),
          tool('songs', { bytes: 2_500 }),
        ],
        retries: { chance: 0.6, seconds: 20, most: 3 },
      },
      operations: { pods: 2, waves: { count: 10, share: 0.25, seconds: 90 } },
      load: between(draws, 4, 5),
    }),
  },
  {
    // All children ask at the bell: one address with many connections within half a minute, and no text that says so.
    name: 'a school canteen',
    make: (draws) => ({
      causes: [burst({ count: 3, seconds: 30, chance: between(draws, 0.3, 0.6) })],
      users: { users: 200, visit: 70, mics: { open: 1, gated: 3, push: 5, text: 0 } },
      application: {
        tools: [
          tool('menu', { bytes: 1_800, spread: 0.5, seconds: 0.4, weight: 3 }),
          tool('allergens', { bytes: 4_500, spread: 0.8 }),
        ],
        retries: { chance: 0.5, seconds: 15, most: 2 },
      },
      operations: { pods: 2, waves: { count: 8, share: 0.25, seconds: 60 } },
      load: between(draws, 4, 5.5),
    }),
  },
  {
    // A plan with so many turns a minute; the text says so in general words.
    name: 'a livestock market',
    make: (draws) => ({
      causes: [
        turnsPerMinute({
          most: 46,
          chance: between(draws, 0.04, 0.12),
          end: draws.chance(0.5)
            ? { code: 1011, reason: 'Resource has been exhausted (e.g. check quota).' }
            : quotaEnd,
        }),
      ],
      background: { faults: between(draws, 0.6, 2) },
      users: { users: 60, visit: 160, pause: 3 },
      application: {
        tools: [
          tool('bids', { bytes: 1_300, spread: 1.1, seconds: 0.7, weight: 3 }),
          tool('animals', { bytes: 6_000, spread: 0.7, seconds: 1.5 }),
        ],
      },
      operations: {
        pods: 3,
        models: [
          [newer, 1],
          [older, 1],
        ],
      },
      load: between(draws, 2.2, 3),
    }),
  },
];
