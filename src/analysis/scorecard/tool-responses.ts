import { bytes } from '../../conventions/words.ts';
import type { Frame } from '../risk/frame.ts';
import { isLost } from './attribution.ts';
import { has, largestOf, type Trait } from './carried.ts';
import { common } from './common-factors.ts';
import { limits } from './limits.ts';
import type { Grouping, Inquiry, Question } from './question.ts';
import { idleOf } from './quiet.ts';
import type { ResponseFactors } from './units.ts';

type Ask = Question<ResponseFactors>;

/** Octave of bytes: smaller ones before are not told apart. */
const smallest = Math.min(...limits.sizes) / 2 - 1;

/** `size` is in half octaves. */
export function octaveOfSize(size: number): number {
  return size < 0 ? -1 : Math.floor(size / 2);
}

/** Octaves of the largest within the window over 64 bytes: next to nothing. */
function octavesOver(response: ResponseFactors, window: number | undefined): number {
  return Math.max(0, octaveOfSize(largestOf(response, window)) + 0.5 - 6);
}

/** The largest before it: the window that it falls into, and its size; `''` for none. */
function sizeBefore({ sizes }: ResponseFactors): string {
  const largest = Math.max(...sizes);
  return largest < 0 ? '' : `${sizes.indexOf(largest)} ${Math.max(smallest, octaveOfSize(largest))}`;
}

/** One before it within a window was so: which window, for each of these. */
function before(name: string, trait: Trait, spread: number): Grouping<ResponseFactors> {
  return { name: `${name} before`, level: ({ since }) => since[trait], reference: -1, spread };
}

/** A response to no call that is known has none of these, because of its id. */
const unknownWithoutCall = ['latency', 'calls pending', 'input while pending'].map((grouping) => ({
  grouping,
  level: -1,
}));

const sizes: readonly Ask[] = limits.sizes.map((step) => {
  const from = Math.round(2 ** (step / 2));
  const words = bytes(from);
  return {
    hypothesis: 'payload_size',
    family: 'size',
    exposedLabel: `tool responses of ${words} and more`,
    unexposedLabel: 'smaller ones',
    exposed: (response, window) => largestOf(response, window) >= step,
    dose: octavesOver,
    threshold: { quantity: 'bytes', unit: 'By', from, words },
    ...(step < limits.large && { plain: true }),
    own: [{ grouping: 'size' }, { grouping: 'size before' }],
  };
});

const controls = [{ grouping: 'control characters' }, { grouping: 'control before' }] as const;

const encodings = (
  [
    ['base64', 'tool responses with base64 data'],
    ['escaped', 'tool responses with escaped characters'],
    ['utf8', 'tool responses with characters outside of ASCII'],
  ] as const
).map(
  ([level, exposedLabel]): Ask => ({
    hypothesis: 'encoding',
    family: level,
    exposedLabel,
    unexposedLabel: 'those without',
    exposed: has(level),
    own: [
      { grouping: 'encoding', level },
      { grouping: `${level} before` },
      // Escapes and control characters mostly come together.
      ...(level === 'escaped' ? controls : []),
    ],
  }),
);

/** What a connection has been told adds up in its context, whatever its single parts are. */
const sums = limits.sums.map((step): Ask => {
  const from = 2 ** (step / 2);
  const words = `${bytes(from)} of tool responses`;
  return {
    hypothesis: 'context',
    family: 'sum',
    exposedLabel: `tool responses with which a connection had been sent ${bytes(from)} of them or more`,
    unexposedLabel: 'those before',
    exposed: ({ sum }) => sum >= step,
    unknown: ({ sum }) => sum < 0,
    threshold: { quantity: 'bytes', unit: 'By', from, words },
    plain: true,
    own: [{ grouping: 'sum' }],
  };
});

/** Those below the first threshold are not told apart. */
function octaveOfSum({ sum }: ResponseFactors): number {
  return sum < 0 ? -1 : (limits.sums.findLast((step) => sum >= step) ?? 0);
}

const windows: readonly number[] = limits.windows;

const callsAtOnce = limits.calls.map(
  (from): Ask => ({
    hypothesis: 'concurrency',
    family: 'calls at once',
    exposedLabel: `tool responses to ${from} calls or more that were pending at once`,
    unexposedLabel: from === 2 ? 'those to a single call' : 'those to fewer',
    exposed: ({ atOnce }, window = 0) => (atOnce[Math.max(0, windows.indexOf(window))] ?? 1) >= from,
    threshold: { quantity: 'calls', unit: '1', from, words: `${from} tool calls` },
    own: [{ grouping: 'calls pending' }, { grouping: 'calls at once' }],
  }),
);

