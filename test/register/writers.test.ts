import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileWriters } from '../../src/register/file-exporter.ts';
import { exportTo, serializeLines } from '../../src/register/writers.ts';

describe('exportTo', () => {
  it('gives a batch to every writer, and fails with the error of one of them', () => {
    const got: string[] = [];
    const failing = () => {
      throw new Error('full');
    };
    const exporter = exportTo<string>([failing, (batch) => got.push(batch)]);
    const results: unknown[] = [];
    exporter.export('batch', (result) => results.push(result));
    expect(got).toEqual(['batch']);
    expect(results).toEqual([{ code: 1, error: new Error('full') }]);
  });
});

const joined = { serializeRequest: (items: string[]) => new TextEncoder().encode(items.join('')) };

describe('serializeLines', () => {
  it('loses and reorders nothing, and exceeds the limit only with a single item', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,20}$/)),
        fc.integer({ min: 1, max: 40 }),
        (items, maxBytes) => {
          const lines = serializeLines(joined, items, maxBytes).map((line) => new TextDecoder().decode(line));
          expect(lines.join('')).toBe(items.join(''));
          for (const line of lines) expect(line.length <= maxBytes || items.includes(line)).toBe(true);
        },
      ),
    );
  });
});

describe('createFileWriters', () => {
  it('warns once while the file cannot be written to, and again after it could', () => {
    const outcomes = ['EROFS', 'EROFS', 'ok', 'ENOSPC'];
    const warnings: string[] = [];
    const file = {
      append: () => {
        const outcome = outcomes.shift();
        if (outcome !== 'ok') throw new Error(outcome);
      },
    };
    const { logs } = createFileWriters(file, '/x/a.jsonl', (sentence) => warnings.push(sentence));
    const record = {
      hrTime: [0, 0] as [number, number],
      hrTimeObserved: [0, 0] as [number, number],
      resource: { attributes: {} } as never,
      instrumentationScope: { name: 's' },
      attributes: {},
      droppedAttributesCount: 0,
    };
    for (let index = 0; index < 4; index++) logs([record]);
    expect(warnings).toEqual([
      'Telemetry cannot be written to /x/a.jsonl (EROFS); set LIVE_OTEL_FILE to a writable path or to off.',
      'Telemetry cannot be written to /x/a.jsonl (ENOSPC); set LIVE_OTEL_FILE to a writable path or to off.',
    ]);
  });
});
