import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dashboards } from '../../dashboards/dashboards.ts';
import { causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import {
  alertAnchor,
  alertingRules,
  alertNames,
  groupsLoaded,
  root,
  ruleTestFiles,
  ruleTests,
} from './rules.ts';

const page = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');

/** Anchors of the headings of a page, as GitHub makes them. */
function anchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

const runbook = page('runbook.md');

describe('each alert', () => {
  it.each(alertingRules)(
    '$alert, $labels.severity: says how bad it is, what it is and where to read',
    (rule) => {
      expect(['critical', 'warning']).toContain(rule.labels.severity);
      expect(Object.keys(rule.annotations).toSorted()).toEqual(['description', 'runbook_url', 'summary']);
      expect(rule.annotations.summary).toContain('{{ $labels.job }}');
      expect(rule.annotations.description).toMatch(/Causes?:.* Remedy: /s);
      expect(rule.annotations.runbook_url).toBe(
        `{{ $externalURL }}/user/runbook.html#${alertAnchor(rule.alert)}`,
      );
      expect(anchors(runbook)).toContain(alertAnchor(rule.alert));
    },
  );

  it.each(alertingRules)(
    '$alert, $labels.severity: names only causes that the catalogue has',
    ({ annotations, expr }) => {
      const texts = [expr, ...Object.values(annotations)].join('\n');
      const named = [...texts.matchAll(/(?:closures\.html#|gemini_live_closure_cause!?=")([\w-]+)/g)].map(
        ([, id = '']) => id,
      );
      expect(named.filter((id) => causeById(id) === undefined)).toEqual([]);
    },
  );
});

describe('the promtool tests', () => {
  it.each(alertNames)('%s fires, and stays quiet in at least as many cases', (name) => {
    const cases = ruleTests.map(({ alert_rule_test = [] }) =>
      alert_rule_test.filter(({ alertname }) => alertname === name),
    );
    const firing = cases.filter((moments) => moments.some(({ exp_alerts }) => exp_alerts.length > 0));
    const quiet = cases.filter(
      (moments) => moments.length > 0 && moments.every(({ exp_alerts }) => exp_alerts.length === 0),
    );
    expect(firing.length).toBeGreaterThanOrEqual(1);
    expect(quiet.length).toBeGreaterThanOrEqual(firing.length);
    expect(firing.some((moments) => moments.at(-1)?.exp_alerts.length === 0)).toBe(true);
  });

  it('say every text in full', () => {
    const expected = ruleTests.flatMap(({ alert_rule_test = [] }) =>
      alert_rule_test.flatMap(({ exp_alerts }) => exp_alerts),
    );
    for (const { exp_annotations } of expected) {
      expect(Object.keys(exp_annotations ?? {}).toSorted()).toEqual([
        'description',
        'runbook_url',
        'summary',
      ]);
    }
  });

  // promtool goes through groups in random order otherwise: a rule that reads another group's record then sees none.
  it('evaluate several groups in an order of their own', () => {
    const several = ruleTestFiles.filter((file) => groupsLoaded(file).length > 1);
    expect(several.length).toBeGreaterThan(0);
    for (const file of several) expect(file.group_eval_order).toEqual(groupsLoaded(file));
  });

  it('call a case what it is', () => {
    for (const { name, alert_rule_test, promql_expr_test = [] } of ruleTests) {
      const quiet =
        alert_rule_test?.every(({ exp_alerts }) => exp_alerts.length === 0) ??
        promql_expr_test.every(({ exp_samples }) => exp_samples.length === 0);
      expect(name.startsWith('must not fire: '), name).toBe(quiet);
    }
  });
});

describe('the runbook', () => {
  it('has a chapter for each alert and for nothing else', () => {
    const chapters = [...runbook.matchAll(/^## (.+)\n\n`(\w+)`, /gm)].map(([, title, name]) => ({
      title,
      name,
    }));
    expect(chapters.map(({ name }) => name).toSorted()).toEqual(alertNames);
    for (const { title, name = '' } of chapters) expect(anchors(`# ${title}`)).toEqual([alertAnchor(name)]);
  });

  it('tells of each alert what it means, what users notice, three things to look at, causes and remedy', () => {
    for (const chapter of runbook.split(/^## /m).slice(1)) {
      const parts = [...chapter.matchAll(/^\*\*([A-Z][a-z]+(?: at)?)/gm)].map(([, part]) => part);
      expect(parts, chapter).toEqual(['Means', 'Users', 'Look at', 'Causes', 'Do', 'Tune']);
      expect(chapter.match(/^\d\. /gm)).toHaveLength(3);
    }
  });

  it.each(['closures.md', 'diagnosis.md'])('links to places that %s has', (name) => {
    const linked = [...runbook.matchAll(/\(([\w.]+)#([\w-]+)\)/g)].filter(([, target]) => target === name);
    const there = anchors(page(name));
    expect(linked.map(([, , anchor = '']) => anchor).filter((anchor) => !there.includes(anchor))).toEqual([]);
    expect(linked.length).toBeGreaterThan(0);
  });

  it('names dashboards, rows and panels as they are called', () => {
    const titles = dashboards.flatMap(({ title, rows }) => [
      title,
      ...rows.flatMap((row) => [row.title, ...row.panels.map((panel) => panel.title)]),
    ]);
    const named = [...runbook.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)]
      .map(([, text = '']) => text.replaceAll('\n', ' ').replaceAll(/ +/g, ' '))
      .filter((text) => text !== 'Usual');
    expect(named.filter((text) => !titles.includes(text))).toEqual([]);
    expect(named.length).toBeGreaterThanOrEqual(alertNames.length);
  });
});
