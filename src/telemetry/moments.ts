import type { SessionFact } from '../session/facts.ts';
import type { LiveSpan } from './live-span.ts';
import { secondsBetween, toSeconds } from './time.ts';
import type { TurnSpans } from './turn-spans.ts';

type MomentType =
  | 'interrupted'
  | 'user_speech_ended'
  | 'transcribed'
  | 'cancellation_unmatched'
  | 'go_away'
  | 'resumption_updated'
  | 'waiting_for_input'
  | 'stall_ended'
  | 'server_error'
  | 'music_prompts_sent'
  | 'music_config_sent'
  | 'playback_controlled'
  | 'prompt_filtered'
  | 'music_warned';

/** Facts without a duration of their own. */
export type Moment = Extract<SessionFact, { type: MomentType }>;

/** Writes a moment as a span event: on the turn it belongs to while that is open, else on the session. */
export function addMoment(fact: Moment, session: LiveSpan<'live_session'>, turns: TurnSpans): void {
  switch (fact.type) {
    case 'interrupted': {
      const turn = fact.spurious || fact.turn === undefined ? undefined : turns.spanOf(fact.turn);
      const attributes = { 'gemini.live.interruption.spurious': fact.spurious };
      if (turn) turn.addEvent('interruption', fact.at, attributes);
      else session.addEvent('interruption', fact.at, attributes);
      break;
    }
    case 'user_speech_ended': {
      const turn = turns.spanOf(undefined);
      const attributes = { 'gemini.live.speech.duration': secondsBetween(fact.startedAt, fact.at) };
      if (turn) turn.addEvent('user_speech', fact.at, attributes);
      else session.addEvent('user_speech', fact.at, attributes);
      break;
    }
    case 'waiting_for_input': {
      const turn = turns.spanOf(fact.turn);
      if (turn) turn.addEvent('waiting_for_input', fact.at, {});
      else session.addEvent('waiting_for_input', fact.at, {});
      break;
    }
    case 'transcribed':
      turns.spanOf(fact.turn)?.addEvent('transcription', fact.at, {
        'gemini.live.transcription.side': fact.side,
        'gemini.live.transcription.characters': fact.transcription.characters,
      });
      break;
    case 'cancellation_unmatched':
      session.addEvent('cancellation_unmatched', fact.at, {});
      break;
    case 'go_away':
      session.addEvent('go_away', fact.at, { 'gemini.live.go_away.time_left': toSeconds(fact.timeLeftMs) });
      break;
    case 'resumption_updated':
      session.addEvent('resumption_update', fact.at, {
        'gemini.live.resumption.handle_hash': fact.resumption.handleHash,
        'gemini.live.resumption.resumable': fact.resumption.resumable,
      });
      break;
    case 'stall_ended': {
      const { kind, since, endedAt, outcome } = fact.stall;
      // Otherwise the end of the session tells.
      if (outcome !== 'recovered' || endedAt === undefined) break;
      session.addEvent('stall_ended', endedAt, {
        'gemini.live.stall.kind': kind,
        'gemini.live.stall.duration': secondsBetween(since, endedAt),
      });
      break;
    }
    case 'server_error':
      session.addEvent('server_error', fact.at, {
        'gemini.live.server_error.code': fact.code,
        'gemini.live.server_error.status': fact.status,
        'gemini.live.server_error.message': fact.message,
      });
      break;
    case 'music_prompts_sent':
      session.addEvent('music_prompts', fact.at, {
        'gemini.live.music_prompts.count': fact.prompts.count,
        'gemini.live.music_prompts.characters': fact.prompts.characters,
        'gemini.live.music_prompts.texts': fact.prompts.texts && [...fact.prompts.texts],
      });
      break;
    case 'music_config_sent':
      session.addEvent('music_config', fact.at, { 'gemini.live.music_config.values': [...fact.values] });
      break;
    case 'playback_controlled':
      session.addEvent('playback_control', fact.at, { 'gemini.live.playback_control.action': fact.control });
      break;
    case 'prompt_filtered':
      session.addEvent('filtered_prompt', fact.at, {
        'gemini.live.filtered_prompt.reason': fact.reason,
        'gemini.live.filtered_prompt.text': fact.text,
      });
      break;
    case 'music_warned':
      session.addEvent('music_warning', fact.at, { 'gemini.live.music_warning.text': fact.text });
      break;
    default:
      fact satisfies never;
  }
}
