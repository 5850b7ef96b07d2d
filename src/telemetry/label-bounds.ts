/**
 * Keeps names that the application makes up, of models and tools, from becoming series without end: the first of them
 * keep their name, the others share `_other`.
 */
import { type Attributes, diag } from '@opentelemetry/api';
import { type AttributeName, attributes } from '../conventions/attributes.ts';

/** Values of one label that are told apart in a process. */
const mostValues = 100;
const other = '_other';

export type LabelBounds = (labels: Attributes) => Attributes;

/** One for all metrics of a process: a name is told apart in all of them or in none. */
export function createLabelBounds(most = mostValues): LabelBounds {
  const known = new Map<string, Set<unknown>>();

  const isTold = (name: string, value: unknown): boolean => {
    const values = known.get(name) ?? new Set();
    known.set(name, values);
    if (values.has(value)) return true;
    if (values.size < most) {
      values.add(value);
      return true;
    }
    if (!values.has(other)) {
      values.add(other);
      diag.warn(
        `live-otel: More than ${most} values of ${name} were measured. The metrics tell the first ${most} apart and count the others as "${other}"; spans keep every name.`,
      );
    }
    return false;
  };

  return (labels) => {
    let bounded = labels;
    for (const [name, value] of Object.entries(labels)) {
      if (!isOpen(name) || isTold(name, value)) continue;
      if (bounded === labels) bounded = { ...labels };
      bounded[name] = other;
    }
    return bounded;
  };
}

/** Whether the application chooses its values. */
function isOpen(name: string): boolean {
  const { type, values } = attributes[name as AttributeName] ?? {};
  return type === 'string' && values === undefined;
}
