import { sizes } from '../src/conventions/limits.ts';
import { exactBytes } from '../src/conventions/words.ts';
import { byCallOutcome } from './colors.ts';
import {
  closuresByRival,
  exposedShareByRival,
  otherShareByRival,
  shareByRival,
  timesLikelierByRival,
} from './hypotheses.ts';
import type { DashboardSpec } from './panels/panel.ts';
import {
  count,
  countByBoundary,
  countUpTo,
  descending,
  exemplarsOf,
  fiveMinutes,
  orZero,
  perHour,
  quantile,
  share,
  shareOfAll,
  shown,
  sliding,
} from './promql/query.ts';
import { closureShareOfResponses, unexpectedClosures } from './shares.ts';

const unexpectedEnds = {
  operation: 'live_closure',
  tags: { 'gemini.live.closure.expected': 'false' },
} as const;
const fatalResponses = {
  operation: 'send_tool_response',
  tags: { 'gemini.live.tool_response.outcome': 'closure' },
} as const;

const unexpected = { 'gemini.live.closure.expected': false } as const;
const expected = { 'gemini.live.closure.expected': true } as const;

/** Closures of five minutes each, over two hours; no slot before there were any sessions. */
function slots(where: typeof unexpected | typeof expected): string {
  const all = count('gemini.live.closures', {}, fiveMinutes);
  return `(${count('gemini.live.closures', { where }, fiveMinutes)} or ${all} * 0)[2h:5m]`;
}

