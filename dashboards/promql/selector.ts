import { type AttributeName, attributes } from '../../src/conventions/attributes.ts';
import { type MetricName, metricDefinitions } from '../../src/conventions/metrics.ts';
import { labelName, metricName } from './names.ts';
import { serviceVersion } from './others.ts';

/** What a label must be: a value, not a value, one of several, or there at all. */
export type Matcher<Value> =
  | Value
  | { readonly not: Value }
  | { readonly oneOf: readonly Value[] }
  | { readonly present: boolean };

type Scalar = string | number | boolean;

export type Pair = readonly [label: string, operator: '=' | '!=' | '=~' | '!~', value: string];

/** What every query of a dashboard is narrowed to by the variables at its top. */
const chosen: readonly Pair[] = [
  ['service_name', '=~', '$service'],
  [labelName('gen_ai.request.model'), '=~', '$model'],
  [serviceVersion, '=~', '$version'],
];

/** Whoever chooses a model still wants to know of what no model has to do with. */
const withoutModel: readonly string[] = (Object.keys(metricDefinitions) as MetricName[])
  .filter((name) => !metricDefinitions[name].labels.some((label) => label === 'gen_ai.request.model'))
  .map(metricName);

/** A selector of series: `name{label="value"}`. */
export function selector(series: string, matchers: readonly Pair[]): string {
  const narrowed = withoutModel.includes(series)
    ? chosen.filter(([label]) => label !== labelName('gen_ai.request.model'))
    : chosen;
  const all = [...narrowed, ...matchers].map(([label, operator, value]) => `${label}${operator}"${value}"`);
  return `${series}{${all.join(',')}}`;
}

/** @throws where a value is not one of those that the attribute can have */
export function pairs(where: { readonly [Name in AttributeName]?: Matcher<Scalar> }): Pair[] {
  return (Object.keys(where) as AttributeName[]).flatMap((name): Pair[] => {
    const matcher = where[name];
    if (matcher === undefined) return [];
    const label = labelName(name);
    if (typeof matcher !== 'object') return [[label, '=', known(name, matcher)]];
    if ('present' in matcher) return [[label, matcher.present ? '!=' : '=', '']];
    if ('not' in matcher) return [[label, '!=', known(name, matcher.not)]];
    return [[label, '=~', matcher.oneOf.map((value) => known(name, value)).join('|')]];
  });
}

function known(name: AttributeName, value: Scalar): string {
  const { values } = attributes[name];
  if (values === undefined || values.includes(String(value))) return String(value);
  throw new Error(`${name} is never "${value}", only one of: ${values.join(', ')}.`);
}
