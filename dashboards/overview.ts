import { byExpectation, byLossReason, byStallKind } from './colors.ts';
import type { DashboardSpec } from './panels/panel.ts';
import { serviceVersion } from './promql/others.ts';
import {
  count,
  descending,
  exemplarsOf,
  lastHour,
  now,
  orZero,
  perHour,
  perMinute,
  quantile,
  sameHourYesterday,
  shareOfAll,
  shown,
  sliding,
  unlabelled,
} from './promql/query.ts';
import {
  burnRate,
  closures,
  errorBudgetLeft,
  failedTurns,
  unexpectedClosures,
  unexpectedShare,
} from './shares.ts';

const unexpectedEnds = {
  operation: 'live_closure',
  tags: { 'gemini.live.closure.expected': 'false' },
} as const;

export const overview: DashboardSpec = {
  uid: 'live-otel-overview',
  title: 'Live API: overview',
  description: 'Do sessions end as they should, and if not, why?',
  variables: ['objective'],
  from: 'now-6h',
  rows: [
    {
      id: 100,
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          id: 1,
          title: 'Open now',
          description:
            'Sessions open now, over all processes. A process that was killed is counted until Prometheus no longer sees it, about five minutes.',
          unit: 'locale',
          width: 3,
          height: 5,
          jaeger: { operation: 'live_closure' },
          decimals: 0,
          queries: [{ expr: orZero(now('gemini.live.session.active', {})), legend: 'open' }],
        },
        {
          kind: 'stat',
          id: 2,
          title: 'Opened',
          description:
            'Calls of connect() in the time shown. A session that resumes another is one of its own.',
          unit: 'locale',
          width: 3,
          height: 5,
          jaeger: { operation: 'live_closure' },
          decimals: 0,
          queries: [{ expr: orZero(count('gemini.live.sessions', {}, shown)), legend: 'opened' }],
        },
        {
          kind: 'stat',
          id: 3,
          title: 'Unexpected closures',
          description:
            'Sessions in the time shown that neither the application nor an orderly exit ended, nor the service while nothing was under way.',
          unit: 'locale',
          width: 4,
          height: 5,
          jaeger: unexpectedEnds,
          decimals: 0,
          thresholds: [{ color: 'green' }, { from: 1, color: 'orange' }],
          queries: [{ expr: orZero(unexpectedClosures(shown)), legend: 'unexpected' }],
        },
        {
          kind: 'stat',
          id: 4,
          title: 'Unexpected share',
          description: 'Unexpected closures by all closures in the time shown. Empty where no session ended.',
          unit: 'percentunit',
          width: 4,
          height: 5,
          jaeger: unexpectedEnds,
          decimals: 1,
          thresholds: [{ color: 'green' }, { from: 0.01, color: 'orange' }, { from: 0.05, color: 'red' }],
          queries: [{ expr: unexpectedShare(shown), legend: 'unexpected' }],
        },
        {
          kind: 'stat',
          id: 18,
          title: 'Stalls',
          description:
            'Silences of open sessions that lasted too long, in the time shown. A session that stalls is still open: it counts in none of the figures of closures.',
          unit: 'locale',
          width: 3,
          height: 5,
          jaeger: { operation: 'live_closure' },
          decimals: 0,
          thresholds: [{ color: 'green' }, { from: 1, color: 'orange' }],
          queries: [{ expr: orZero(count('gemini.live.stalls', {}, shown)), legend: 'stalls' }],
        },
        {
          kind: 'stat',
          id: 19,
          title: 'Failed turns',
          description:
            'Turns in the time shown that ended without an answer while the session went on: rejected by the service, malformed or empty. The dashboard of turns says why.',
          unit: 'locale',
          width: 3,
          height: 5,
          jaeger: { tags: { 'gen_ai.operation.name': 'realtime_inference' } },
          decimals: 0,
          thresholds: [{ color: 'green' }, { from: 1, color: 'orange' }],
          queries: [{ expr: orZero(failedTurns(shown)), legend: 'failed' }],
        },
        {
          kind: 'stat',
          id: 5,
          title: 'Error budget left',
          description:
            'Of the unexpected ends that the objective allows for the sessions of the time shown, what is left: 100 % is untouched, 0 % used up, below that the objective is missed.',
          unit: 'percentunit',
          width: 4,
          height: 5,
          jaeger: unexpectedEnds,
          decimals: 0,
          thresholds: [{ color: 'red' }, { from: 0, color: 'orange' }, { from: 0.5, color: 'green' }],
          queries: [{ expr: errorBudgetLeft(shown), legend: 'left' }],
        },
      ],
    },
    {
      id: 101,
      title: 'How sessions end',
      panels: [
        {
          kind: 'time',
          id: 6,
          title: 'How many sessions end, expected or not?',
          description:
            'Closures per hour, stacked. Few sessions make a ragged picture: one closure counts over the whole window of a point. The diamonds are exemplars: each leads to the trace of one session; how high it stands says nothing.',
          unit: 'locale',
          width: 12,
          height: 8,
          jaeger: { operation: 'live_closure' },
          axis: 'per hour',
          stacked: true,
          colors: byExpectation,
          queries: [
            ...([false, true] as const).map((expected) => ({
              expr: perHour(
                count(
                  'gemini.live.closures',
                  { where: { 'gemini.live.closure.expected': expected } },
                  sliding,
                ),
              ),
              legend: expected ? 'expected' : 'unexpected',
            })),
            { expr: exemplarsOf({ span: 'live_closure' }), legend: 'a session', exemplar: true },
          ],
        },
        {
          kind: 'time',
          id: 7,
          title: 'Is it worse than at the same hour yesterday?',
          description:
            'Share of sessions that ended unexpectedly within the last hour, and within the same hour a day ago. A gap between the curves that holds is a change; both high is an old trouble.',
          unit: 'percentunit',
          width: 12,
          height: 8,
          jaeger: unexpectedEnds,
          max: 1,
          queries: [
            { expr: unexpectedShare(lastHour), legend: 'last hour', color: 'red' },
            { expr: unexpectedShare(sameHourYesterday), legend: 'same hour yesterday', color: 'blue' },
          ],
        },
        {
          kind: 'bars',
          id: 8,
          title: 'Which causes ended sessions unexpectedly?',
          description:
            'Unexpected closures in the time shown by cause, an entry of the catalogue (docs/closures.md). Click a bar for the sessions.',
          unit: 'locale',
          width: 8,
          height: 11,
          jaeger: unexpectedEnds,
          label: 'gemini.live.closure.cause',
          decimals: 0,
          queries: [
            {
              expr: descending(`${unexpectedClosures(shown, ['gemini.live.closure.cause'])} > 0`),
              legend: '{{gemini_live_closure_cause}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 9,
          title: 'Which hypothesis do unexpected closures support?',
          description:
            'Share of the unexpected closures in the time shown by hypothesis. Seven of them are rivals, the others only look like one of them; the dashboard of closures weighs them.',
          unit: 'percentunit',
          width: 8,
          height: 11,
          jaeger: unexpectedEnds,
          label: 'gemini.live.closure.hypothesis',
          decimals: 0,
          queries: [
            {
              expr: descending(
                `${shareOfAll(unexpectedClosures(shown, ['gemini.live.closure.hypothesis']), unexpectedClosures(shown))} > 0`,
              ),
              legend: '{{gemini_live_closure_hypothesis}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 10,
          title: 'With which close codes do sessions end?',
          description:
            'All closures in the time shown by code. 1006: no close frame came; none: the process ended first, or the connection never came to be; a code by itself says little, the cause beside it more.',
          unit: 'locale',
          width: 8,
          height: 11,
          jaeger: { operation: 'live_closure' },
          label: 'gemini.live.closure.code',
          decimals: 0,
          queries: [
            {
              expr: descending(
                `${unlabelled(closures(shown, ['gemini.live.closure.code']), 'gemini.live.closure.code', 'none')} > 0`,
              ),
              legend: '{{gemini_live_closure_code}}',
            },
          ],
        },
      ],
    },
    {
      id: 102,
      title: 'Sessions',
      panels: [
        {
          kind: 'time',
          id: 11,
          title: 'How fast is the error budget used?',
          description:
            'Unexpected share of the last hour by what the objective allows. At 1 the budget lasts just as long as the time it is for; at 10 a tenth as long.',
          unit: 'suffix:×',
          width: 8,
          height: 8,
          jaeger: unexpectedEnds,
          queries: [{ expr: burnRate(lastHour), legend: 'burn rate, 1 h', color: 'red' }],
        },
        {
          kind: 'time',
          id: 12,
          title: 'How many sessions are opened and open?',
          description:
            'Opened per minute, first connections and resumptions apart, and open at the same time. Many resumptions with few new sessions: connections break and come back.',
          unit: 'locale',
          width: 8,
          height: 8,
          jaeger: { operation: 'live_closure' },
          queries: [
            {
              expr: orZero(
                perMinute(
                  count('gemini.live.sessions', { where: { 'gemini.live.session.resumed': false } }, sliding),
                ),
              ),
              legend: 'new, per minute',
              color: 'blue',
            },
            {
              expr: orZero(
                perMinute(
                  count('gemini.live.sessions', { where: { 'gemini.live.session.resumed': true } }, sliding),
                ),
              ),
              legend: 'resumed, per minute',
              color: 'orange',
            },
            { expr: orZero(now('gemini.live.session.active', {})), legend: 'open', color: 'purple' },
          ],
        },
        {
          kind: 'time',
          id: 13,
          title: 'How long does the setup take, and does it fail?',
          description:
            'From connect() to setupComplete: half of the sessions and 95 % of them were faster than the curve. The bars of errors are sessions that ended before it.',
          unit: 's',
          width: 8,
          height: 8,
          jaeger: { operation: 'live_closure' },
          queries: [
            {
              expr: quantile(
                0.5,
                'gemini.live.session.setup.duration',
                { where: { 'error.type': { present: false } } },
                sliding,
              ),
              legend: 'half',
              color: 'blue',
            },
            {
              expr: quantile(
                0.95,
                'gemini.live.session.setup.duration',
                { where: { 'error.type': { present: false } } },
                sliding,
              ),
              legend: '95 %',
              color: 'purple',
            },
          ],
        },
        {
          kind: 'bars',
          id: 14,
          title: 'Which errors end setups?',
          description:
            'Sessions in the time shown that ended unexpectedly before setupComplete, by close code or error. Such sessions never worked: look at model, credentials and configuration, and at what was deployed.',
          unit: 'locale',
          width: 12,
          height: 7,
          jaeger: { operation: 'live_closure', tags: { 'gemini.live.closure.phase': 'setup' } },
          decimals: 0,
          queries: [
            {
              expr: descending(
                `${count('gemini.live.session.setup.duration', { by: ['error.type'], where: { 'error.type': { present: true } } }, shown)} > 0`,
              ),
              legend: '{{error_type}}',
            },
          ],
        },
        {
          kind: 'time',
          id: 15,
          title: 'Which sessions stall?',
          description:
            'Silences of open sessions that lasted too long, per hour, by what was waited for. A session that stalls is still open: no closure tells of it.',
          unit: 'locale',
          width: 12,
          height: 7,
          jaeger: { operation: 'live_closure' },
          axis: 'per hour',
          stacked: true,
          colors: byStallKind,
          queries: [
            {
              expr: perHour(count('gemini.live.stalls', { by: ['gemini.live.stall.kind'] }, sliding)),
              legend: '{{gemini_live_stall_kind}}',
            },
          ],
        },
        {
          kind: 'bars',
          id: 16,
          title: 'Which release ends sessions unexpectedly?',
          description:
            'Share of the sessions that ended unexpectedly in the time shown, by service.version. Blue lines in the other panels say when a version was first seen. no version: the application says none (OTEL_RESOURCE_ATTRIBUTES=service.version=…).',
          unit: 'percentunit',
          width: 12,
          height: 7,
          jaeger: unexpectedEnds,
          decimals: 1,
          queries: [
            {
              expr: descending(
                unlabelled(unexpectedShare(shown, [serviceVersion]), serviceVersion, 'no version'),
              ),
              legend: `{{${serviceVersion}}}`,
            },
          ],
        },
        {
          kind: 'time',
          id: 17,
          title: 'How many tokens are used?',
          description:
            'Tokens per minute: input (the whole context, again with each turn) and output, thoughts included. Input that climbs within a session is its context growing toward the limit.',
          unit: 'locale',
          width: 12,
          height: 7,
          jaeger: { operation: 'live_closure' },
          axis: 'per minute',
          queries: [
            {
              expr: perMinute(count('gen_ai.client.inference.usage.input_tokens', {}, sliding)),
              legend: 'input',
              color: 'blue',
            },
            {
              expr: perMinute(count('gen_ai.client.inference.usage.output_tokens', {}, sliding)),
              legend: 'output',
              color: 'purple',
            },
          ],
        },
        {
          kind: 'time',
          id: 20,
          title: 'Is telemetry lost?',
          description:
            'Spans, metrics and log records per hour that applications could not deliver and dropped, by the reason: while there are any, the other panels and Jaeger do not show everything. Applications count this themselves, with live-otel/register.',
          unit: 'locale',
          width: 24,
          height: 6,
          jaeger: { operation: 'live_closure' },
          axis: 'per hour',
          stacked: true,
          colors: byLossReason,
          queries: (['buffer_full', 'rejected', 'file'] as const).map((reason) => ({
            expr: orZero(
              perHour(
                count(
                  'gemini.live.telemetry.lost',
                  { where: { 'gemini.live.telemetry.loss_reason': reason } },
                  sliding,
                ),
              ),
            ),
            legend: reason,
          })),
        },
      ],
    },
  ],
};
