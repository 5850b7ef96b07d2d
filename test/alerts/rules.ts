/** The rules and their promtool tests, as they stand in deploy/prometheus. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(import.meta.dirname, '../..');

interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

interface Annotations {
  readonly summary: string;
  readonly description: string;
  readonly runbook_url: string;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Annotations;
}

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly (RecordingRule | AlertingRule)[];
  }[];
}

export interface RuleTest {
  readonly name: string;
  readonly input_series: readonly { readonly series: string }[];
  readonly alert_rule_test?: readonly {
    readonly alertname: string;
    readonly exp_alerts: readonly { readonly exp_annotations?: Annotations }[];
  }[];
  /** A history may ask for `ALERTS` instead: which alerts fire, and not their texts. */
  readonly promql_expr_test?: readonly { readonly exp_samples: readonly unknown[] }[];
}

function read<File>(pattern: string): readonly File[] {
  const folder = join(root, 'deploy/prometheus');
  const files = globSync(pattern, { cwd: folder }).toSorted();
  // Else every test that goes through them would pass.
  if (files.length === 0) throw new Error(`Nothing in ${folder} is called ${pattern}.`);
  return files.map((file): File => parse(readFileSync(join(folder, file), 'utf8')));
}

const rules = read<RuleFile>('rules/*.yml').flatMap(({ groups }) => groups.flatMap((group) => group.rules));

export const recordingRules = rules.filter((rule) => 'record' in rule);
export const alertingRules = rules.filter((rule) => 'alert' in rule);
/** Anchor of an alert's chapter in the runbook. */
export const alertAnchor = (name: string): string => name.replaceAll(/(?!^)(?=[A-Z])/g, '-').toLowerCase();

export const alertNames = [...new Set(alertingRules.map(({ alert }) => alert))].toSorted();

export interface RuleTestFile {
  readonly rule_files: readonly string[];
  readonly group_eval_order?: readonly string[];
  readonly tests: readonly RuleTest[];
}

export const ruleTestFiles = read<RuleTestFile>('tests/*.yml');
export const ruleTests = ruleTestFiles.flatMap(({ tests }) => tests);

/** Names of the groups of rules that a file of promtool tests loads, in the order of its files. */
export const groupsLoaded = ({ rule_files }: RuleTestFile): readonly string[] =>
  rule_files
    .flatMap((file) => read<RuleFile>(join('tests', file)))
    .flatMap(({ groups }) => groups.map(({ name }) => name));

/** Expressions inside the templates of the annotations; `%q` stands for a value in quotation marks. */
export function templateQueries({ annotations }: AlertingRule): readonly string[] {
  return Object.values(annotations).flatMap((text: string) =>
    [...text.matchAll(/`([^`]*\{[^`]*)`/g)].map(([, query = '']) => query.replaceAll('%q', '"any"')),
  );
}
