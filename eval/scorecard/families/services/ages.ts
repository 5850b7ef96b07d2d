/** Services in which sessions end by what they have used up, by their connection, or before they have begun. */
import { invalidArgumentEnd } from '../../causes/endings.ts';
import { restricted } from '../../causes/restricted.ts';
import { contextOverflow } from '../../causes/sessions.ts';
import { between, type Family, logBetween } from '../family.ts';
import { hourOf, shareOf, within } from './moment.ts';
import { largeAnswers, misdirectedAnswers } from './response-causes.ts';
import { newer, older, tool } from './service.ts';
import { abandoned, atRate, befalls, windowIsFull } from './time-causes.ts';

export const agesServices: readonly Family[] = [
  {
    // Claims and drawings fill the window, and the service says so.
    name: 'a patent office',
    make: (draws) => ({
      causes: [windowIsFull({ tokens: 32_000 })],
      users: { visit: between(draws, 210, 300), users: 50 },
      application: {
        retries: { chance: 0.6, seconds: 4, most: 2 },
        tools: [
          tool('claims', { bytes: 11_000, spread: 0.7, seconds: 2, weight: 2 }),
          tool('prior-art', { bytes: 6_000, seconds: 4 }),
          tool('fees', { bytes: 200 }),
        ],
      },
      size: 0.8,
    }),
  },
  {
    // One model forgets nothing and breaks of it; who comes again with the same handle breaks again.
    name: 'a marriage counsellor',
    make: (draws) => ({
      causes: [
        restricted(
          contextOverflow({
            tokens: Math.round(logBetween(draws, 10_000, 14_000)),
            chance: between(draws, 0.3, 0.6),
            steepness: 6,
            after: [0.3, 4],
            end: invalidArgumentEnd,
          }),
          ({ client }) => client.model === older,
        ),
      ],
      users: { visit: 330, frailty: 0.8 },
      application: {
        retries: { chance: 0.9, seconds: 1.5, most: 6 },
        tools: [
          tool('notes', { bytes: 3_000, growth: 0.15, spread: 0.6 }),
          tool('exercise', { bytes: 1_500 }),
        ],
      },
      operations: {
        pods: 4,
        models: [
          [older, 1],
          [newer, 1],
        ],
      },
    }),
  },
  {
    // People fall asleep: after 150 s without a word the service takes them for gone.
    name: 'a companion for the night',
    make: () => ({
      causes: [abandoned({ seconds: 150, end: { code: 1008, reason: 'The operation was aborted.' } })],
      users: { visit: 520, pause: 75, users: 40, mics: { open: 7, gated: 1, push: 2, text: 2 } },
      application: {
        retries: { chance: 0.3, seconds: 2, most: 2 },
        tools: [tool('poem', { bytes: 2_500 }), tool('lamp', { bytes: 60, seconds: 0.3 })],
      },
      size: 0.7,
    }),
  },
  {
    // On some ships a satellite modem hangs up after a minute and a half.
    name: 'a shipping line',
    make: (draws) => {
      const p = between(draws, 0.6, 1);
      return {
        causes: [
          befalls({
            name: 'modems that hang up at 95 s',
            hypothesis: 'connection',
            end: 'drop',
            after: ({ client }, scene) =>
              client.user.id % 3 === 1 && scene.draws.chance(p)
                ? 95 + 2 * scene.draws.next()
                : Number.POSITIVE_INFINITY,
          }),
        ],
        background: { faults: between(draws, 0.8, 2) },
        users: { users: 60, visit: 190 },
        application: {
          tools: [tool('cargo', { bytes: 5_000, seconds: 3 }), tool('tides', { bytes: 1_200 })],
        },
        operations: { sampling: { ratio: 0.4, weights: true } },
        size: 1.4,
      };
    },
  },
  {
    // Commuters lose their connection morning and evening, the others do not; ids of one tool are wrong all day.
    name: 'a bus company',
    make: (draws) => {
      const [p, rate] = [between(draws, 0.4, 0.8), between(draws, 18, 35)];
      return {
        causes: [
          befalls({
            name: 'commuters in tunnels',
            hypothesis: 'connection',
            end: 'drop',
            after({ client }, scene) {
              const hour = hourOf(scene) % 24;
              const isRush = (hour >= 1 && hour < 4) || (hour >= 10 && hour < 13);
              return atRate(scene, isRush && client.user.id % 5 < 3 ? rate : 0);
            },
          }),
          misdirectedAnswers({
            name: 'ids of the lost and found',
            delay: within(0.1, 2),
            chance: ({ tool: by, known }) => (by === 'lost-and-found' && !known ? p : 0),
          }),
        ],
        users: { visit: 120 },
        application: {
          tools: [
            tool('lines', { bytes: 1_800, weight: 3, wrongId: 0.02 }),
            tool('lost-and-found', { bytes: 500, seconds: 2.5, wrongId: 0.18 }),
          ],
        },
        operations: { hours: 24, daily: 1.3 },
        size: 1.5,
      };
    },
  },
  {
    // From some hour on the service fails the more often the longer it lasts, and nothing that is sent matters.
    name: 'an observatory',
    make: (draws) => {
      const [begins, rate] = [between(draws, 0.3, 0.6), between(draws, 20, 40)];
      return {
        causes: [
          befalls({
            name: 'faults that become more and more',
            hypothesis: 'internal_error',
            told: true,
            after: ({ client }, scene) =>
              atRate(scene, Math.max(0, shareOf(scene) - begins) * rate * client.user.frailty),
          }),
        ],
        users: { frailty: 0.8 },
        application: {
          tools: [
            tool('stars', { bytes: 9_000, growth: 0.2, utf8: 0.8 }),
            tool('dome', { bytes: 80, seconds: 8, weight: 2 }),
          ],
          answers: 'singly',
        },
        parallel: 0.4,
        operations: { deploys: 1, hours: 18 },
      };
    },
  },
  {
    // A token is good for one connection: whoever resumes is refused, and tries again with the same.
    name: 'a shoe shop',
    make: (draws) => {
      const p = between(draws, 0.6, 0.95);
      return {
        causes: [
          befalls({
            name: 'tokens that are spent',
            hypothesis: 'credentials',
            told: true,
            end: {
              code: 1008,
              reason:
                'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication c',
            },
            after: ({ resumed }, { draws: own }) =>
              resumed && own.chance(p) ? 0.03 : Number.POSITIVE_INFINITY,
          }),
        ],
        background: { losses: between(draws, 2, 4), faults: between(draws, 1, 2) },
        application: {
          retries: { chance: 0.9, seconds: 3, most: 4 },
          tools: [tool('sizes', { bytes: 1_000 }), tool('shelves', { bytes: 3_500 })],
        },
      };
    },
  },
  {
    // One client library asks for a language that is not offered; and long decrees end the sessions that get through.
    name: 'a town hall',
    make: (draws) => {
      const [refused, p] = [between(draws, 0.3, 0.5), between(draws, 0.1, 0.22)];
      return {
        causes: [
          befalls({
            name: 'a language that is not offered',
            hypothesis: 'setup',
            told: true,
            end: {
              code: 1007,
              reason: `Unsupported language code 'en-IN' for model models/${older}`,
            },
            after: ({ client }, { draws: own }) =>
              client.sdk === '2.32.0' && own.chance(refused) ? 0.02 : Number.POSITIVE_INFINITY,
          }),
          largeAnswers({
            name: 'long decrees',
            delay: within(0.2, 3),
            chance: ({ bytes }) => (bytes > 6_000 ? p : 0),
          }),
        ],
        users: { visit: 110 },
        application: {
          retries: { chance: 0.6, seconds: 4, most: 2 },
          tools: [
            tool('decrees', { bytes: 4_500, utf8: 0.7, weight: 2 }),
            tool('appointments', { bytes: 500 }),
          ],
        },
        operations: {
          pods: 4,
          models: [[older, 1]],
          sdks: [
            ['2.32.0', 1],
            ['3.1.0', 1],
          ],
        },
        size: 1.2,
      };
    },
  },
];
