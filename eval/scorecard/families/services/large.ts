/** Services in which large responses end sessions. */
import { invalidArgumentEnd } from '../../causes/endings.ts';
import { smoothResponse, wrongId } from '../../causes/responses.ts';
import { outage } from '../../causes/sessions.ts';
import { between, type Family, logBetween } from '../family.ts';
import { newer, older, tool } from './service.ts';
import { dosedResponse, hockeyStick, ladder } from './tool-causes.ts';

export const largeServices: readonly Family[] = [
  {
    // Two steps: some from 3 KB on, more from 12 KB on.
    name: 'a pizza line',
    make: (draws) => ({
      causes: [
        dosedResponse({
          name: 'large menus',
          dose: ladder([3_000, between(draws, 0.01, 0.03)], [12_000, between(draws, 0.1, 0.3)]),
        }),
      ],
      application: {
        tools: [
          tool('menu', { bytes: 4_500, weight: 2 }),
          tool('basket', { bytes: 400, weight: 3 }),
          tool('stores', { bytes: 1_500 }),
        ],
      },
    }),
  },
  {
    // Harmless up to 20 KB, then the worse the larger, seconds later; few users.
    name: 'a tax adviser',
    make: (draws) => ({
      causes: [
        dosedResponse({
          name: 'long statutes',
          dose: hockeyStick(20_000, between(draws, 0.1, 0.3), 0.9),
          after: [1, 6],
          end: invalidArgumentEnd,
        }),
      ],
      users: { users: 22, visit: 260 },
      application: {
        tools: [tool('statutes', { bytes: 9_000, spread: 1.1, seconds: 3 }), tool('rates', { bytes: 350 })],
      },
      size: 0.5,
    }),
  },
  {
    // Small results are too large for one of two models: up to four sessions of ten end.
    name: 'a warehouse',
    make: (draws) => ({
      causes: [
        dosedResponse({ name: 'shelf lists', dose: ladder([700, between(draws, 0.15, 0.35)]), model: newer }),
      ],
      application: {
        tools: [
          tool('shelf', { bytes: 550, spread: 0.9, seconds: 0.5, weight: 3 }),
          tool('count', { bytes: 120, seconds: 0.3 }),
        ],
      },
      operations: {
        pods: 4,
        models: [
          [older, 1],
          [newer, 1],
        ],
      },
      calls: 0.6,
      size: 1.2,
    }),
  },
  {
    // A proxy takes no frame above its buffer: it cuts the connection without a close frame.
    name: 'a law office',
    make: (draws) => ({
      causes: [
        dosedResponse({
          name: 'frames above 32 KB',
          dose: ladder([32_768, between(draws, 0.85, 1)]),
          end: 'drop',
          after: [0.01, 0.2],
          allowed: ['connection'],
        }),
      ],
      background: { losses: between(draws, 0.2, 0.6) },
      application: {
        tools: [
          tool('files', { bytes: 4_000, spread: 1.1, seconds: 4, slowIsLarge: 0.6 }),
          tool('diary', { bytes: 600 }),
        ],
      },
    }),
  },
  {
    // Ends come long after: up to half a minute.
    name: 'a travel agency',
    make: (draws) => ({
      causes: [
        dosedResponse({
          name: 'long offers',
          dose: ladder([9_000, between(draws, 0.05, 0.2)]),
          after: [5, 25],
        }),
      ],
      users: { visit: 240 },
      application: {
        tools: [tool('offers', { bytes: 4_000, weight: 2 }), tool('seats', { bytes: 900 })],
        answers: 'together',
      },
      operations: { sampling: { ratio: 0.2, weights: false, others: 'unexpected ones whole' } },
      size: 2,
    }),
  },
  {
    // A weak cause among many sessions.
    name: 'a reading coach for schools',
    make: (draws) => ({
      causes: [dosedResponse({ name: 'whole chapters', dose: ladder([6_000, between(draws, 0.02, 0.05)]) })],
      background: { faults: between(draws, 0.8, 1.6) },
      users: { users: 400, visit: 110 },
      application: {
        tools: [tool('chapter', { bytes: 4_000, weight: 2 }), tool('word', { bytes: 150, seconds: 0.3 })],
      },
      size: 5,
    }),
  },
  {
    // Only one tool's long answers, among another's that are as long.
    name: 'an airport',
    make: (draws) => ({
      causes: [
        dosedResponse({
          name: 'long departure boards',
          dose: ladder([5_000, between(draws, 0.05, 0.2)]),
          tool: 'departures',
        }),
      ],
      application: {
        tools: [
          tool('departures', { bytes: 3_500, weight: 2 }),
          tool('shops', { bytes: 3_500 }),
          tool('gate', { bytes: 120 }),
        ],
      },
      operations: { skewMs: between(draws, 1_000, 8_000), kills: 4 },
    }),
  },
  {
    // Three short outages, and long timetables besides.
    name: 'a railway station',
    make: (draws) => ({
      causes: [
        dosedResponse({
          name: 'long timetables',
          dose: ladder([5_000, between(draws, 0.06, 0.2)]),
          after: [0.1, 2],
        }),
        outage({ start: between(draws, 0.1, 0.25), minutes: 9, perMinute: 1.5 }),
        outage({ start: between(draws, 0.4, 0.55), minutes: 6, perMinute: 3 }),
        outage({ start: between(draws, 0.7, 0.85), minutes: 12, perMinute: 0.7, end: 'drop' }),
      ],
      application: {
        tools: [tool('timetable', { bytes: 3_000, weight: 2 }), tool('platform', { bytes: 80 })],
      },
      operations: { hours: 9, deploys: 1 },
    }),
  },
  {
    // Wrong ids, and long itineraries that end sessions late.
    name: 'a rebooking line',
    make: (draws) => ({
      causes: [
        wrongId({ chance: between(draws, 0.4, 0.7) }),
        smoothResponse({
          half: logBetween(draws, 9_000, 16_000),
          steepness: 2,
          chance: between(draws, 0.08, 0.25),
          after: [1, 7],
        }),
      ],
      application: {
        tools: [
          tool('itinerary', { bytes: 4_500, wrongId: 0.02, weight: 2 }),
          tool('vouchers', { bytes: 300, wrongId: 0.08 }),
        ],
      },
      size: 1.5,
    }),
  },
];
