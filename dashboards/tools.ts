import { sizes } from '../src/conventions/limits.ts';
import { exactBytes } from '../src/conventions/words.ts';
import { byCallOutcome, byIdMatch, byResponseOutcome } from './colors.ts';
import type { DashboardSpec } from './panels/panel.ts';
import {
  count,
  countByBoundary,
  countUpTo,
  descending,
  inMilliseconds,
  perMinute,
  quantile,
  share,
  shown,
  sliding,
  spanQuantile,
} from './promql/query.ts';
import { closureShareOfResponses } from './shares.ts';

const toolCalls = { tags: { 'gen_ai.operation.name': 'execute_tool' } } as const;
const toolResponses = { operation: 'send_tool_response' } as const;

export const tools: DashboardSpec = {
  uid: 'live-otel-tools',
  title: 'Live API: tool calls',
  description: 'How long do tools take, how large are their responses, and what becomes of them?',
  variables: [],
  from: 'now-6h',
  rows: [
    {
      id: 100,
      title: 'Calls',
      panels: [
        {
          kind: 'time',
          id: 1,
          title: 'How do tool calls end?',
          description:
            'Tool calls per minute by outcome: answered, cancelled (the user spoke on; no error), or cut by the end of the connection.',
          unit: 'locale',
          width: 8,
          height: 8,
          jaeger: toolCalls,
          axis: 'per minute',
          stacked: true,
          colors: byCallOutcome,
          queries: [
            {
              expr: perMinute(
                count('gemini.live.tool_calls', { by: ['gemini.live.tool_call.outcome'] }, sliding),
              ),
              legend: '{{gemini_live_tool_call_outcome}}',
            },
          ],
        },
        {
          kind: 'table',
          id: 2,
          title: 'Which tools fail?',
          description:
            'Tool calls in the time shown by tool. An error is a response that says so, or a connection that broke during the call; calls cancelled by the user are none. Only declared tools have a name of their own here; calls of others are _other.',
          unit: 'locale',
          width: 16,
          height: 8,
          jaeger: toolCalls,
          label: 'gen_ai.tool.name',
          labelTitle: 'Tool',
          decimals: 0,
          queries: [
            { expr: count('gemini.live.tool_calls', { by: ['gen_ai.tool.name'] }, shown), legend: 'Calls' },
            { expr: ended('cancelled'), legend: 'Cancelled', unit: 'percentunit', color: 'yellow' },
            { expr: ended('closure'), legend: 'Cut by a closure', unit: 'percentunit', color: 'red' },
            {
              expr: share(
                count(
                  'gemini.live.tool_calls',
                  {
                    by: ['gen_ai.tool.name'],
                    where: {
                      'gemini.live.tool_call.outcome': { not: 'cancelled' },
                      'error.type': { present: true },
                    },
                  },
                  shown,
                ),
                count('gemini.live.tool_calls', { by: ['gen_ai.tool.name'] }, shown),
              ),
              legend: 'Errors',
              unit: 'percentunit',
              color: 'red',
            },
            {
              expr: quantile(0.95, 'gen_ai.execute_tool.duration', { by: ['gen_ai.tool.name'] }, shown),
              legend: 'Duration, 95 %',
              unit: 's',
            },
          ],
        },
        {
          kind: 'time',
          id: 3,
          title: 'How long does the service wait for tools?',
          description:
            'From the (oldest) call to the response on the wire, 95 % of the messages by tool. The user hears nothing meanwhile; long waits invite interruptions and cancelled calls.',
          unit: 's',
          width: 12,
          height: 8,
          jaeger: toolResponses,
          colorByName: true,
          queries: [
            {
              expr: quantile(
                0.95,
                'gemini.live.tool_response.latency',
                { by: ['gen_ai.tool.name'] },
                sliding,
              ),
              legend: '{{gen_ai_tool_name}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 4,
          title: 'Are responses that took long followed by closures?',
          description:
            'Latency of tool responses in the time shown: half and 95 % of those that an unexpected closure followed within 2 s, and of the others. Alike: latency is not it.',
          unit: 's',
          width: 12,
          height: 8,
          jaeger: toolResponses,
          label: 'gemini.live.tool_response.outcome',
          queries: ([0.5, 0.95] as const).flatMap((part) =>
            (['closure', 'ok'] as const).map((outcome) => ({
              expr: quantile(
                part,
                'gemini.live.tool_response.latency',
                {
                  by: ['gemini.live.tool_response.outcome'],
                  where: { 'gemini.live.tool_response.outcome': outcome },
                },
                shown,
              ),
              legend: `{{gemini_live_tool_response_outcome}}, ${part === 0.5 ? 'half' : '95 %'}`,
              color: byResponseOutcome[outcome],
            })),
          ),
        },
      ],
    },
    {
      id: 101,
      title: 'Responses',
      panels: [
        {
          kind: 'distribution',
          histogram: 'gemini.live.tool_response.size',
          id: 5,
          title: 'How large are tool responses?',
          description: `Tool response messages in the time shown by size on the wire. Orange: more than ${exactBytes(sizes.large)}. What the message says beyond what the model needs costs tokens in every later turn.`,
          unit: 'locale',
          width: 12,
          height: 9,
          jaeger: toolResponses,
          decimals: 0,
          marks: [{ from: sizes.large, to: Number.POSITIVE_INFINITY }],
          queries: [{ expr: countByBoundary('gemini.live.tool_response.size', {}, shown), legend: '{{le}}' }],
        },
        {
          kind: 'table',
          id: 6,
          title: 'What becomes of the responses of each tool?',
          description: `Tool response messages in the time shown by tool: the size that 95 % of them do not exceed, how many exceed ${exactBytes(sizes.large)}, and how many an unexpected closure followed within 2 s. _several: one message that answers more than one tool.`,
          unit: 'locale',
          width: 12,
          height: 9,
          jaeger: toolResponses,
          label: 'gen_ai.tool.name',
          labelTitle: 'Tool',
          decimals: 0,
          queries: [
            {
              expr: count('gemini.live.tool_responses', { by: ['gen_ai.tool.name'] }, shown),
              legend: 'Responses',
            },
            {
              expr: quantile(0.95, 'gemini.live.tool_response.size', { by: ['gen_ai.tool.name'] }, shown),
              legend: 'Size, 95 %',
              unit: 'decbytes',
            },
            {
              expr: `1 - ${share(
                countUpTo('gemini.live.tool_response.size', sizes.large, { by: ['gen_ai.tool.name'] }, shown),
                count('gemini.live.tool_response.size', { by: ['gen_ai.tool.name'] }, shown),
              )}`,
              legend: `Over ${exactBytes(sizes.large)}`,
              unit: 'percentunit',
              color: 'orange',
            },
            {
              expr: closureShareOfResponses(shown, {}, ['gen_ai.tool.name']),
              legend: 'Then a closure',
              unit: 'percentunit',
              color: 'red',
            },
          ],
        },
        {
          kind: 'time',
          id: 7,
          title: 'How soon does the service react to a tool response?',
          description:
            'From the message to the first message of the service after it: the only acknowledgement there is. Exemplars on the curve of spans lead to single responses.',
          unit: 'ms',
          width: 12,
          height: 8,
          jaeger: toolResponses,
          queries: [
            {
              expr: inMilliseconds(quantile(0.5, 'gemini.live.ack.duration', {}, sliding)),
              legend: 'half',
              color: 'blue',
            },
            {
              expr: inMilliseconds(quantile(0.95, 'gemini.live.ack.duration', {}, sliding)),
              legend: '95 %',
              color: 'purple',
            },
            {
              expr: spanQuantile(0.95, { span: 'send_tool_response' }, sliding),
              legend: 'spans, 95 %',
              color: 'light-purple',
              exemplar: true,
            },
          ],
        },
        {
          kind: 'bars',
          id: 8,
          title: 'Which are never acknowledged?',
          description:
            'Share of the tool responses in the time shown after which the service sent nothing at all, by whether an unexpected closure followed within 2 s.',
          unit: 'percentunit',
          width: 6,
          height: 8,
          jaeger: {
            operation: 'send_tool_response',
            tags: { 'gemini.live.tool_response.acknowledged': 'false' },
          },
          label: 'gemini.live.tool_response.outcome',
          colors: byResponseOutcome,
          decimals: 1,
          queries: [
            {
              expr: `1 - ${share(
                count('gemini.live.ack.duration', { by: ['gemini.live.tool_response.outcome'] }, shown),
                count('gemini.live.tool_responses', { by: ['gemini.live.tool_response.outcome'] }, shown),
              )}`,
              legend: '{{gemini_live_tool_response_outcome}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 9,
          title: 'Do the ids of responses match?',
          description:
            'Tool response messages in the time shown by id match. duplicate, unknown and earlier_connection are faults of the application; cancelled is a race that cannot always be won.',
          unit: 'locale',
          width: 6,
          height: 8,
          jaeger: toolResponses,
          label: 'gemini.live.tool_response.id_match',
          decimals: 0,
          queries: [
            {
              expr: descending(
                count('gemini.live.tool_responses', { by: ['gemini.live.tool_response.id_match'] }, shown),
              ),
              legend: '{{gemini_live_tool_response_id_match}}',
            },
          ],
          colors: byIdMatch,
        },
      ],
    },
  ],
};

function ended(outcome: 'cancelled' | 'closure'): string {
  const by = ['gen_ai.tool.name'] as const;
  return share(
    count('gemini.live.tool_calls', { by, where: { 'gemini.live.tool_call.outcome': outcome } }, shown),
    count('gemini.live.tool_calls', { by }, shown),
  );
}
