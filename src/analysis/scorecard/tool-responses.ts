import type { ToolResponseFactors } from '../risk/tables.ts';
import { common } from './common-factors.ts';
import type { Inquiry, Question } from './question.ts';

type Ask = Question<ToolResponseFactors>;

/** Octaves of bytes: from 4 kB to 256 kB. */
const sizeThresholds = [12, 13, 14, 15, 16, 17, 18];

/** `size` is in half octaves. */
export function octaveOfSize(size: number): number {
  return size < 0 ? -1 : Math.floor(size / 2);
}

const sizes: readonly Ask[] = sizeThresholds.map((octave) => ({
  hypothesis: 'payload_size',
  family: 'size',
  exposedLabel: `tool responses of ${2 ** (octave - 10)} KB and more`,
  unexposedLabel: 'smaller ones',
  exposed: ({ size }) => octaveOfSize(size) >= octave,
  own: [{ grouping: 'size' }],
}));

const encodings: readonly Ask[] = [
  ['base64', 'tool responses with base64 data', 'those without'],
  ['escaped', 'tool responses with escaped characters', 'those without'],
  ['utf8', 'tool responses with characters outside of ASCII', 'those without'],
].map(([level = '', exposedLabel = '', unexposedLabel = '']) => ({
  hypothesis: 'encoding',
  family: level,
  exposedLabel,
  unexposedLabel,
  exposed: ({ encoding }) => encoding === level,
  own: [{ grouping: 'encoding', level }],
}));

/** A tool response and whether an unexpected end followed within 2 s. */
export const toolResponses: Inquiry<ToolResponseFactors> = {
  unit: 'tool_response',
  family: 'binomial',
  groupings: [
    { name: 'size', level: ({ size }) => octaveOfSize(size), spread: 2 },
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
      exposed: ({ controlCharacters }) => controlCharacters,
      own: [{ grouping: 'control characters' }],
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
      own: [{ grouping: 'id' }, { grouping: 'name' }],
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
      family: 'responses after input',
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
