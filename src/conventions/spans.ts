/**
 * Every span: the one table that the code is typed by and the documentation is made from. An attribute that is not
 * in a span's list is a type error where the span is written.
 */

import {
  closure,
  experiment,
  identity,
  music,
  peer,
  sessionTotals,
  setup,
  toolCall,
  toolResponse,
  turn,
  usage,
} from './attribute-groups.ts';
import type { AttributeName, Written } from './attributes.ts';

interface EventDefinition {
  readonly brief: string;
  /** Most of this name that one span takes; later ones are left out. */
  readonly limit: number;
  /** Only sessions of this kind have it; not given, all can. */
  readonly of?: 'dialogue' | 'music';
  readonly attributes: readonly AttributeName[];
}

interface LinkDefinition {
  /** Value of `gemini.live.link.type`. */
  readonly type: 'turn' | 'tool_call' | 'tool_response' | 'resumed_from';
  readonly brief: string;
}

interface SpanDefinition {
  /** The name ends in this, after the key of the table; where it is unknown the name is the key alone. */
  readonly subject?: '{model}' | '{tool}';
  readonly kind: 'CLIENT' | 'INTERNAL';
  readonly parent: string;
  readonly from: string;
  readonly to: string;
  /** When its status is ERROR. It is unset otherwise. */
  readonly error: string;
  readonly attributes: readonly AttributeName[];
  readonly events: Readonly<Record<string, EventDefinition>>;
  readonly links: readonly LinkDefinition[];
}

