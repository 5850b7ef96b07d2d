import { kind } from '../../analysis/risk/record.ts';
import type { SpanId } from '../../conventions/spans.ts';

/** What a span of this package is about, by the first word of its name: in words, and as the kind of its row. */
const kinds = {
  live_session: { kind: 'session', row: kind.session },
  live_connect: { kind: 'connect', row: kind.connect },
  realtime_inference: { kind: 'turn', row: kind.turn },
  execute_tool: { kind: 'tool_call', row: kind.toolCall },
  send_tool_response: { kind: 'tool_response', row: kind.toolResponse },
  live_closure: { kind: 'closure', row: kind.closure },
} as const satisfies Record<SpanId, object>;

export type LiveSpanKind = (typeof kinds)[SpanId]['kind'];

export interface SpanKind {
  readonly word: SpanId;
  readonly kind: LiveSpanKind;
  readonly row: number;
}

export const spanKinds: readonly SpanKind[] = (Object.keys(kinds) as SpanId[]).map((word) => ({
  word,
  ...kinds[word],
}));

/** `undefined` for a span of any other instrumentation. */
export function spanKindOf(name: string): SpanKind | undefined {
  const first = name.split(' ', 1)[0];
  return spanKinds.find(({ word }) => word === first);
}
