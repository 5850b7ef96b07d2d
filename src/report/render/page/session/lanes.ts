/** What happened in a session, sorted into lanes that share one time axis. Pure. */
import { bytes, counted, duration } from '../../../../conventions/words.ts';
import type { LiveEvent } from '../../../read/otlp.ts';
import type { ClosurePart, LiveSession, Part, TurnPart } from '../../../read/sessions/model.ts';
import { printable } from '../../text/cells.ts';
import { stallTitles } from '../../words.ts';
import { frameRuns } from './frames.ts';

export interface Mark {
  /** `wait` is time in which something was under way, `dot` and `cut` are moments. */
  readonly shape: 'bar' | 'wait' | 'dot' | 'cut';
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly bad: boolean;
  /** What it is, in a few words. */
  readonly text: string;
}

export interface Lane {
  readonly title: string;
  readonly marks: readonly Mark[];
}

/** The lanes that every session has, whether anything happened in them or not, and those of its last frames. */
export function lanesOf(session: LiveSession): readonly Lane[] {
  const { turns, toolCalls, toolResponses, closure, events, connect } = session;
  const inTurns = turns.flatMap((turn) => turn.events);
  return [
    { title: 'User speech', marks: [...events, ...inTurns].filter(isNamed('user_speech')).map(speech) },
    {
      title: 'Model',
      marks: [...turns.flatMap(modelOf), ...events.filter(isNamed('interruption')).map(cut)],
    },
    { title: 'Tool calls', marks: toolCalls.map(toolCall) },
    { title: 'Tool responses', marks: toolResponses.flatMap(toolResponse) },
    {
      title: 'Connection',
      marks: [
        ...(connect ? [stretch('wait', connect, 'connecting')] : []),
        ...events.flatMap((event) => connection(event, session)),
        ...(closure ? [ending(closure)] : []),
      ],
    },
    ...(closure ? frames(closure) : []),
  ];
}

function isNamed(name: string): (event: LiveEvent) => boolean {
  return (event) => event.name === name;
}

function speech({ at, attributes }: LiveEvent): Mark {
  const ms = (attributes['gemini.live.speech.duration'] ?? 0) * 1_000;
  const text = ms > 0 ? `the user spoke for ${duration(ms)}` : 'the user stopped speaking';
  return { shape: 'bar', from: at - ms, to: at, bad: false, text };
}

/** The turn from its trigger to its end, and in it what was generated; the first audio and interruptions. */
function modelOf(turn: TurnPart): readonly Mark[] {
  const { startedAt, endedAt, attributes, events } = turn;
  const name = `turn ${attributes['gemini.live.turn.index'] ?? ''}`.trim();
  const after = (seconds: number) => Math.min(endedAt, startedAt + seconds * 1_000);
  const output = attributes['gemini.live.turn.first_output.duration'];
  const generation = attributes['gemini.live.turn.generation.duration'];
  const audio = attributes['gemini.live.turn.first_audio.duration'];
  // Where it was heard. Files of earlier versions have only how long it took.
  const heard = attributes['gemini.live.turn.first_audio.offset'] ?? audio;
  const outputAt = after(output ?? 0);
  const wasCut = attributes['gemini.live.turn.outcome'] === 'interrupted';
  const cuts = events.filter(isNamed('interruption')).map(cut);
  return [
    stretch('wait', turn, `${name}, ${duration(endedAt - startedAt)}`),
    ...(generation === undefined
      ? []
      : [
          {
            shape: 'bar',
            from: outputAt,
            to: Math.min(endedAt, outputAt + generation * 1_000),
            bad: false,
            text: `${name}: the model generates for ${duration(generation * 1_000)}`,
          } as const,
        ]),
    ...(heard === undefined
      ? []
      : [
          moment(
            'dot',
            after(heard),
            `${name}: first audio${audio === undefined ? '' : ` after ${duration(audio * 1_000)}`}`,
          ),
        ]),
    ...(wasCut && cuts.length === 0 ? [moment('cut', endedAt, `${name}: interrupted`, true)] : cuts),
  ];
}

