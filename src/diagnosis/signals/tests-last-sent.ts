import type { SentKind } from '../../conventions/vocabulary.ts';
import type { LastFrame } from '../../session/model.ts';
import { settleMs } from '../../session/model.ts';
import { bytes, count, seconds } from '../wording.ts';
import type { SignalTest, SignalTests } from './signal-test.ts';

const fewAudioFrames = 5;

/** What the application sent last. Audio and what it would hide may both be seen. */
export const lastSentTests = {
  last_sent_setup: lastSent('The setup', 'setup'),
  last_sent_client_content: lastSent('Client content', 'client_content'),
  last_sent_audio: ({ lastSent: last, sentAudioFrames }) =>
    last?.kind === 'audio'
      ? `Audio was the last thing sent, ${seconds(last.agoMs)} before the end; the session had ${count(sentAudioFrames, 'audio frame')}.`
      : undefined,
  last_sent_video: lastSent('Video', 'video'),
  last_sent_text: lastSent('Realtime text', 'text'),
  last_sent_media_chunks: lastSent('A frame of mediaChunks', 'media_chunks'),
  last_sent_activity_mark: lastSent('An activity mark', 'activity_start', 'activity_end', 'audio_stream_end'),
  last_sent_tool_response: lastSent('A tool response', 'tool_response'),
  no_audio_sent: ({ sentAudioFrames, sentFrames }) =>
    sentAudioFrames === 0 ? `None of the ${count(sentFrames, 'frame')} that were sent was audio.` : undefined,
  first_audio_just_sent: ({ sentAudioFrames: frames, firstAudioAgoMs: ago }) =>
    frames > 0 && frames <= fewAudioFrames && ago !== undefined && ago <= settleMs
      ? `The first audio was sent ${seconds(ago)} before the end, ${count(frames, 'frame')} in all.`
      : undefined,
} as const satisfies SignalTests;

function lastSent(what: string, ...kinds: readonly SentKind[]): SignalTest {
  const isOne = (frame: LastFrame<SentKind> | undefined) => frame !== undefined && kinds.includes(frame.kind);
  return ({ lastSent: last, lastSentNotable: notable }) => {
    if (last !== undefined && isOne(last))
      return `${what} was the last thing sent, ${bytes(last.bytes)}, ${seconds(last.agoMs)} before the end.`;
    return notable !== undefined && isOne(notable)
      ? `${what} was the last thing sent but audio, ${bytes(notable.bytes)}, ${seconds(notable.agoMs)} before the end.`
      : undefined;
  };
}
