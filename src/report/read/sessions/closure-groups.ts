/** Closures alike in code, reason, initiator and preceding event, counted in bounded memory. */
export interface ClosureFacts {
  /** 0 for none. */
  readonly code: number;
  readonly reason: string;
  readonly initiator: string;
  readonly expected: boolean;
  readonly preceding: string;
}

export interface ClosureGroups {
  /**
   * @param weight 0 for a closure that was counted already
   * @param session hash of the session: the lowest are the examples, so that it does not matter which came first
   * @param reference is asked for only where it becomes one
   */
  add(facts: ClosureFacts, weight: number, session: number, reference: () => SessionRef): void;
  /** @param isKept whether an example can be opened in the report itself; these come first */
  finish(): { readonly rows: readonly ClosureGroupRow[]; readonly notes: readonly string[] };
}

const mostExamples = 3;
/** Told apart while counting; reasons are free text. */
const mostWhileCounting = 2_000;
/** Told apart in the report. */
const mostRows = 100;
const other = '_other';

interface Group extends ClosureFacts {
  closures: number;
  examples: { readonly session: number; reference: SessionRef }[];
}

export function createClosureGroups(): ClosureGroups {
  const groups = new Map<string, Group>();
  let full = false;

  const groupOf = (facts: ClosureFacts): Group => {
    const identity = `${Number(facts.expected)} ${facts.code} ${facts.initiator} ${facts.preceding} ${facts.reason}`;
    const found = groups.get(identity);
    if (found) return found;
    if (groups.size >= mostWhileCounting && facts.reason !== other) {
      full = true;
      return groupOf({
        code: 0,
        reason: other,
        initiator: other,
        expected: facts.expected,
        preceding: other,
      });
    }
    const group: Group = { ...facts, closures: 0, examples: [] };
    groups.set(identity, group);
    return group;
  };

  return {
    add(facts, weight, session, reference) {
      const group = groupOf(facts);
      group.closures += weight;
      const { examples } = group;
      const same = examples.find((example) => example.session === session);
      if (same) {
        // A log record does not tell the session's span, the closure's own span does.
        if (same.reference.spanId === '') same.reference = reference();
        return;
      }
      const last = examples.at(-1);
      if (examples.length >= mostExamples && last && last.session < session) return;
      examples.push({ session, reference: reference() });
      examples.sort((a, b) => a.session - b.session);
      examples.length = Math.min(examples.length, mostExamples);
    },
    finish() {
      const sorted = [...groups.values()].filter(({ closures }) => closures > 0).sort(byImportance);
      const rest = sorted.slice(mostRows);
      const rows = [
        ...sorted.slice(0, mostRows).map(toRow),
        ...[false, true].flatMap((expected) => summed(rest, expected)),
      ];
      return {
        rows,
        notes:
          rest.length > 0 || full
            ? [
                `Closures are told apart by code, reason, initiator and preceding event up to ${mostRows} rows; the others are summed up.`,
              ]
            : [],
      };
    },
  };
}

function toRow({ code, closures, reason, initiator, expected, preceding, examples }: Group): ClosureGroupRow {
  return {
    ...(code > 0 && { code }),
    reason,
    initiator,
    expected,
    preceding,
    closures,
    examples: examples.map(({ reference }) => reference),
  };
}

function summed(groups: readonly Group[], expected: boolean): readonly ClosureGroupRow[] {
  const alike = groups.filter((group) => group.expected === expected);
  if (alike.length === 0) return [];
  const closures = alike.reduce((sum, group) => sum + group.closures, 0);
  return [{ reason: other, initiator: other, expected, preceding: other, closures, examples: [] }];
}

function byImportance(a: Group, b: Group): number {
  return (
    Number(a.expected) - Number(b.expected) ||
    Number(b.preceding === 'tool_response') - Number(a.preceding === 'tool_response') ||
    b.closures - a.closures ||
    a.code - b.code ||
    (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  );
}

export interface SessionRef {
  readonly traceId: string;
  /** Of `live_session`; empty where unknown. */
  readonly spanId: string;
  readonly sessionId?: string;
}

export interface ClosureGroupRow {
  readonly code?: number;
  readonly reason: string;
  readonly initiator: string;
  readonly expected: boolean;
  readonly preceding: string;
  readonly closures: number;
  /** Some of them, to open; at most three. */
  readonly examples: readonly SessionRef[];
}