/** What was sent while a call was pending may come true only after it was answered. */
export const raceAnswered: Ask = {
  hypothesis: 'concurrency',
  family: 'race',
  exposedLabel: 'tool responses after realtime input while their call was pending',
  unexposedLabel: 'those without input meanwhile',
  exposed: has('input'),
  own: [{ grouping: 'input while pending' }, { grouping: 'input before' }],
};

/** A tool response and whether an unexpected end followed, before any other response. */
export const toolResponses = (frame: Frame): Inquiry<ResponseFactors> => ({
  unit: 'tool_response',
  family: 'binomial',
  windows: limits.windows,
  occasions: false,
  idle: idleOf(frame),
  least: 1,
  groupings: [
    { name: 'size', level: ({ size }) => octaveOfSize(size), spread: 2 },
    { name: 'half octave', level: ({ size }) => size, spread: 0 },
    { name: 'latency', level: ({ latency }) => latency, spread: 1.5 },
    { name: 'tool', level: ({ tool }) => tool, spread: 2 },
    { name: 'encoding', level: ({ encoding }) => encoding || 'ascii', reference: 'ascii', spread: 2 },
    {
      name: 'control characters',
      level: ({ controlCharacters }) => controlCharacters,
      reference: false,
      spread: 2,
    },
    { name: 'shape', level: ({ shape }) => shape || 'object', reference: 'object', spread: 2 },
    { name: 'id', level: ({ idMatch }) => idMatch || 'matched', reference: 'matched', spread: 2 },
    { name: 'name', level: ({ nameMatch }) => nameMatch || 'matched', reference: 'matched', spread: 2 },
    { name: 'calls pending', level: ({ pending }) => Math.max(1, pending), reference: 1, spread: 1.5 },
    { name: 'input while pending', level: ({ input }) => input, reference: 0, spread: 2 },
    { name: 'size before', level: sizeBefore, reference: '', spread: 2 },
    {
      name: 'half octaves before',
      level: ({ sizes }) => sizes.map((size) => Math.max(2 * smallest + 1, size)).join(),
      spread: 0,
    },
    { name: 'tool before', level: ({ toolBefore }) => toolBefore, reference: '', spread: 1.5 },
    before('base64', 'base64', 2),
    before('escaped', 'escaped', 2),
    before('control', 'control', 2),
    before('id', 'id', 2),
    before('name', 'name', 2),
    // What is frequent and does little is only told apart.
    before('utf8', 'utf8', 0),
    before('shape', 'shape', 0),
    before('input', 'input', 0),
    { name: 'sum', level: octaveOfSum, spread: 0 },
    { name: 'calls at once', level: ({ atOnce }) => atOnce.join(), spread: 0 },
    { name: 'outage', level: ({ outage }) => outage, reference: false, spread: 2 },
    { name: 'age', level: ({ age }) => age, spread: 1 },
    ...common,
  ],
  questions: [
    ...sizes,
    ...encodings,
    {
      hypothesis: 'encoding',
      family: 'control',
      exposedLabel: 'tool responses with control characters',
      unexposedLabel: 'those without',
      exposed: has('control'),
      own: [...controls, { grouping: 'encoding', level: 'escaped' }, { grouping: 'escaped before' }],
    },
    {
      hypothesis: 'encoding',
      family: 'shape',
      exposedLabel: 'tool responses whose `response` was no object',
      unexposedLabel: 'those with an object',
      exposed: has('shape'),
      own: [{ grouping: 'shape' }, { grouping: 'shape before' }],
    },
    {
      hypothesis: 'tool_call_id',
      family: 'id',
      exposedLabel: 'tool responses whose id was not that of a pending call',
      unexposedLabel: 'those whose id matched',
      exposed: has('id'),
      // Without a call there is nothing to match the name with: the two say the same.
      own: [
        ...['id', 'id before', 'name', 'name before'].map((grouping) => ({ grouping })),
        ...unknownWithoutCall,
      ],
    },
    {
      hypothesis: 'tool_call_id',
      family: 'name',
      exposedLabel: 'tool responses with another name than their call',
      unexposedLabel: 'those whose name matched',
      exposed: has('name'),
      own: [{ grouping: 'name', level: 'different' }, { grouping: 'name before' }],
    },
    raceAnswered,
    ...callsAtOnce,
    ...sums,
  ],
});

/**
 * The same of lost connections: what stands between, such as a proxy, may not bear frames of a size, and closes without a
 * frame of its own. Nothing else is known to do so.
 */
export const lostAfterResponses = (frame: Frame): Inquiry<ResponseFactors> => ({
  ...toolResponses(frame),
  ends: 'lost',
  idle: idleOf(frame, isLost),
  questions: sizes.map((question) => ({ ...question, family: 'size, connection lost' })),
});
