import { byHypothesis, byResponseOutcome, byStallKind } from './colors.ts';
import type { DashboardSpec } from './panels/panel.ts';
import { count, exemplarsOf, now, orZero, perMinute, sliding } from './promql/query.ts';
import { unexpectedClosures } from './shares.ts';

export const session: DashboardSpec = {
  uid: 'live-otel-session',
  title: 'Live API: one session',
  description: 'What happened in the session of this trace, and what around it?',
  variables: ['trace_id'],
  from: 'now-1h',
  rows: [
    {
      id: 100,
      title: 'The session',
      panels: [
        {
          kind: 'trace',
          id: 1,
          title: 'Trace of the session',
          description:
            'From connect() to the end: turns, the tool calls in them, tool responses, and the closure at the bottom with the last 64 frames as its events. A session that resumed another is linked to it.',
          unit: 'none',
          width: 24,
          height: 14,
          jaeger: {},
        },
        {
          kind: 'spans',
          id: 2,
          title: 'How did it end, and why?',
          description:
            'The closure with all its attributes: cause, confidence, explanation, remedy, evidence and rivals. No row: the session is still open, or the trace id is not that of a session.',
          unit: 'none',
          width: 12,
          height: 9,
          jaeger: {},
          span: 'live_closure',
        },
        {
          kind: 'spans',
          id: 3,
          title: 'Tool responses of the session',
          description:
            'Each tool response with size, encoding, id match, latency and acknowledgement. The last one before the closure is the one to look at.',
          unit: 'none',
          width: 12,
          height: 9,
          jaeger: {},
          span: 'send_tool_response',
        },
      ],
    },
    {
      id: 101,
      title: 'Around it (set the time range to that of the session)',
      panels: [
        {
          kind: 'time',
          id: 4,
          title: 'Did other sessions end then?',
          description:
            'Unexpected closures per minute by hypothesis, over all sessions. Others at the same moment: look at what they share before you look at this session.',
          unit: 'locale',
          width: 6,
          height: 10,
          jaeger: { operation: 'live_closure' },
          axis: 'per minute',
          stacked: true,
          colors: byHypothesis,
          queries: [
            {
              expr: perMinute(
                count(
                  'gemini.live.closures',
                  {
                    by: ['gemini.live.closure.hypothesis'],
                    where: { 'gemini.live.closure.expected': false },
                  },
                  sliding,
                ),
              ),
              legend: '{{gemini_live_closure_hypothesis}}',
            },
            {
              expr: exemplarsOf({ span: 'live_closure', where: { 'gemini.live.closure.expected': false } }),
              legend: 'a session',
              exemplar: true,
            },
          ],
        },
        {
          kind: 'time',
          id: 5,
          title: 'How many were open and opened?',
          description:
            'Sessions open, and opened per minute, over all processes. A peak just before the end speaks for a limit on sessions or connects.',
          unit: 'locale',
          width: 6,
          height: 10,
          jaeger: { operation: 'live_closure' },
          queries: [
            { expr: orZero(now('gemini.live.session.active', {})), legend: 'open', color: 'purple' },
            {
              expr: orZero(perMinute(count('gemini.live.sessions', {}, sliding))),
              legend: 'opened, per minute',
              color: 'blue',
            },
          ],
        },
        {
          kind: 'time',
          id: 6,
          title: 'Did other tool responses go through?',
          description:
            'Tool responses per minute over all sessions, and those that an unexpected closure followed. If they fail everywhere at once, the fault is not in the response of this session.',
          unit: 'locale',
          width: 6,
          height: 10,
          jaeger: { operation: 'send_tool_response' },
          axis: 'per minute',
          colors: { ...byResponseOutcome, 'unexpected closures': 'purple' },
          queries: [
            {
              expr: perMinute(
                count('gemini.live.tool_responses', { by: ['gemini.live.tool_response.outcome'] }, sliding),
              ),
              legend: '{{gemini_live_tool_response_outcome}}',
            },
            { expr: orZero(perMinute(unexpectedClosures(sliding))), legend: 'unexpected closures' },
          ],
        },
        {
          kind: 'time',
          id: 7,
          title: 'Did other sessions stall?',
          description:
            'Silences of open sessions that lasted too long, per minute over all sessions, by what was waited for. Others at the same moment: the service was slow or silent for all, not for this session.',
          unit: 'locale',
          width: 6,
          height: 10,
          jaeger: { operation: 'live_closure' },
          axis: 'per minute',
          stacked: true,
          colors: byStallKind,
          queries: [
            {
              expr: perMinute(count('gemini.live.stalls', { by: ['gemini.live.stall.kind'] }, sliding)),
              legend: '{{gemini_live_stall_kind}}',
            },
          ],
        },
      ],
    },
  ],
};