function cut({ at, attributes }: LiveEvent): Mark {
  const spurious = attributes['gemini.live.interruption.spurious'] === true;
  return moment('cut', at, spurious ? 'interrupted after the turn was over' : 'interrupted', true);
}

function toolCall(call: Part): Mark {
  const { attributes, startedAt, endedAt } = call;
  return stretch(
    'bar',
    call,
    `${attributes['gen_ai.tool.name'] ?? 'call'}, ${duration(endedAt - startedAt)}`,
  );
}

function toolResponse(response: Part): readonly Mark[] {
  const size = response.attributes['gemini.live.tool_response.wire_size'];
  const text = `response${size === undefined ? '' : ` of ${bytes(size)}`}`;
  const silence = duration(response.endedAt - response.startedAt);
  return [
    stretch('wait', response, `${text}: nothing from the service for ${silence}`),
    moment('cut', response.startedAt, text, isBad(response)),
  ];
}

function connection({ name, at, attributes }: LiveEvent, session: LiveSession): readonly Mark[] {
  switch (name) {
    case 'resumption_update':
      return [
        moment(
          'dot',
          at,
          attributes['gemini.live.resumption.resumable'] === false
            ? 'not resumable'
            : 'a handle to resume with',
        ),
      ];
    case 'go_away':
      return [moment('cut', at, 'goAway: the service announces the end')];
    case 'server_error':
      return [moment('cut', at, 'the service reports an error', true)];
    case 'stall': {
      const kind = attributes['gemini.live.stall.kind'];
      const end = session.events.find(
        (later) =>
          later.name === 'stall_ended' &&
          later.at >= at &&
          later.attributes['gemini.live.stall.kind'] === kind,
      );
      const from = at - (attributes['gemini.live.stall.duration'] ?? 0) * 1_000;
      const to = end?.at ?? session.endedAt;
      const title = stallTitles[kind as keyof typeof stallTitles] ?? 'silence';
      return [{ shape: 'bar', from, to, bad: true, text: `stall of ${duration(to - from)}: ${title}` }];
    }
    default:
      return [];
  }
}

function ending(closure: ClosurePart): Mark {
  const { attributes, endedAt } = closure;
  const code = attributes['gemini.live.closure.code'];
  const expected = attributes['gemini.live.closure.expected'] === true;
  return moment('cut', endedAt, `closure${code === undefined ? '' : ` ${code}`}`, !expected);
}

/** Runs of frames of a kind, one lane for each direction. */
function frames(closure: ClosurePart): readonly Lane[] {
  const runs = frameRuns(closure.events);
  return (['sent', 'received'] as const).flatMap((direction) => {
    const marks = runs
      .filter((run) => run.direction === direction)
      .map(({ first, last, all }): Mark => {
        const kind = String(first.attributes['gemini.live.frame.kind'] ?? 'frame').replaceAll('_', ' ');
        const text = `${counted(all.length, 'frame')}: ${kind}`;
        return { shape: 'bar', from: first.at, to: last.at, bad: false, text: printable(text) };
      });
    return marks.length > 0 ? [{ title: `Last frames ${direction}`, marks }] : [];
  });
}

function stretch(shape: 'bar' | 'wait', part: Part, text: string): Mark {
  return { shape, from: part.startedAt, to: part.endedAt, bad: isBad(part), text: printable(text) };
}

function moment(shape: 'dot' | 'cut', at: number, text: string, bad = false): Mark {
  return { shape, from: at, to: at, bad, text: printable(text) };
}

/** It failed, or was cut off by the end. */
export function isBad({ attributes }: Part): boolean {
  return (
    attributes['error.type'] !== undefined ||
    [
      attributes['gemini.live.turn.outcome'],
      attributes['gemini.live.tool_call.outcome'],
      attributes['gemini.live.tool_response.outcome'],
    ].includes('closure')
  );
}
