/** Services in which what tools answer is strange, or goes to the wrong call. */
import { invalidArgumentEnd, notImplementedEnd } from '../../causes/endings.ts';
import { between, type Family } from '../family.ts';
import { tailed, within } from './moment.ts';
import {
  countOf,
  hasControls,
  isForeign,
  isPicture,
  misdirectedAnswers,
  strangeAnswers,
} from './response-causes.ts';
import { newer, older, tool } from './service.ts';

const notFoundEnd = { code: 1008, reason: 'Requested entity was not found.' } as const;
const bothModels = [
  [older, 1],
  [newer, 1],
] as const;

export const strangeServices: readonly Family[] = [
  {
    // One model takes pictures as text and breaks; letters are as long as they are. A part is recorded.
    name: 'an optician',
    make: (draws) => {
      const p = between(draws, 0.15, 0.5);
      return {
        causes: [
          strangeAnswers({
            name: 'pictures to one model',
            delay: within(0.3, 4),
            chance: (answer, { client }) => (client.model === newer && isPicture(answer) ? p : 0),
          }),
        ],
        background: { faults: between(draws, 0.5, 1.5) },
        users: { frailty: 1 },
        application: {
          tools: [
            tool('frames', { bytes: 5_000, spread: 0.8, base64: 0.35, weight: 2 }),
            tool('letters', { bytes: 5_000, spread: 0.8, base64: 0 }),
          ],
        },
        operations: { pods: 4, models: bothModels, sampling: { ratio: 0.4, weights: false } },
        size: 2,
      };
    },
  },
  {
    // Colours of a terminal: of a console they are raw, and end sessions some seconds later; elsewhere they do no harm.
    name: 'a server room',
    make: (draws) => {
      const p = between(draws, 0.2, 0.5);
      return {
        causes: [
          strangeAnswers({
            name: 'escape codes of the console',
            delay: tailed(2, 0.9, 12),
            end: invalidArgumentEnd,
            chance: (answer) => (answer.tool === 'console' && hasControls(answer) ? p : 0),
          }),
        ],
        background: { faults: between(draws, 0.4, 1.5) },
        application: {
          answers: 'singly',
          tools: [
            tool('console', { bytes: 2_400, control: 0.3, weight: 2, base64: 0, seconds: 2 }),
            tool('alerts', { bytes: 800, control: 0.1, base64: 0 }),
            tool('reboot', { bytes: 70, control: 0, seconds: 7 }),
          ],
        },
        operations: { kills: 5 },
      };
    },
  },
  {
    // An old client library counts characters for bytes. Foreign texts are the long ones, and long ones do no harm.
    name: 'a sushi bar',
    make: (draws) => {
      const p = between(draws, 0.12, 0.35);
      return {
        causes: [
          strangeAnswers({
            name: 'foreign texts of one client library',
            chance: (answer, { client }) => (client.sdk === '1.52.0' && isForeign(answer) ? p : 0),
          }),
        ],
        background: { faults: between(draws, 0.4, 1.4) },
        application: {
          tools: [
            tool('fish', { bytes: 4_500, spread: 0.9, utf8: 0.75, base64: 0 }),
            tool('wine', { bytes: 4_500, spread: 0.9, utf8: 0.05, base64: 0 }),
            tool('table', { bytes: 180, utf8: 0.1, base64: 0, weight: 2 }),
          ],
        },
        operations: {
          pods: 4,
          sdks: [
            ['1.52.0', 1],
            ['3.1.0', 1],
          ],
        },
        size: 1.3,
      };
    },
  },
  {
    // Among several calls at once answers are mixed up; with one call alone the service guesses what was meant.
    name: 'a moving company',
    make: (draws) => {
      const p = between(draws, 0.25, 0.6);
      return {
        causes: [
          misdirectedAnswers({
            name: 'ids mixed up among calls',
            delay: within(0.1, 1.5),
            chance: ({ known, waiting }) => (!known && waiting > 0 ? p : 0),
          }),
        ],
        parallel: between(draws, 0.55, 0.85),
        calls: 0.6,
        background: { losses: between(draws, 0.8, 2) },
        application: {
          answers: 'singly',
          tools: [
            tool('vans', { bytes: 900, seconds: 1.5, wrongId: 0.2 }),
            tool('crews', { bytes: 1_500, seconds: 2.5, wrongId: 0.2 }),
            tool('distance', { bytes: 150, seconds: 0.6, wrongId: 0.05 }),
          ],
        },
        operations: { deploys: 2, sampling: { ratio: 0.5, weights: false, others: 'nothing' } },
        size: 1.5,
      };
    },
  },
  {
    // The service forgives the first wrong id of a session, not those that follow; chosen by the end.
    name: 'a recording studio',
    make: (draws) => {
      const p = between(draws, 0.5, 0.9);
      const wrongBefore = countOf(({ known }) => !known);
      return {
        causes: [
          misdirectedAnswers({
            name: 'wrong ids after the first',
            delay: tailed(0.4, 0.6, 4),
            end: draws.chance(0.5) ? notFoundEnd : notImplementedEnd,
            chance: (answer, session) => (wrongBefore(answer, session) > 0 && !answer.known ? p : 0),
          }),
        ],
        users: { visit: 280 },
        application: {
          resumes: draws.chance(0.5),
          tools: [
            tool('takes', { bytes: 1_200, wrongId: 0.16, weight: 2 }),
            tool('mix', { bytes: 5_000, wrongId: 0.04, seconds: 4 }),
          ],
        },
        operations: {
          sampling: { ratio: 0.5, weights: draws.chance(0.5), others: 'unexpected ones whole' },
        },
        size: 1.2,
      };
    },
  },
  {
    // Who shouts the answer cancels the call, and it is answered all the same; one model takes that ill.
    name: 'a quiz master',
    make: (draws) => {
      const p = between(draws, 0.2, 0.6);
      return {
        causes: [
          misdirectedAnswers({
            name: 'answers to cancelled calls of one model',
            delay: within(0.2, 3),
            end: notFoundEnd,
            chance: ({ cancelled }, { client }) => (cancelled && client.model === older ? p : 0),
          }),
        ],
        background: { faults: between(draws, 0.8, 2) },
        cancels: between(draws, 0.2, 0.4),
        users: { users: 90, pause: 2, mics: { open: 6, gated: 1, push: 3, text: 0 } },
        application: {
          heedsCancellation: false,
          tools: [
            tool('question', { bytes: 700, seconds: 1.8, weight: 2 }),
            tool('scores', { bytes: 2_500, seconds: 2.4, growth: 0.2 }),
          ],
        },
        operations: { pods: 4, models: bothModels },
        size: 1.2,
      };
    },
  },
];
