import { DiagLogLevel, diag } from '@opentelemetry/api';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
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
  const labels = names.map((name) => bounds({ 'gen_ai.tool.name': name })['gen_ai.tool.name']);
  expect(labels).toEqual(names.map((name, index) => (index < 100 ? name : '_other')));
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toContain('More than 100 values of gen_ai.tool.name');
});

it('leaves flags, numbers and values of a list alone', () => {
  const bounds = createLabelBounds(1);
  const labels = {
    'gemini.live.closure.code': 1011,
    'gemini.live.closure.expected': false,
    'error.type': '1011',
  };
  expect(bounds(labels)).toBe(labels);
});

it('names a value alike each time, so that what goes up comes down', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (models, most) => {
      const bounds = createLabelBounds(most);
      const label = (model: string) => bounds({ 'gen_ai.request.model': model })['gen_ai.request.model'];
      const first = new Map<string, unknown>();
      for (const model of models) {
        const said = label(model);
        if (first.has(model)) expect(said).toBe(first.get(model));
        first.set(model, said);
      }
      expect(new Set(first.values()).size).toBeLessThanOrEqual(most + 1);
    }),
  );
});
