import { bytes } from '../../conventions/words.ts';
import type { FramedResponse } from '../risk/frame.ts';
import { common } from './common-factors.ts';
import { limits } from './limits.ts';
import type { Inquiry, Question } from './question.ts';
import type { Earlier, ResponseFactors } from './units.ts';

type Ask = Question<ResponseFactors>;

/** Octave of bytes: smaller ones before are not told apart. */
const smallest = Math.min(...limits.sizes) / 2 - 1;

/** `size` is in half octaves. */
export function octaveOfSize(size: number): number {
  return size < 0 ? -1 : Math.floor(size / 2);
}

/**
 * What ends a session some seconds after a response may do so after another one: where that came within the window, what
 * it was counts as well.
 */
function carried(
  which: 'before' | 'unusual',
  exposed: (response: FramedResponse) => boolean,
): Ask['exposed'] {
  return (response, window) => {
    const { [which]: earlier } = response;
    return exposed(response) || (isWithin(earlier, window) && exposed(earlier));
  };
}

function isWithin(earlier: Earlier | undefined, window = 0): earlier is Earlier {
  return earlier !== undefined && earlier.seconds <= window;
}

/** Octaves of the largest within the window over 64 bytes: next to nothing. */
function octavesOver({ before, size }: ResponseFactors, window: number | undefined): number {
  const most = isWithin(before, window) ? Math.max(size, before.size) : size;
  return Math.max(0, octaveOfSize(most) + 0.5 - 6);
}

/** The window that an earlier response falls into, and what it was; `''` for none. */
function told(earlier: Earlier | undefined, what: (earlier: Earlier) => string | number): string {
  if (earlier === undefined) return '';
  return `${limits.windows.find((window) => earlier.seconds <= window) ?? 0} ${what(earlier)}`;
}

function whatWas({ controlCharacters, encoding }: FramedResponse): string {
  return controlCharacters ? 'control' : encoding;
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
    exposed: carried('before', ({ size }) => size >= step),
    dose: octavesOver,
    threshold: { quantity: 'bytes', unit: 'By', from, words },
    own: [{ grouping: 'size' }, { grouping: 'size before' }],
  };
});

const encodings: readonly Ask[] = [
  ['base64', 'tool responses with base64 data', 'those without'],
  ['escaped', 'tool responses with escaped characters', 'those without'],
  ['utf8', 'tool responses with characters outside of ASCII', 'those without'],
].map(([level = '', exposedLabel = '', unexposedLabel = '']) => ({
  hypothesis: 'encoding',
  family: level,
  exposedLabel,
  unexposedLabel,
  exposed: carried('unusual', ({ encoding }) => encoding === level),
  own: [
    { grouping: 'encoding', level },
    // Escapes and control characters mostly come together.
    ...(level === 'escaped' ? [{ grouping: 'control characters' }] : []),
  ],
}));

/** A tool response and whether an unexpected end followed, before any other response. */
export const toolResponses: Inquiry<ResponseFactors> = {
  unit: 'tool_response',
  family: 'binomial',
  windows: limits.windows,
  occasions: false,
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
    {
      name: 'size before',
      level: ({ before }) => told(before, ({ size }) => Math.max(smallest, octaveOfSize(size))),
      reference: '',
      spread: 2,
    },
    {
      name: 'half octave before',
      level: ({ before }) => told(before, ({ size }) => Math.max(2 * smallest + 1, size)),
      spread: 0,
    },
    { name: 'encoding before', level: ({ unusual }) => told(unusual, whatWas), reference: '', spread: 2 },
    { name: 'tool before', level: ({ before }) => before?.tool ?? '', reference: '', spread: 1.5 },
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
      exposed: carried('unusual', ({ controlCharacters }) => controlCharacters),
      own: [{ grouping: 'control characters' }, { grouping: 'encoding', level: 'escaped' }],
    },
    {
      hypothesis: 'encoding',
      family: 'shape',
      exposedLabel: 'tool responses whose `response` was no object',
      unexposedLabel: 'those with an object',
      exposed: ({ shape }) => shape !== '' && shape !== 'object',
      own: [{ grouping: 'shape' }],
    },
    {
      hypothesis: 'tool_call_id',
      family: 'id',
      exposedLabel: 'tool responses whose id was not that of a pending call',
      unexposedLabel: 'those whose id matched',
      exposed: ({ idMatch }) => idMatch !== '' && idMatch !== 'matched',
      // Without a call there is nothing to match the name with: the two say the same.
      own: [{ grouping: 'id' }, { grouping: 'name' }, ...unknownWithoutCall],
    },
    {
      hypothesis: 'tool_call_id',
      family: 'name',
      exposedLabel: 'tool responses with another name than their call',
      unexposedLabel: 'those whose name matched',
      exposed: ({ nameMatch }) => nameMatch === 'different',
      own: [{ grouping: 'name', level: 'different' }],
    },
    {
      hypothesis: 'concurrency',
      family: 'race',
      exposedLabel: 'tool responses after realtime input while their call was pending',
      unexposedLabel: 'those without input meanwhile',
      exposed: ({ input }) => input > 0,
      own: [{ grouping: 'input while pending' }],
    },
    {
      hypothesis: 'concurrency',
      family: 'calls at once',
      exposedLabel: 'tool responses while several calls were pending',
      unexposedLabel: 'those to a single call',
      exposed: ({ pending }) => pending > 1,
      own: [{ grouping: 'calls pending' }],
    },
  ],
};
