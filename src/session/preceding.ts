import type { PrecedingEvent, ReceivedKind, SentKind } from '../conventions/vocabulary.ts';
import type { ReceivedFrame, SentFrame } from '../protocol/frame.ts';

interface Rank {
  readonly event: PrecedingEvent;
  /** Comes by itself and says little about an end: gives way to a telling event shortly before. */
  readonly routine: boolean;
}

const telling = (event: PrecedingEvent): Rank => ({ event, routine: false });
const routine = (event: PrecedingEvent): Rank => ({ event, routine: true });

const turnComplete = telling('turn_complete');
const video = routine('video');

const sentRanks: Readonly<Record<SentKind, Rank>> = {
  setup: telling('setup'),
  client_content: telling('client_content'),
  audio: routine('audio'),
  video,
  text: telling('text'),
  media_chunks: routine('audio'),
  activity_start: telling('activity_mark'),
  activity_end: telling('activity_mark'),
  audio_stream_end: telling('activity_mark'),
  realtime_input: telling('other'),
  tool_response: telling('tool_response'),
  context_update: telling('other'),
  music_prompts: telling('music_control'),
  music_config: telling('music_control'),
  playback_control: telling('music_control'),
  unknown: telling('other'),
  invalid: telling('other'),
};

const receivedRanks: Readonly<Record<ReceivedKind, Rank>> = {
  setup_complete: telling('setup_complete'),
  tool_call: telling('tool_call'),
  tool_call_cancellation: telling('tool_call_cancellation'),
  go_away: telling('go_away'),
  interrupted: telling('interrupted'),
  audio: routine('model_output'),
  text: telling('model_output'),
  model_turn: telling('model_output'),
  turn_complete: turnComplete,
  generation_complete: routine('other'),
  input_transcription: routine('other'),
  output_transcription: routine('other'),
  voice_activity: routine('other'),
  resumption_update: routine('other'),
  usage: routine('other'),
  server_content: routine('other'),
  filtered_prompt: telling('filtered_prompt'),
  music_warning: telling('other'),
  error: telling('other'),
  empty: routine('other'),
  unknown: telling('other'),
  invalid: telling('other'),
};

/** What a sent frame counts as when it was the last thing before the end. */
export function rankSent(frame: SentFrame): Rank {
  return frame.kind === 'media_chunks' && frame.audioBytes === 0 ? video : sentRanks[frame.kind];
}

/** What a received frame counts as; the end of a turn tells more than the last audio that came with it. */
export function rankReceived(frame: ReceivedFrame): Rank {
  const rank = receivedRanks[frame.kind];
  return rank.routine && frame.server?.turnComplete === true ? turnComplete : rank;
}
