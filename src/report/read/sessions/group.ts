/** Which session a span belongs to: by its parents, else by the session's id, else by being alone in its trace. Pure. */
import type { LiveSpan } from '../otlp.ts';

export interface SessionGroup {
  readonly traceId: string;
  /** Of the `live_session` span; empty where no span leads to it. */
  readonly spanId: string;
  readonly session?: LiveSpan;
  /** All but the session's own, each once, in order of time. */
  readonly spans: readonly LiveSpan[];
}

/** Kinds whose parent is the session itself. */
const childrenOfSession = new Set<LiveSpan['kind']>(['connect', 'turn', 'closure']);

/** Groups without any of the given order in them: the same spans give the same groups. */
export function groupBySession(input: readonly LiveSpan[]): readonly SessionGroup[] {
  const spans = distinct(input);
  const byId = new Map(spans.filter(isSpan).map((span) => [key(span.traceId, span.spanId), span]));
  const members = new Map<string, LiveSpan[]>();
  const join = (group: string, span: LiveSpan) => {
    const found = members.get(group);
    if (found) found.push(span);
    else members.set(group, [span]);
  };

  const undecided: LiveSpan[] = [];
  for (const span of spans) {
    const root = isSpan(span) ? sessionSpanId(span, byId) : undefined;
    if (root === undefined) undecided.push(span);
    else join(key(span.traceId, root), span);
  }

  const groups = [...members].map(([group, found]) => ({ group, ids: sessionIds(found) }));
  for (const span of undecided) {
    join(likelyGroup(span, groups, byId) ?? orphanKey(span), span);
  }
  return [...members].map(([group, found]) => toGroup(group, found));
}

interface KnownGroup {
  readonly group: string;
  readonly ids: ReadonlySet<string>;
}

/** For a span whose parents do not lead to a session: its turn is still open, or it is a log record. */
function likelyGroup(
  span: LiveSpan,
  groups: readonly KnownGroup[],
  byId: ReadonlyMap<string, LiveSpan>,
): string | undefined {
  const parent = span.parentSpanId && byId.get(key(span.traceId, span.parentSpanId));
  const root = parent ? sessionSpanId(parent, byId) : span.parentSpanId;
  const through = groups.find(({ group }) => root !== undefined && group === key(span.traceId, root));
  if (through) return through.group;
  const id = sessionIdOf(span);
  if (id !== undefined) return groups.find(({ ids }) => ids.has(id))?.group;
  const near = groups.filter(({ group }) => group.startsWith(`${span.traceId}/`));
  return near.length === 1 ? near[0]?.group : undefined;
}

function toGroup(group: string, found: readonly LiveSpan[]): SessionGroup {
  const slash = group.indexOf('/');
  const spanId = group.slice(slash + 1);
  const session = found.find((span) => span.kind === 'session');
  return {
    traceId: group.slice(0, slash),
    spanId: spanId.startsWith('~') ? '' : spanId,
    ...(session && { session }),
    spans: found.filter((span) => span !== session),
  };
}

/** Up the parents to the session, recorded or not; `undefined` where the way is broken before it can be told. */
function sessionSpanId(span: LiveSpan, byId: ReadonlyMap<string, LiveSpan>): string | undefined {
  const seen = new Set<LiveSpan>();
  for (let at: LiveSpan | undefined = span; at && !seen.has(at); ) {
    seen.add(at);
    if (at.kind === 'session') return at.spanId;
    if (at.parentSpanId === undefined) return undefined;
    const parent = byId.get(key(at.traceId, at.parentSpanId));
    if (!parent && childrenOfSession.has(at.kind)) return at.parentSpanId;
    at = parent;
  }
  return undefined;
}

function sessionIds(spans: readonly LiveSpan[]): ReadonlySet<string> {
  return new Set(spans.flatMap((span) => sessionIdOf(span) ?? []));
}

function sessionIdOf(span: LiveSpan): string | undefined {
  return span.attributes['gen_ai.realtime_session.id'];
}

/**
 * In order of time, each span once. Of two records with the same ids the one that sorts last stays, so that the
 * order they were read in does not matter.
 */
function distinct(spans: readonly LiveSpan[]): readonly LiveSpan[] {
  const byIdentity = new Map<string, { readonly span: LiveSpan; readonly text: string }>();
  for (const span of spans) {
    const text = JSON.stringify(span);
    const identity = isSpan(span) ? key(span.traceId, span.spanId) : text;
    const rival = byIdentity.get(identity);
    if (!rival || rival.text < text) byIdentity.set(identity, { span, text });
  }
  return [...byIdentity.values()]
    .sort(
      (a, b) =>
        a.span.startedAt - b.span.startedAt || a.span.endedAt - b.span.endedAt || order(a.text, b.text),
    )
    .map(({ span }) => span);
}

function isSpan(span: LiveSpan): boolean {
  return span.source === 'span';
}

function orphanKey(span: LiveSpan): string {
  return key(span.traceId, `~${sessionIdOf(span) ?? span.parentSpanId ?? ''}`);
}

function key(traceId: string, spanId: string): string {
  return `${traceId}/${spanId}`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
