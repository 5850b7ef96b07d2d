import type { PlaybackControl } from '../conventions/vocabulary.ts';
import type { ResumptionSummary, SentMusic, SetupSummary, TranscriptionSummary } from '../protocol/frame.ts';
import type { Closure, Stall, ToolCall, ToolResponse, Turn } from './model.ts';

/**
 * What the reducer concludes from an event. Each thing starts once and ends once; `turn_ended` comes when nothing
 * more is expected of the turn (its `endedAt` may lie up to 2 s back, since usage comes late).
 */
export type SessionFact =
  | {
      readonly type: 'setup_sent';
      readonly at: number;
      readonly setup: SetupSummary;
      /** Size of the message on the wire. */
      readonly bytes: number;
    }
  | { readonly type: 'setup_completed'; readonly at: number; readonly sessionId?: string }
  | { readonly type: 'turn_started'; readonly turn: Turn }
  | { readonly type: 'turn_ended'; readonly turn: Turn }
  | { readonly type: 'interrupted'; readonly at: number; readonly turn?: Turn; readonly spurious: boolean }
  /** The user's speech, as voice activity or activity marks show it. */
  | { readonly type: 'user_speech_started'; readonly at: number }
  | { readonly type: 'user_speech_ended'; readonly at: number; readonly startedAt?: number }
  | {
      readonly type: 'transcribed';
      readonly at: number;
      readonly side: 'input' | 'output';
      readonly transcription: TranscriptionSummary;
      readonly turn?: Turn;
    }
  | { readonly type: 'tool_call_received'; readonly call: ToolCall }
  | { readonly type: 'tool_call_ended'; readonly call: ToolCall }
  | { readonly type: 'tool_response_sent'; readonly response: ToolResponse }
  | { readonly type: 'tool_response_acknowledged'; readonly response: ToolResponse }
  /** 2 s passed or the session closed: `outcome` is known. Comes once for each response, after its acknowledgement if any. */
  | { readonly type: 'tool_response_settled'; readonly response: ToolResponse }
  /** A cancellation named an id that no pending call has. */
  | { readonly type: 'cancellation_unmatched'; readonly at: number }
  | { readonly type: 'go_away'; readonly at: number; readonly timeLeftMs?: number }
  | { readonly type: 'resumption_updated'; readonly at: number; readonly resumption: ResumptionSummary }
  | { readonly type: 'waiting_for_input'; readonly at: number; readonly turn?: Turn }
  | {
      readonly type: 'server_error';
      readonly at: number;
      readonly code?: number;
      readonly status?: string;
      readonly message?: string;
    }
  | {
      readonly type: 'music_prompts_sent';
      readonly at: number;
      readonly prompts: NonNullable<SentMusic['prompts']>;
    }
  | { readonly type: 'music_config_sent'; readonly at: number; readonly values: readonly string[] }
  | { readonly type: 'playback_controlled'; readonly at: number; readonly control: PlaybackControl }
  /** The service does not take a prompt. */
  | {
      readonly type: 'prompt_filtered';
      readonly at: number;
      readonly reason?: string;
      /** Only when content is captured. */
      readonly text?: string;
    }
  | { readonly type: 'music_warned'; readonly at: number; readonly text?: string }
  /** Something is overdue although the connection is open. Comes once for each stall, as it is found. */
  | { readonly type: 'stalled'; readonly stall: Stall }
  /** What was waited for came, or the session ended. */
  | { readonly type: 'stall_ended'; readonly stall: Stall }
  /** The end. Everything open has ended before it in the same list. Comes once. */
  | { readonly type: 'closed'; readonly closure: Closure };
