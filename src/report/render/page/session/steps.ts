/** The steps of a session: everything that took time or happened in it. */

import type { LiveAttributes } from '../../../../conventions/attributes.ts';
import type { LiveEvent } from '../../../read/otlp.ts';
import type { LiveSession, Part } from '../../../read/sessions/model.ts';
import { type TreeRow, treeRows } from '../../../read/sessions/tree.ts';
import { capital } from '../../words.ts';
import { at, isPresent, items, type Located, relative } from '../located.ts';
import { type Content, html } from '../markup.ts';
import { say, show } from '../show.ts';
import { spaced } from '../titles.ts';
import { isBad } from './lanes.ts';

export interface Step {
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly bad: boolean;
  readonly name: Content;
  readonly facts: Content;
  /** Of what it stands for; everything below is relative to it. */
  readonly path: string;
  readonly from: Located<number>;
  /** Left out of a moment. */
  readonly stretch?: Located<Part>;
  readonly attributes: Located<LiveAttributes>;
}

export function stepsOf(session: Located<LiveSession>): readonly TreeRow<Step>[] {
  const connect = at(session, 'connect');
  const closure = at(session, 'closure');
  return treeRows([
    ...(isPresent(connect) ? [connect].map(step(connecting)) : []),
    ...items(at(session, 'turns')).flatMap((part) => [
      step(turn)(part),
      ...items(at(part, 'events')).map(
        step((event) => ({ ...moment(event), parentSpanId: part.value.spanId })),
      ),
    ]),
    ...items(at(session, 'toolCalls')).map(step(toolCall)),
    ...items(at(session, 'toolResponses')).map(step(toolResponse)),
    ...items(at(session, 'events')).map(step(moment)),
    ...(isPresent(closure) ? [closure].map(step(closing)) : []),
  ]);
}

type Facts = Omit<Step, 'path'>;

/** What is shown of a step is located from the step on. */
function step<T>(of: (inside: Located<T>) => Facts): (located: Located<T>) => Step {
  return (located) => ({ ...of(relative(located)), path: located.path });
}

function connecting(part: Located<Part>): Facts {
  return span(part, 'Connect', fact(part, 'error.type'));
}

function turn(part: Located<Part>): Facts {
  const index = at(at(part, 'attributes'), 'gemini.live.turn.index');
  return span(
    part,
    html`Turn ${isPresent(index) && say(index)}`,
    list(
      outcome(part, 'gemini.live.turn.outcome'),
      labelled('first audio after', at(at(part, 'attributes'), 'gemini.live.turn.first_audio.duration')),
    ),
  );
}

function toolCall(part: Located<Part>): Facts {
  const tool = at(at(part, 'attributes'), 'gen_ai.tool.name');
  const input = at(at(part, 'attributes'), 'gemini.live.tool_call.input_frames_while_pending');
  return span(
    part,
    html`Call ${isPresent(tool) && html`<code>${say(tool)}</code>`}`,
    list(
      outcome(part, 'gemini.live.tool_call.outcome'),
      isPresent(input) && input.value > 0 && html`${show(input, 'count')} input frames while pending`,
    ),
  );
}

function toolResponse(part: Located<Part>): Facts {
  const attributes = at(part, 'attributes');
  const size = at(attributes, 'gemini.live.tool_response.wire_size');
  return span(
    part,
    'Response',
    list(
      isPresent(size) && show(size, 'bytes'),
      fact(part, 'gemini.live.tool_response.encoding'),
      labelledText('id', at(attributes, 'gemini.live.tool_response.id_match')),
      outcome(part, 'gemini.live.tool_response.outcome'),
    ),
  );
}

function closing(part: Located<Part>): Facts {
  const code = at(at(part, 'attributes'), 'gemini.live.closure.code');
  const { stretch: _none, ...rest } = span(
    part,
    html`Closure ${isPresent(code) && say(code)}`,
    list(
      labelledText('by', at(at(part, 'attributes'), 'gemini.live.closure.initiator')),
      fact(part, 'gemini.live.closure.reason'),
    ),
  );
  return {
    ...rest,
    // Not among the session's spans where it stands for it alone.
    parentSpanId: undefined,
    startedAt: part.value.endedAt,
    from: at(part, 'endedAt'),
    bad: part.value.attributes['gemini.live.closure.expected'] !== true,
  };
}

function moment(event: Located<LiveEvent>): Facts {
  const { name, at: when } = event.value;
  return {
    spanId: '',
    parentSpanId: undefined,
    startedAt: when,
    endedAt: when,
    bad: name === 'server_error' || name === 'stall',
    name: capital(spaced(name)),
    facts: list(
      labelled('left', at(at(event, 'attributes'), 'gemini.live.go_away.time_left')),
      labelled('of', at(at(event, 'attributes'), 'gemini.live.speech.duration')),
    ),
    from: at(event, 'at'),
    attributes: at(event, 'attributes'),
  };
}

function span(part: Located<Part>, name: Content, said: Content): Facts {
  const { spanId, parentSpanId, startedAt, endedAt } = part.value;
  return {
    spanId,
    parentSpanId,
    startedAt,
    endedAt,
    bad: isBad(part.value),
    name,
    facts: said,
    from: at(part, 'startedAt'),
    stretch: part,
    attributes: at(part, 'attributes'),
  };
}

type OutcomeName =
  | 'gemini.live.turn.outcome'
  | 'gemini.live.tool_call.outcome'
  | 'gemini.live.tool_response.outcome';

/** As the attribute says, except that something under way at the end was cut off by it. */
function outcome(part: Located<Part>, name: OutcomeName): Content {
  const value = part.value.attributes[name];
  if (value !== 'closure') return fact(part, name);
  return name === 'gemini.live.tool_response.outcome' ? 'followed by the end' : 'cut off by the end';
}

function fact(part: Located<Part>, name: keyof LiveAttributes): Content {
  const found = at(at(part, 'attributes'), name);
  return isPresent(found) && found.value !== '' && say(found);
}

function labelled(label: string, value: Located<number | undefined>): Content {
  return isPresent(value) && html`${label} ${show(value, 'seconds')}`;
}

function labelledText(label: string, value: Located<string | undefined>): Content {
  return isPresent(value) && html`${label} ${say(value)}`;
}

function list(...said: readonly Content[]): Content {
  const found = said.filter((one) => one !== undefined && one !== false);
  return found.length > 0 && found.map((one, index) => html`${index > 0 && ', '}${one}`);
}