export const closures: DashboardSpec = {
  uid: 'live-otel-closures',
  title: 'Live API: closures and what preceded them',
  description: 'Which hypothesis of unexpected closures does the data support?',
  variables: [],
  from: 'now-6h',
  rows: [
    {
      id: 100,
      title: 'The seven hypotheses, by raw shares: the report weighs one against the other',
      panels: [
        {
          kind: 'table',
          id: 1,
          title: 'Which of the seven hypotheses does the data support?',
          description: `Closures and share: the diagnoses of unexpected closures. The other columns ask the tool responses themselves: what share of those that show what the hypothesis blames (over ${exactBytes(sizes.large)}; not plain ASCII; id not matched; realtime input while the call was pending; for internal_error: nothing irregular at all) was followed by a closure within 2 s, what share of the others, and how many times likelier that makes a closure. About 1× speaks against a hypothesis, however many diagnoses name it; few responses make any figure shaky. The shares are raw: one tool may well answer at length, beyond ASCII and late, and then all three look guilty. \`live-otel report\` weighs one against the other, with intervals, and its numbers may differ. A dash: not to be measured on a response; for rate_limit look at the clustering below, for connection at the causes.`,
          unit: 'locale',
          width: 24,
          height: 9,
          jaeger: unexpectedEnds,
          label: 'gemini.live.closure.hypothesis',
          labelTitle: 'Hypothesis',
          decimals: 0,
          queries: [
            { expr: closuresByRival, legend: 'Closures' },
            { expr: shareByRival, legend: 'Share of unexpected closures', unit: 'percentunit' },
            {
              expr: exposedShareByRival,
              legend: 'Closure share, blamed',
              unit: 'percentunit',
              color: 'red',
            },
            {
              expr: otherShareByRival,
              legend: 'Closure share, others',
              unit: 'percentunit',
              color: 'red',
            },
            { expr: timesLikelierByRival, legend: 'Times likelier, raw', unit: 'suffix:×' },
          ],
        },
      ],
    },
    {
      id: 101,
      title: 'What came before',
      panels: [
        {
          kind: 'bars',
          id: 2,
          title: 'What came last before unexpected closures?',
          description:
            'Unexpected closures in the time shown by the last thing of note before them. A bar says what came before, not what caused it: compare with how often such a thing happens without a closure.',
          unit: 'locale',
          width: 8,
          height: 10,
          jaeger: unexpectedEnds,
          label: 'gemini.live.closure.preceding_event',
          decimals: 0,
          queries: [
            {
              expr: descending(`${unexpectedClosures(shown, ['gemini.live.closure.preceding_event'])} > 0`),
              legend: '{{gemini_live_closure_preceding_event}}',
            },
          ],
        },
        {
          kind: 'time',
          id: 3,
          title: 'Do closures after tool responses become more?',
          description:
            'Unexpected closures per hour: those whose last thing of note was a tool response, and all others. The exemplars of the curve of spans lead to tool responses that a closure followed.',
          unit: 'locale',
          width: 8,
          height: 10,
          jaeger: fatalResponses,
          axis: 'per hour',
          queries: [
            {
              expr: orZero(
                perHour(
                  count(
                    'gemini.live.closures',
                    { where: { ...unexpected, 'gemini.live.closure.preceding_event': 'tool_response' } },
                    sliding,
                  ),
                ),
              ),
              legend: 'after a tool response',
              color: 'red',
            },
            {
              expr: orZero(
                perHour(
                  count(
                    'gemini.live.closures',
                    {
                      where: {
                        ...unexpected,
                        'gemini.live.closure.preceding_event': { not: 'tool_response' },
                      },
                    },
                    sliding,
                  ),
                ),
              ),
              legend: 'after anything else',
              color: 'blue',
            },
            {
              expr: perHour(
                count(
                  'gemini.live.tool_responses',
                  { where: { 'gemini.live.tool_response.outcome': 'closure' } },
                  sliding,
                ),
              ),
              legend: 'tool responses followed within 2 s',
              color: 'orange',
            },
            {
              expr: exemplarsOf({
                span: 'send_tool_response',
                where: { 'gemini.live.tool_response.outcome': 'closure' },
              }),
              legend: 'a tool response',
              color: 'orange',
              exemplar: true,
            },
          ],
        },
        {
          kind: 'distribution',
          histogram: 'gemini.live.closures.tool_response_ago',
          id: 4,
          title: 'How long after the last tool response do sessions close?',
          description:
            'Unexpected closures in the time shown by the time since the last tool response. Orange: within 2 s. A heap at the left says that responses bring sessions down; an even spread says that they only happened earlier.',
          unit: 'locale',
          width: 8,
          height: 10,
          jaeger: unexpectedEnds,
          decimals: 0,
          marks: [{ from: 0, to: 2 }],
          queries: [
            { expr: countByBoundary('gemini.live.closures.tool_response_ago', {}, shown), legend: '{{le}}' },
          ],
        },
      ],
    },
    {
      id: 102,
      title: 'The last tool response',
      panels: [
        {
          kind: 'cumulative',
          id: 5,
          title: 'Are the last tool responses before closures larger than others?',
          description:
            'Share of messages of at most so many bytes: the last ones before unexpected closures, and all. If size is the cause, the first bars lag behind and catch up only at the right. If both rise alike, size is not it.',
          unit: 'percentunit',
          width: 16,
          height: 9,
          jaeger: fatalResponses,
          decimals: 0,
          queries: [
            {
              expr: shareOfAll(
                countByBoundary('gemini.live.closures.tool_response_size', {}, shown, { finite: true }),
                count('gemini.live.closures.tool_response_size', {}, shown),
              ),
              legend: 'last before an unexpected closure',
              color: 'red',
            },
            {
              expr: shareOfAll(
                countByBoundary('gemini.live.tool_response.size', {}, shown, { finite: true }),
                count('gemini.live.tool_response.size', {}, shown),
              ),
              legend: 'all tool responses',
              color: 'blue',
            },
          ],
        },
        {
          kind: 'bars',
          id: 6,
          title: 'Was the last tool response acknowledged?',
          description:
            'Unexpected closures in the time shown that came after a tool response, by whether the service sent anything after it. Not acknowledged: the response was the last thing that the session took in.',
          unit: 'locale',
          width: 8,
          height: 9,
          jaeger: unexpectedEnds,
          label: 'gemini.live.closure.tool_response_acknowledged',
          decimals: 0,
          queries: [
            {
              expr: count(
                'gemini.live.closures.tool_response_ago',
                { by: ['gemini.live.closure.tool_response_acknowledged'] },
                shown,
              ),
              legend: 'acknowledged: {{gemini_live_closure_tool_response_acknowledged}}',
            },
          ],
          colors: { 'acknowledged: true': 'green', 'acknowledged: false': 'red' },
        },
        {
          kind: 'bars',
          id: 7,
          title: 'Does the encoding matter?',
          description:
            'Share of the tool responses of each encoding that an unexpected closure followed within 2 s. Alike for all: the encoding is not it.',
          unit: 'percentunit',
          width: 8,
          height: 8,
          jaeger: fatalResponses,
          label: 'gemini.live.tool_response.encoding',
          decimals: 1,
          queries: [
            {
              expr: descending(closureShareOfResponses(shown, {}, ['gemini.live.tool_response.encoding'])),
              legend: '{{gemini_live_tool_response_encoding}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 8,
          title: 'Does it matter whether the ids match?',
          description:
            'Share of the tool responses of each kind of id match that an unexpected closure followed within 2 s. Anything but matched is wrong in itself, also where nothing follows.',
          unit: 'percentunit',
          width: 8,
          height: 8,
          jaeger: fatalResponses,
          label: 'gemini.live.tool_response.id_match',
          decimals: 1,
          queries: [
            {
              expr: descending(closureShareOfResponses(shown, {}, ['gemini.live.tool_response.id_match'])),
              legend: '{{gemini_live_tool_response_id_match}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 9,
          title: 'Does realtime input while a call is pending matter?',
          description:
            'Share of the tool responses that an unexpected closure followed within 2 s: where audio or other realtime input was sent while the call was pending, and where not.',
          unit: 'percentunit',
          width: 8,
          height: 8,
          jaeger: fatalResponses,
          decimals: 1,
          queries: [
            {
              expr: descending(
                closureShareOfResponses(
                  shown,
                  { 'gemini.live.tool_response.input_while_pending': { present: true } },
                  ['gemini.live.tool_response.input_while_pending'],
                ),
              ),
              legend: 'input meanwhile: {{gemini_live_tool_response_input_while_pending}}',
            },
          ],
        },
      ],
    },
    {
      id: 103,
      title: 'Circumstances',
      panels: [
        {
          kind: 'bars',
          id: 10,
          title: 'Were tool calls pending at the end?',
          description:
            'Share of the closures in the time shown with at least one tool call neither answered nor cancelled. Much higher for unexpected ones: sessions break while tools run.',
          unit: 'percentunit',
          width: 8,
          height: 9,
          jaeger: unexpectedEnds,
          decimals: 0,
          queries: [
            { expr: withCallsPending(unexpected), legend: 'unexpected closures', color: 'red' },
            { expr: withCallsPending(expected), legend: 'expected closures', color: 'green' },
          ],
        },
        {
          kind: 'bars',
          id: 11,
          title: 'How many sessions were open at the end?',
          description:
            'Sessions open in the process at the end of one: at most so many for half of the closures, and for 95 % of them. Higher for unexpected ones: concurrency, or whatever grows with it, is involved.',
          unit: 'locale',
          width: 8,
          height: 9,
          jaeger: unexpectedEnds,
          decimals: 0,
          queries: [
            { expr: sessionsOpen(0.5, unexpected), legend: 'unexpected, half', color: 'red' },
            { expr: sessionsOpen(0.95, unexpected), legend: 'unexpected, 95 %', color: 'red' },
            { expr: sessionsOpen(0.5, expected), legend: 'expected, half', color: 'green' },
            { expr: sessionsOpen(0.95, expected), legend: 'expected, 95 %', color: 'green' },
          ],
        },
        {
          kind: 'bars',
          id: 12,
          title: 'How do tool calls end when input goes on meanwhile?',
          description:
            'Tool calls in the time shown by how they ended, with and without realtime input while they were pending. Input meanwhile often cancels a call, as it should; a call cut by the end of the connection is the one to look at.',
          unit: 'locale',
          width: 8,
          height: 9,
          jaeger: { tags: { 'gen_ai.operation.name': 'execute_tool' } },
          decimals: 0,
          queries: [
            {
              expr: descending(
                count(
                  'gemini.live.tool_calls',
                  { by: ['gemini.live.tool_call.outcome', 'gemini.live.tool_call.input_while_pending'] },
                  shown,
                ),
              ),
              legend:
                '{{gemini_live_tool_call_outcome}}, input meanwhile: {{gemini_live_tool_call_input_while_pending}}',
            },
          ],
          colors: Object.fromEntries(
            Object.entries(byCallOutcome).flatMap(([outcome, color]) =>
              [true, false].map((input) => [`${outcome}, input meanwhile: ${input}`, color]),
            ),
          ),
        },
        {
          kind: 'distribution',
          histogram: 'gemini.live.session.duration',
          id: 13,
          title: 'At which age do sessions close unexpectedly?',
          description:
            'Unexpected closures in the time shown by the age of the connection. Orange are the ages at which services end sessions: about 150 s (idle, or audio and video without compression) and about 590 s (the life of a connection). A heap there is no fault of what was sent.',
          unit: 'locale',
          width: 16,
          height: 9,
          jaeger: unexpectedEnds,
          decimals: 0,
          marks: [
            { from: 145, to: 155 },
            { from: 580, to: 600 },
          ],
          queries: [
            {
              expr: countByBoundary('gemini.live.session.duration', { where: unexpected }, shown),
              legend: '{{le}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 14,
          title: 'How long before the end was it announced?',
          description:
            'Time left that goAway announced in the time shown. Sessions with a notice that still end unexpectedly did not use it to resume.',
          unit: 's',
          width: 8,
          height: 9,
          jaeger: { operation: 'live_closure', tags: { 'gemini.live.closure.go_away_received': 'true' } },
          decimals: 0,
          queries: [
            {
              expr: quantile(0.5, 'gemini.live.go_away.lead_time', {}, shown),
              legend: 'half of the notices',
            },
            { expr: quantile(0.05, 'gemini.live.go_away.lead_time', {}, shown), legend: 'the shortest 5 %' },
          ],
        },
      ],
    },
    {
      id: 104,
      title: 'Clustering over sessions',
      panels: [
        {
          kind: 'time',
          id: 15,
          title: 'Do closures of different sessions come together?',
          description:
            'Variance by mean of the closures per five minutes, over two hours. About 1: they come independently of each other, as faults of single messages do. Unexpected ones well above the expected ones, which rise and fall with the traffic: something common to the sessions ends them, such as a quota, an outage or a deployment.',
          unit: 'none',
          width: 12,
          height: 8,
          jaeger: unexpectedEnds,
          decimals: 1,
          queries: [
            { expr: dispersion(unexpected), legend: 'unexpected closures', color: 'red' },
            { expr: dispersion(expected), legend: 'expected closures', color: 'green' },
          ],
        },
        {
          kind: 'time',
          id: 16,
          title: 'In how many processes do sessions close at a time?',
          description:
            'Processes with an unexpected closure within the window of a point, and the closures. Many closures in one process: look at that process, its host and its network. Many processes at once: look at the service and the quota.',
          unit: 'locale',
          width: 12,
          height: 8,
          jaeger: unexpectedEnds,
          decimals: 0,
          queries: [
            {
              expr: orZero(
                `count(${count('gemini.live.closures', { by: ['instance'], where: unexpected }, sliding)} > 0)`,
              ),
              legend: 'processes',
              color: 'blue',
            },
            { expr: orZero(unexpectedClosures(sliding)), legend: 'closures', color: 'red' },
          ],
        },
      ],
    },
  ],
};

function dispersion(where: typeof unexpected | typeof expected): string {
  return `stdvar_over_time(${slots(where)}) / (avg_over_time(${slots(where)}) > 0)`;
}

function withCallsPending(where: typeof unexpected | typeof expected): string {
  const all = count('gemini.live.closures.tool_calls_pending', { where }, shown);
  const none = countUpTo('gemini.live.closures.tool_calls_pending', 0, { where }, shown);
  return share(`(${all} - ${none})`, all);
}

function sessionsOpen(part: number, where: typeof unexpected | typeof expected): string {
  return quantile(part, 'gemini.live.closures.sessions_open', { where }, shown);
}
