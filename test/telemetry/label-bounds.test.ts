import { DiagLogLevel, diag } from '@opentelemetry/api';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { type AttributeName, attributes } from '../../src/conventions/attributes.ts';
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import { createLabelBounds } from '../../src/telemetry/label-bounds.ts';

afterEach(() => diag.disable());

function warnings() {
  const warn = vi.fn();
  diag.setLogger(
    { error: vi.fn(), warn, info: vi.fn(), debug: vi.fn(), verbose: vi.fn() },
    DiagLogLevel.WARN,
  );
  return warn;
}

it('tells the first hundred names apart, counts the others as one, and says so once', () => {
  const warn = warnings();
  const bounds = createLabelBounds();
  const names = Array.from({ length: 6_000 }, (_, index) => `tool_${index}`);
  const labels = names.map((name) => bounds('m', { 'gen_ai.tool.name': name })['gen_ai.tool.name']);
  expect(labels).toEqual(names.map((name, index) => (index < 100 ? name : '_other')));
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toContain('More than 100 values of gen_ai.tool.name');
});

it('leaves flags and values of a list alone', () => {
  const bounds = createLabelBounds(0);
  const labels = { 'gemini.live.closure.expected': false, 'gemini.live.audio.direction': 'sent' };
  expect(bounds('m', labels)).toBe(labels);
});

it.each(
  [
    ...new Set(Object.values(metricDefinitions).flatMap(({ labels }): readonly AttributeName[] => labels)),
  ].filter((name) => !('values' in attributes[name]) && attributes[name].type !== 'boolean'),
)('tells few values of %s apart, whoever makes them up', (name) => {
  const bounds = createLabelBounds();
  const values = Array.from({ length: 6_000 }, (_, index) =>
    attributes[name].type === 'int' ? index : `value ${index}`,
  );
  expect(new Set(values.map((value) => bounds('m', { [name]: value })[name])).size).toBe(101);
});

it('tells a bounded number of combinations apart in each metric, and says so once for each', () => {
  const warn = warnings();
  const bounds = createLabelBounds();
  const sets = (metric: string) => {
    const seen = new Set<string>();
    for (let model = 0; model < 100; model++) {
      for (let tool = 0; tool < 100; tool++) {
        const labels = {
          'gen_ai.request.model': `m${model}`,
          'gen_ai.tool.name': `t${tool}`,
          'gemini.live.tool_call.outcome': 'answered',
        };
        seen.add(JSON.stringify(bounds(metric, labels)));
      }
    }
    return seen;
  };
  for (const metric of ['a', 'b']) {
    const seen = sets(metric);
    expect(seen.size).toBe(1_501);
    expect([...seen].at(-1)).toBe(
      '{"gen_ai.request.model":"_other","gen_ai.tool.name":"_other","gemini.live.tool_call.outcome":"answered"}',
    );
    expect(sets(metric)).toEqual(seen);
  }
  expect(warn).toHaveBeenCalledTimes(2);
});

it('names a value alike each time, so that what goes up comes down', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      (models, most, mostTogether) => {
        const bounds = createLabelBounds(most, mostTogether);
        const label = (model: string) =>
          bounds('m', { 'gen_ai.request.model': model })['gen_ai.request.model'];
        const first = new Map<string, unknown>();
        for (const model of models) {
          const said = label(model);
          if (first.has(model)) expect(said).toBe(first.get(model));
          first.set(model, said);
        }
        expect(new Set(first.values()).size).toBeLessThanOrEqual(most + 1);
      },
    ),
  );
});
