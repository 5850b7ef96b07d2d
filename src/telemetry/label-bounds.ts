/**
 * Keeps names that the application or the service makes up, of models, tools, hosts and close codes, from becoming series
 * without end: the first of them keep their name, the others share `_other`. So do the first combinations of them.
 */
import { type Attributes, diag } from '@opentelemetry/api';
import { type AttributeName, attributes } from '../conventions/attributes.ts';

/** Values of one label that are told apart in a process. */
const mostValues = 100;
const other = '_other';

/** Sets of labels that are told apart in one metric; the SDK takes 2,000 in one interval. */
const mostSets = 1_500;

export type LabelBounds = (metric: string, labels: Attributes) => Attributes;

/** One for all metrics of a process: a name is told apart in all of them, while they have room, or in none. */
export function createLabelBounds(most = mostValues, mostTogether = mostSets): LabelBounds {
  const isTold = atMost(most, 'values');
  const areTold = atMost(mostTogether, 'combinations of labels');
  return (metric, labels) => {
    const bounded = withOther(labels, (name, value) => !isTold(name, value));
    return areTold(metric, Object.entries(bounded).join('\n')) ? bounded : withOther(bounded, () => true);
  };
}

/** Whether a value is among the first of that name. */
function atMost(most: number, what: string): (of: string, value: unknown) => boolean {
  const known = new Map<string, Set<unknown>>();
  return (of, value) => {
    const values = known.get(of) ?? new Set();
    known.set(of, values);
    if (values.has(value)) return true;
    if (values.size < most) {
      values.add(value);
      return true;
    }
    if (!values.has(other)) {
      values.add(other);
      diag.warn(
        `live-otel: More than ${most} ${what} of ${of} were measured. The metrics tell the first ${most} apart and count the others as "${other}"; spans keep every name.`,
      );
    }
    return false;
  };
}

/** @param is which values of open labels become `_other` */
function withOther(labels: Attributes, is: (name: string, value: unknown) => boolean): Attributes {
  let changed = labels;
  for (const [name, value] of Object.entries(labels)) {
    if (!isOpen(name) || !is(name, value)) continue;
    if (changed === labels) changed = { ...labels };
    changed[name] = other;
  }
  return changed;
}

/** Whether the application or the service chooses its values. */
function isOpen(name: string): boolean {
  const { type, values } = attributes[name as AttributeName] ?? {};
  return (type === 'string' || type === 'int') && values === undefined;
}
