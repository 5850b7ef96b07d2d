import type { SentKind } from '../../conventions/vocabulary.ts';
import { bytes, counted, duration } from '../../conventions/words.ts';
import type { LastFrame } from '../../session/model.ts';
import { settleMs } from '../../session/model.ts';
import type { Signals, SignalTest } from './signal.ts';

const fewAudioFrames = 5;

/** What the application sent last. Audio and what it would hide may both be seen. */
export const lastSentSignals = {
  last_sent_setup: { words: 'the last thing sent was the setup', test: lastSent('The setup', 'setup') },
  last_sent_client_content: {
    words: 'the last thing sent was clientContent',
    test: lastSent('Client content', 'client_content'),
  },
  last_sent_audio: {
    words: 'the last thing sent was audio',
    test: ({ lastSent: last, sentAudioFrames }) =>
      last?.kind === 'audio'
        ? `Audio was the last thing sent, ${duration(last.agoMs)} before the end; the session had ${counted(sentAudioFrames, 'audio frame')}.`
        : undefined,
  },
  last_sent_video: { words: 'the last thing sent was video', test: lastSent('Video', 'video') },
  last_sent_text: { words: 'the last thing sent was realtime text', test: lastSent('Realtime text', 'text') },
  last_sent_media_chunks: {
    words: 'the last thing sent was mediaChunks',
    test: lastSent('A frame of mediaChunks', 'media_chunks'),
  },
  last_sent_activity_mark: {
    words: 'the last thing sent was an activity mark',
    test: lastSent('An activity mark', 'activity_start', 'activity_end', 'audio_stream_end'),
  },
  last_sent_tool_response: {
    words: 'the last thing sent was a tool response',
    test: lastSent('A tool response', 'tool_response'),
  },
  no_audio_sent: {
    words: 'no audio was sent',
    test: ({ sentAudioFrames, sentFrames }) =>
      sentAudioFrames === 0
        ? `None of the ${counted(sentFrames, 'frame')} that were sent was audio.`
        : undefined,
  },
  /** At most five audio frames were sent, all within 2 s of the end. */
  first_audio_just_sent: {
    words: 'the first audio had just been sent',
    test: ({ sentAudioFrames: frames, firstAudioAgoMs: ago }) =>
      frames > 0 && frames <= fewAudioFrames && ago !== undefined && ago <= settleMs
        ? `The first audio was sent ${duration(ago)} before the end, ${counted(frames, 'frame')} in all.`
        : undefined,
  },
} as const satisfies Signals;

function lastSent(what: string, ...kinds: readonly SentKind[]): SignalTest {
  const isOne = (frame: LastFrame<SentKind> | undefined) => frame !== undefined && kinds.includes(frame.kind);
  return ({ lastSent: last, lastSentNotable: notable }) => {
    if (last !== undefined && isOne(last))
      return `${what} was the last thing sent, ${bytes(last.bytes)}, ${duration(last.agoMs)} before the end.`;
    return notable !== undefined && isOne(notable)
      ? `${what} was the last thing sent but audio, ${bytes(notable.bytes)}, ${duration(notable.agoMs)} before the end.`
      : undefined;
  };
}