const spans = {
  live_session: {
    subject: '{model}',
    kind: 'CLIENT',
    parent: 'the active context at `connect()`',
    from: '`connect()`',
    to: 'the end of the connection',
    error: 'the end was not expected',
    attributes: [
      ...identity,
      ...peer,
      'gemini.live.api.version',
      ...experiment,
      'gemini.live.session.resumed',
      'gemini.live.session.handle_hash',
      ...setup,
      ...sessionTotals,
      ...music,
      ...usage,
      'gemini.live.closure.code',
      'gemini.live.closure.reason',
      'gemini.live.closure.initiator',
      'gemini.live.closure.expected',
      'gemini.live.closure.phase',
      'gemini.live.closure.cause',
      'gemini.live.closure.category',
      'gemini.live.closure.hypothesis',
      'gemini.live.closure.confidence',
      'error.type',
    ],
    events: {
      go_away: {
        brief: 'The service announced the end.',
        limit: 8,
        attributes: ['gemini.live.go_away.time_left'],
      },
      resumption_update: {
        brief: 'The service sent a resumption handle, or said that there is none.',
        limit: 16,
        of: 'dialogue',
        attributes: ['gemini.live.resumption.handle_hash', 'gemini.live.resumption.resumable'],
      },
      interruption: {
        brief: '`interrupted` after the turn was over.',
        limit: 16,
        of: 'dialogue',
        attributes: ['gemini.live.interruption.spurious'],
      },
      user_speech: {
        brief: 'The user stopped speaking while no turn was under way.',
        limit: 32,
        of: 'dialogue',
        attributes: ['gemini.live.speech.duration'],
      },
      waiting_for_input: {
        brief: 'The model generates nothing because it expects more input.',
        limit: 8,
        of: 'dialogue',
        attributes: [],
      },
      cancellation_unmatched: {
        brief: 'The service cancelled a tool call that was not pending.',
        limit: 16,
        of: 'dialogue',
        attributes: [],
      },
      stall: {
        brief: 'Something was overdue although the connection was open.',
        limit: 6,
        attributes: ['gemini.live.stall.kind', 'gemini.live.stall.cause', 'gemini.live.stall.duration'],
      },
      stall_ended: {
        brief: 'What was overdue came.',
        limit: 6,
        attributes: ['gemini.live.stall.kind', 'gemini.live.stall.duration'],
      },
      music_prompts: {
        brief: 'The application set the weighted prompts of the music.',
        limit: 32,
        of: 'music',
        attributes: [
          'gemini.live.music_prompts.count',
          'gemini.live.music_prompts.characters',
          'gemini.live.music_prompts.texts',
        ],
      },
      music_config: {
        brief: 'The application configured the music.',
        limit: 16,
        of: 'music',
        attributes: ['gemini.live.music_config.values'],
      },
      playback_control: {
        brief: 'The application told the music to play, to pause, to stop or to forget what it played.',
        limit: 32,
        of: 'music',
        attributes: ['gemini.live.playback_control.action'],
      },
      filtered_prompt: {
        brief: 'The service did not take a prompt of the music.',
        limit: 16,
        of: 'music',
        attributes: ['gemini.live.filtered_prompt.reason', 'gemini.live.filtered_prompt.text'],
      },
      music_warning: {
        brief: 'The service warned of something in a music session.',
        limit: 4,
        of: 'music',
        attributes: ['gemini.live.music_warning.text'],
      },
      server_error: {
        brief: 'An error inside a message.',
        limit: 8,
        attributes: [
          'gemini.live.server_error.code',
          'gemini.live.server_error.status',
          'gemini.live.server_error.message',
        ],
      },
    },
    links: [{ type: 'resumed_from', brief: 'The `live_session` of the connection it resumes.' }],
  },

  live_connect: {
    subject: '{model}',
    kind: 'CLIENT',
    parent: '`live_session`',
    from: '`connect()`',
    to: '`setupComplete`, or the end of the connection before it',
    error: 'the connection ended unexpectedly before `setupComplete`',
    attributes: [
      ...identity,
      ...peer,
      'gemini.live.api.version',
      'gemini.live.session.resumed',
      'gemini.live.connect.sessions_open',
      'gemini.live.connect.connects_last_minute',
      'error.type',
    ],
    events: {},
    links: [],
  },

  realtime_inference: {
    subject: '{model}',
    kind: 'CLIENT',
    parent: '`live_session`',
    from: "the end of the user's turn, or the first output where nothing marked it",
    to: '`turnComplete`, the interruption or the end of the connection',
    error: 'the session ended unexpectedly during the turn. An interruption is no error',
    attributes: [
      'gen_ai.operation.name',
      ...identity,
      ...peer,
      'gen_ai.output.type',
      ...turn,
      ...usage,
      'gen_ai.input.messages',
      'gen_ai.output.messages',
      'error.type',
    ],
    events: {
      transcription: {
        brief: 'A piece of transcription arrived.',
        limit: 64,
        attributes: ['gemini.live.transcription.side', 'gemini.live.transcription.characters'],
      },
      user_speech: {
        brief: 'The user stopped speaking during the turn.',
        limit: 16,
        attributes: ['gemini.live.speech.duration'],
      },
      interruption: {
        brief: 'The user interrupted the model.',
        limit: 16,
        attributes: ['gemini.live.interruption.spurious'],
      },
      waiting_for_input: {
        brief: 'The model generates nothing because it expects more input.',
        limit: 8,
        attributes: [],
      },
    },
    links: [],
  },

  execute_tool: {
    subject: '{tool}',
    kind: 'INTERNAL',
    parent: '`realtime_inference`: the turn that called the tool',
    from: 'the `toolCall` message',
    to: 'its response is written, its cancellation or the end of the connection',
    error:
      'the response carries a top-level `error`, or the session ended unexpectedly. A cancellation is no error',
    attributes: [
      'gen_ai.operation.name',
      ...identity,
      ...toolCall,
      'gen_ai.tool.call.arguments',
      'gen_ai.tool.call.result',
      'error.type',
    ],
    events: {},
    links: [],
  },

  send_tool_response: {
    kind: 'CLIENT',
    parent:
      '`execute_tool` where the message answers one call, `realtime_inference` where it answers several or none, `live_session` without a turn',
    from: 'the `toolResponse` message is written',
    to: 'the first message of the service after it, or the end of the connection',
    error: 'an unexpected end followed within 2 s, or came before any message of the service',
    attributes: [...identity, ...peer, ...toolResponse, 'error.type'],
    events: {},
    links: [],
  },

  live_closure: {
    kind: 'INTERNAL',
    parent: '`live_session`',
    from: 'the last frame, or `connect()` where there was none',
    to: 'the end of the connection',
    error: 'the end was not expected',
    attributes: [
      ...identity,
      ...peer,
      'gemini.live.session.resumed',
      'gemini.live.session.handle_hash',
      ...setup,
      ...sessionTotals,
      ...music,
      ...usage,
      ...closure,
      'error.type',
    ],
    events: {
      frame: {
        brief: 'One of the last frames before the end, without content: the flight recorder.',
        limit: 64,
        attributes: ['gemini.live.frame.direction', 'gemini.live.frame.kind', 'gemini.live.frame.size'],
      },
    },
    links: [
      { type: 'turn', brief: 'The turn under way, else the last one.' },
      { type: 'tool_call', brief: 'The last tool call.' },
      { type: 'tool_response', brief: 'The last tool response.' },
    ],
  },
} as const satisfies Record<string, SpanDefinition>;

export type SpanId = keyof typeof spans;

/** The attributes that a span may have. */
export type SpanAttributes<Id extends SpanId> = Written<(typeof spans)[Id]['attributes'][number]>;

/** The names of the events that a span may have. */
export type SpanEventName<Id extends SpanId> = keyof (typeof spans)[Id]['events'] & string;

/** The attributes that an event of a span may have. */
export type EventAttributes<Id extends SpanId, Name extends SpanEventName<Id>> = Written<
  (typeof spans)[Id]['events'][Name] extends {
    readonly attributes: readonly (infer Each extends AttributeName)[];
  }
    ? Each
    : never
>;

export const spanDefinitions: Readonly<Record<SpanId, SpanDefinition>> = spans;

/** `live_session gemini-live-2.5-flash`, or the bare id where what follows it is unknown. */
export function spanName(id: SpanId, subject: string | undefined): string {
  return spanDefinitions[id].subject === undefined || !subject ? id : `${id} ${subject}`;
}
