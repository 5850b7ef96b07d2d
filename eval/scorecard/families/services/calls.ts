/** Services in which other things about tools end sessions: encodings, ids, calls at once. */
import { invalidArgumentEnd, notImplementedEnd } from '../../causes/endings.ts';
import { encodedResponse, fatalResponse, wrongId } from '../../causes/responses.ts';
import { hazard } from '../../causes/sessions.ts';
import { between, type Family } from '../family.ts';
import { newer, older, tool } from './service.ts';
import { raceOf, responseAmongOthers, severalCalls } from './tool-causes.ts';

export const callsServices: readonly Family[] = [
  {
    // Pictures; what is written is as long, and harmless.
    name: 'glasses that describe',
    make: (draws) => ({
      causes: [
        encodedResponse({
          what: 'base64',
          chance: between(draws, 0.03, 0.12),
          after: [0.2, 3],
          end: invalidArgumentEnd,
        }),
      ],
      application: {
        tools: [
          tool('look', { bytes: 6_000, base64: 0.45, weight: 2 }),
          tool('read', { bytes: 6_000, base64: 0 }),
        ],
        answers: 'singly',
      },
      users: { mics: { open: 8, gated: 1, push: 1, text: 0 } },
    }),
  },
  {
    // Umlauts in lyrics end sessions after a while; elsewhere they are harmless. A quarter is recorded.
    name: 'a choir',
    make: (draws) => {
      const p = between(draws, 0.1, 0.4);
      return {
        causes: [
          fatalResponse({
            name: 'lyrics that are no ASCII',
            hypothesis: 'encoding',
            after: [2, 5],
            chance: ({ tool: by, text }) =>
              by === 'lyrics' && [...text.slice(0, 1_500)].some((character) => character > '\u007f') ? p : 0,
          }),
        ],
        application: {
          tools: [tool('lyrics', { bytes: 1_200, utf8: 0.4 }), tool('dates', { bytes: 700, utf8: 0.4 })],
          answers: 'singly',
        },
        operations: { sampling: { ratio: 0.25, weights: false } },
        size: 2.5,
      };
    },
  },
  {
    // A queue behind one tool answers with its own ids.
    name: 'a hotel',
    make: (draws) => ({
      causes: [wrongId({ chance: between(draws, 0.25, 0.5), after: [0.1, 2] })],
      application: {
        tools: [
          tool('spa', { bytes: 500, seconds: 3, wrongId: 0.3 }),
          tool('room', { bytes: 600, wrongId: 0, weight: 3 }),
          tool('taxi', { bytes: 200, wrongId: 0 }),
        ],
      },
      operations: { sampling: { ratio: 0.3, weights: true } },
      size: 2,
    }),
  },
  {
    // From the last release on ids go wrong.
    name: 'field service',
    make: (draws) => {
      const parts = tool('parts', { bytes: 2_500, weight: 2, wrongId: 0 });
      const manual = tool('manual', { bytes: 6_000, wrongId: 0 });
      const id = between(draws, 0.08, 0.2);
      return {
        causes: [wrongId({ chance: between(draws, 0.35, 0.7), after: [0.5, 4], end: invalidArgumentEnd })],
        application: { tools: [parts, manual] },
        operations: {
          deploys: 2,
          newTools: [
            { ...parts, wrongId: id },
            { ...manual, wrongId: id },
          ],
        },
        size: 1.5,
      };
    },
  },
  {
    // Calls at once are not borne.
    name: 'a newsroom',
    make: (draws) => ({
      causes: [severalCalls({ chance: between(draws, 0.02, 0.08) })],
      parallel: between(draws, 0.3, 0.5),
      calls: 0.6,
      application: {
        tools: [tool('wire', { bytes: 2_200, weight: 2 }), tool('archive', { bytes: 4_000, seconds: 4 })],
      },
    }),
  },
  {
    // Calls at once are borne, answers one by one are not.
    name: 'a trading desk',
    make: (draws) => ({
      causes: [responseAmongOthers({ chance: between(draws, 0.02, 0.1), end: notImplementedEnd })],
      parallel: between(draws, 0.3, 0.6),
      application: {
        answers: 'singly',
        tools: [tool('quotes', { bytes: 700, weight: 3 }), tool('news', { bytes: 5_000, seconds: 3 })],
      },
    }),
  },
  {
    // One model alone takes no input while a call is pending.
    name: 'an emergency line',
    make: (draws) => ({
      causes: [raceOf({ model: older, chance: between(draws, 0.08, 0.25), end: notImplementedEnd })],
      users: { mics: { open: 5, gated: 3, push: 2, text: 0 } },
      application: { tools: [tool('address', { seconds: 2.5 }), tool('protocol', { bytes: 3_500 })] },
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
    // Connections break in tunnels, and control characters of a device end others.
    name: 'a car',
    make: (draws) => ({
      causes: [
        encodedResponse({ what: 'control', chance: between(draws, 0.1, 0.35), after: [0.2, 4] }),
        hazard({ hypothesis: 'connection', perHour: between(draws, 2, 5) }),
      ],
      application: {
        tools: [
          tool('engine-state', { bytes: 900, control: 0.09 }),
          tool('route', { bytes: 2_600, seconds: 2, control: 0 }),
        ],
        answers: 'singly',
      },
      size: 1.5,
    }),
  },
];
