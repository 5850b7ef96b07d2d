import { byFailure, byFirstAudioReference, byModality, byTurnOutcome } from './colors.ts';
import type { DashboardSpec } from './panels/panel.ts';
import {
  count,
  inMilliseconds,
  perHour,
  perMinute,
  quantile,
  share,
  shown,
  sliding,
  spanQuantile,
} from './promql/query.ts';
import { failedTurns } from './shares.ts';

const turnSpans = { tags: { 'gen_ai.operation.name': 'realtime_inference' } } as const;

export const turns: DashboardSpec = {
  uid: 'live-otel-turns',
  title: 'Live API: turns and audio',
  description: 'How soon does the model speak, is it let finish, and what does it use?',
  variables: [],
  from: 'now-6h',
  rows: [
    {
      id: 100,
      title: 'First audio',
      panels: [
        {
          kind: 'time',
          id: 1,
          title: 'How soon does the model speak?',
          description:
            'From what marked the end of the user’s part to the first audio, half of the turns by that mark. Compare only curves of the same mark: after server_vad the service has already waited for silence, after last_audio_frame not.',
          unit: 's',
          width: 12,
          height: 8,
          jaeger: turnSpans,
          colors: byFirstAudioReference,
          queries: [
            {
              expr: quantile(
                0.5,
                'gemini.live.first_audio.duration',
                { by: ['gemini.live.turn.first_audio.reference'] },
                sliding,
              ),
              legend: '{{gemini_live_turn_first_audio_reference}}',
            },
          ],
        },
        {
          kind: 'table',
          id: 2,
          title: 'First audio by what it is measured from',
          description:
            'Turns with audio in the time shown by the mark that their first audio is measured from, with the time that half and 95 % of them did not exceed.',
          unit: 'locale',
          width: 12,
          height: 8,
          jaeger: turnSpans,
          label: 'gemini.live.turn.first_audio.reference',
          labelTitle: 'Measured from',
          decimals: 0,
          queries: [
            {
              expr: count(
                'gemini.live.first_audio.duration',
                { by: ['gemini.live.turn.first_audio.reference'] },
                shown,
              ),
              legend: 'Turns',
            },
            {
              expr: quantile(
                0.5,
                'gemini.live.first_audio.duration',
                { by: ['gemini.live.turn.first_audio.reference'] },
                shown,
              ),
              legend: 'Half',
              unit: 's',
            },
            {
              expr: quantile(
                0.95,
                'gemini.live.first_audio.duration',
                { by: ['gemini.live.turn.first_audio.reference'] },
                shown,
              ),
              legend: '95 %',
              unit: 's',
            },
          ],
        },
      ],
    },
    {
      id: 101,
      title: 'Turns',
      panels: [
        {
          kind: 'time',
          id: 3,
          title: 'How do turns end?',
          description:
            'Turns per minute by outcome. interrupted is the user speaking, no error; closure is a turn cut by the end of the connection; superseded is one that another turn replaced.',
          unit: 'locale',
          width: 8,
          height: 8,
          jaeger: turnSpans,
          axis: 'per minute',
          stacked: true,
          colors: byTurnOutcome,
          queries: [
            {
              expr: perMinute(count('gemini.live.turns', { by: ['gemini.live.turn.outcome'] }, sliding)),
              legend: '{{gemini_live_turn_outcome}}',
            },
          ],
        },
        {
          kind: 'time',
          id: 4,
          title: 'How often is the model interrupted?',
          description:
            'Share of the turns that the user interrupted, and that the end of the connection cut. More interruptions than before: answers have become longer or slower, or the model hears itself.',
          unit: 'percentunit',
          width: 8,
          height: 8,
          jaeger: { tags: { ...turnSpans.tags, 'gemini.live.turn.outcome': 'interrupted' } },
          max: 1,
          queries: [
            { expr: ofTurns('interrupted'), legend: 'interrupted' },
            { expr: ofTurns('closure'), legend: 'cut by a closure' },
          ],
          colors: { interrupted: 'blue', 'cut by a closure': 'red' },
        },
        {
          kind: 'time',
          id: 5,
          title: 'How long are turns?',
          description:
            'Duration of turns: half and 95 % of them were shorter. Exemplars on the curve of spans lead to single turns.',
          unit: 'ms',
          width: 8,
          height: 8,
          jaeger: turnSpans,
          queries: [
            {
              expr: inMilliseconds(quantile(0.5, 'gen_ai.client.inference.duration', {}, sliding)),
              legend: 'half',
              color: 'blue',
            },
            {
              expr: inMilliseconds(quantile(0.95, 'gen_ai.client.inference.duration', {}, sliding)),
              legend: '95 %',
              color: 'purple',
            },
            {
              expr: spanQuantile(0.95, { span: 'realtime_inference' }, sliding),
              legend: 'spans, 95 %',
              color: 'light-purple',
              exemplar: true,
            },
          ],
        },
        {
          kind: 'time',
          id: 9,
          title: 'Why do turns fail?',
          description:
            'Turns per hour that ended without an answer while the session went on, by outcome and by the reason that the service gave. rejected: it refused; malformed: a tool call that is none; empty: nothing to hear or read.',
          unit: 'locale',
          width: 24,
          height: 8,
          jaeger: turnSpans,
          axis: 'per hour',
          stacked: true,
          shadesOf: 'orange',
          colors: byFailure,
          queries: [
            {
              expr: perHour(
                failedTurns(sliding, ['gemini.live.turn.outcome', 'gemini.live.turn.complete_reason']),
              ),
              legend: '{{gemini_live_turn_outcome}} {{gemini_live_turn_complete_reason}}',
            },
          ],
        },
      ],
    },
    {
      id: 102,
      title: 'Usage',
      panels: [
        {
          kind: 'time',
          id: 6,
          title: 'How much audio goes each way?',
          description:
            'Decoded audio per second over all sessions. One session sends 32 kB/s at 16 kHz and receives 48 kB/s while the model speaks. Sent falls to nothing while sessions are open: microphones are silent or gone.',
          unit: 'Bps',
          width: 8,
          height: 8,
          jaeger: turnSpans,
          queries: [
            {
              expr: `${perMinute(count('gemini.live.audio.size', { by: ['gemini.live.audio.direction'] }, sliding))} / 60`,
              legend: '{{gemini_live_audio_direction}}',
            },
          ],
          colors: { sent: 'blue', received: 'purple' },
        },
        {
          kind: 'time',
          id: 7,
          title: 'Input tokens by modality',
          description:
            'Input tokens of turns per minute by modality. The whole context counts again in every turn: a curve that only rises is a context that is never compressed.',
          unit: 'locale',
          width: 8,
          height: 8,
          jaeger: turnSpans,
          axis: 'per minute',
          stacked: true,
          colors: byModality,
          queries: [
            {
              expr: perMinute(
                count(
                  'gen_ai.client.inference.usage.input_tokens',
                  { by: ['gen_ai.token.modality'] },
                  sliding,
                ),
              ),
              legend: '{{gen_ai_token_modality}}',
            },
          ],
        },
        {
          kind: 'time',
          id: 8,
          title: 'Output tokens by modality',
          description: 'Output tokens of turns per minute by modality, thoughts included as text.',
          unit: 'locale',
          width: 8,
          height: 8,
          jaeger: turnSpans,
          axis: 'per minute',
          stacked: true,
          colors: byModality,
          queries: [
            {
              expr: perMinute(
                count(
                  'gen_ai.client.inference.usage.output_tokens',
                  { by: ['gen_ai.token.modality'] },
                  sliding,
                ),
              ),
              legend: '{{gen_ai_token_modality}}',
            },
          ],
        },
      ],
    },
  ],
};

function ofTurns(outcome: 'interrupted' | 'closure'): string {
  return share(
    count('gemini.live.turns', { where: { 'gemini.live.turn.outcome': outcome } }, sliding),
    count('gemini.live.turns', {}, sliding),
  );
}
