/** One session as Markdown: what it was, how it was set up, its last frames, and what the diagnosis rests on. Pure. */

import type { AttributeName, LiveAttributes } from '../../../conventions/attributes.ts';
import type { Confidence } from '../../../conventions/vocabulary.ts';
import { bytes, duration } from '../../../conventions/words.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import { groundsOf } from '../grounds.ts';
import { renderFrames } from '../text/frames.ts';
import { fullRoom, shortRoom } from '../text/session.ts';
import { createPen, defaultStyle } from '../text/style.ts';
import { renderWaterfall } from '../text/waterfall.ts';
import { confidenceTitles } from '../words.ts';
import { causeName } from './cause.ts';
import { code, prose } from './escape.ts';

/** Narrow enough for the column that GitHub gives to code. */
const pen = createPen({ ...defaultStyle, columns: 96 });
const setupPrefix = 'gemini.live.setup.';

export function sessionLines(session: LiveSession): readonly string[] {
  const { closure, attributes } = session;
  const end = closure?.attributes ?? {};
  const own = serviceId(session);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Session id of the service', own && code(own)],
    ['Began', isoTime(session.startedAt)],
    ['Ended', isoTime(session.endedAt)],
    ['Lasted', duration(session.endedAt - session.startedAt)],
    ['Model', session.model && code(session.model)],
    ['Endpoint', endpoint(session)],
    ['`@google/genai`', textOf(session, 'gemini.live.sdk.version')],
    [
      'Node',
      [session.node, session.os]
        .filter((said) => said !== undefined)
        .map(code)
        .join(', '),
    ],
    ['Close code', numberOf(end, 'gemini.live.closure.code')],
    ['Close reason', closure && code(end['gemini.live.closure.reason'] ?? '')],
    ['Closed by', end['gemini.live.closure.initiator']],
    ['Preceded by', preceded(end)],
    ['Trace', code(session.traceId)],
  ];
  return [
    ...facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`- ${name}: ${value}`])),
    ...setup(attributes, end),
    '',
    '```text',
    ...[...renderWaterfall(session, fullRoom.bars, pen), ...renderFrames(session, 24, pen)]
      .map(pen.finish)
      .map(unfenced),
    '```',
    '',
    ...diagnosis(end),
  ];
}

/** Nothing in a frame's kind or a reason ends the block. */
function unfenced(line: string): string {
  return line.replaceAll('```', "'''");
}

function isoTime(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Ids of sessions that the service has not accepted were made here. */
export function serviceId({ sessionId, closure }: LiveSession): string | undefined {
  const phase = closure?.attributes['gemini.live.closure.phase'];
  return phase === 'handshake' || phase === 'setup' ? undefined : sessionId;
}

function endpoint({ connect, attributes, closure }: LiveSession): string | undefined {
  const all = { ...closure?.attributes, ...connect?.attributes, ...attributes };
  const address = all['server.address'];
  const provider = all['gen_ai.provider.name'];
  const name =
    provider === 'gcp.vertex_ai' ? 'Vertex AI' : provider === 'gcp.gemini' ? 'Gemini API' : undefined;
  const version = all['gemini.live.api.version'];
  const said = [
    name,
    address === undefined ? undefined : code(address),
    version === undefined ? undefined : `version ${code(version)}`,
  ].filter((piece) => piece !== undefined);
  return said.length === 0 ? undefined : said.join(', ');
}

function textOf({ attributes, closure }: LiveSession, name: 'gemini.live.sdk.version'): string | undefined {
  const found = attributes[name] ?? closure?.attributes[name];
  return found === undefined ? undefined : code(found);
}

function numberOf(attributes: LiveAttributes, name: 'gemini.live.closure.code'): string | undefined {
  return attributes[name] === undefined ? undefined : String(attributes[name]);
}

function preceded(attributes: LiveAttributes): string | undefined {
  const event = attributes['gemini.live.closure.preceding_event'];
  const ago = attributes['gemini.live.closure.preceding_event_ago'];
  if (event === undefined || event === 'none') return undefined;
  return `${event.replaceAll('_', ' ')}${ago === undefined ? '' : `, ${duration(ago * 1_000)} before`}`;
}

/** The setup in summary: no instruction, no schema, only what was asked for. */
function setup(session: LiveAttributes, closure: LiveAttributes): readonly string[] {
  const all: LiveAttributes = { ...closure, ...session };
  const names = (Object.keys(all) as AttributeName[]).filter((name) => name.startsWith(setupPrefix)).sort();
  const said = names.flatMap((name) => {
    const value = all[name];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return [];
    const title = name.slice(setupPrefix.length).replaceAll('_', ' ');
    if (value === true) return [title];
    const text = name === 'gemini.live.setup.size' ? bytes(Number(value)) : [value].flat().join(', ');
    return [`${title} ${code(text)}`];
  });
  return said.length === 0 ? [] : [`- Setup: ${said.join('; ')}`];
}

function diagnosis(attributes: LiveAttributes): readonly string[] {
  const explanation = attributes['gemini.live.closure.explanation'];
  if (explanation === undefined) return [];
  const level = (attributes['gemini.live.closure.confidence'] ?? 'none') as Confidence;
  const cause = `${attributes['gemini.live.closure.cause'] ?? 'unknown'}`;
  const grounds = groundsOf(attributes, shortRoom.evidence);
  const listed = (title: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`${title}:`, '', ...list.map((text) => `- ${prose(text)}`), ''];
  return [
    `Diagnosis of live-otel: ${causeName(cause)}${cause === 'unknown' ? '' : `, ${confidenceTitles[level] ?? level}`}. ${prose(explanation)}`,
    '',
    ...listed('What speaks for it', grounds.for),
    ...listed('What speaks against it', grounds.against),
    ...listed(`What ${grounds.for.length === 0 ? '' : 'else '}was measured`, grounds.context),
  ];
}
