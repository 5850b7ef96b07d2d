/** The seven hypotheses people argue about, and what each blames in a tool response. */
import { sizes } from '../src/conventions/limits.ts';
import { type MainHypothesis, mainHypotheses } from '../src/conventions/vocabulary.ts';
import { labelName } from './promql/names.ts';
import { count, countUpTo, share, shareOfAll, shown } from './promql/query.ts';
import { closureShareOfResponses, unexpectedClosures } from './shares.ts';

const hypothesis = labelName('gemini.live.closure.hypothesis');

/** Of the tool responses that show what a hypothesis blames, and of those that do not: the share followed by a closure. */
interface Contrast {
  readonly exposed: string;
  readonly others: string;
}

const regular = {
  'gemini.live.tool_response.encoding': 'ascii',
  'gemini.live.tool_response.id_match': 'matched',
  'gemini.live.tool_response.input_while_pending': { not: true },
} as const;

/** A rate limit and a bad connection show in no single tool response: their measures are the clustering and the share. */
const contrasts: Readonly<Partial<Record<MainHypothesis, Contrast>>> = {
  payload_size: {
    exposed: share(large('closure'), large()),
    others: share(
      countUpTo(
        'gemini.live.tool_response.size',
        sizes.large,
        { where: { 'gemini.live.tool_response.outcome': 'closure' } },
        shown,
      ),
      countUpTo('gemini.live.tool_response.size', sizes.large, {}, shown),
    ),
  },
  encoding: {
    exposed: closureShareOfResponses(shown, { 'gemini.live.tool_response.encoding': { not: 'ascii' } }),
    others: closureShareOfResponses(shown, { 'gemini.live.tool_response.encoding': 'ascii' }),
  },
  tool_call_id: {
    exposed: closureShareOfResponses(shown, { 'gemini.live.tool_response.id_match': { not: 'matched' } }),
    others: closureShareOfResponses(shown, { 'gemini.live.tool_response.id_match': 'matched' }),
  },
  concurrency: {
    exposed: closureShareOfResponses(shown, { 'gemini.live.tool_response.input_while_pending': true }),
    others: closureShareOfResponses(shown, {
      'gemini.live.tool_response.input_while_pending': { not: true },
    }),
  },
  internal_error: {
    exposed: closureShareOfResponses(shown, regular),
    others: share(irregular('closure'), irregular()),
  },
};

function responses(outcome?: 'closure') {
  return outcome === undefined ? {} : ({ 'gemini.live.tool_response.outcome': outcome } as const);
}

function large(outcome?: 'closure'): string {
  const where = responses(outcome);
  const all = count('gemini.live.tool_response.size', { where }, shown);
  return `(${all} - ${countUpTo('gemini.live.tool_response.size', sizes.large, { where }, shown)})`;
}

function irregular(outcome?: 'closure'): string {
  const where = responses(outcome);
  const all = count('gemini.live.tool_responses', { where }, shown);
  const plain = count('gemini.live.tool_responses', { where: { ...where, ...regular } }, shown);
  return `(${all} - (${plain} or ${all} * 0))`;
}

/** A row for each of the seven, with 0 where nothing supports it. */
export const closuresByRival = eachRival(
  (rival) => `label_replace(vector(0), "${hypothesis}", "${rival}", "", "")`,
  [
    count(
      'gemini.live.closures',
      {
        by: ['gemini.live.closure.hypothesis'],
        where: {
          'gemini.live.closure.expected': false,
          'gemini.live.closure.hypothesis': { oneOf: mainHypotheses },
        },
      },
      shown,
    ),
  ],
);

export const shareByRival = shareOfAll(`(${closuresByRival})`, unexpectedClosures(shown));

export const exposedShareByRival = eachRival((rival) => labelled(rival, contrasts[rival]?.exposed));
export const otherShareByRival = eachRival((rival) => labelled(rival, contrasts[rival]?.others));
/** How many times likelier a closure is where a response shows what the hypothesis blames. */
export const timesLikelierByRival = `(${exposedShareByRival}) / ((${otherShareByRival}) > 0)`;

function labelled(rival: MainHypothesis, expression: string | undefined): string | undefined {
  return expression && `label_replace(${expression}, "${hypothesis}", "${rival}", "", "")`;
}

function eachRival(
  row: (rival: MainHypothesis) => string | undefined,
  before: readonly string[] = [],
): string {
  return [...before, ...mainHypotheses.map(row).filter((text) => text !== undefined)].join(' or ');
}
