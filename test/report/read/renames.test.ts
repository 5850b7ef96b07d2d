import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { collect } from '../../../src/report/read/collect.ts';
import { closureLogLine, spanLine, written01 } from '../otlp-lines.ts';
import { allSpans, closure } from '../sample.ts';

const read = (...lines: readonly string[]) =>
  collect(['-'], { stdin: Readable.from(lines.map((line) => Buffer.from(`${line}\n`))) });

test('a file of version 0.1 is read as one of today, and the notes say so', async () => {
  const lines = [spanLine(allSpans)];
  const { notes, ...today } = await read(...lines);
  const { notes: oldNotes, ...old } = await read(...lines.map(written01));
  expect(old).toEqual(today);
  expect(today.counts).toMatchObject({ sessions: 1, withClosure: 1 });
  expect(oldNotes).toEqual([
    ...notes,
    'Spans with the names of version 0.1 (`live.…`) were read as those of today (`gemini.live.…`).',
  ]);
});

test('so is the log record of a closure', async () => {
  const line = closureLogLine({
    traceId: 'b'.repeat(32),
    at: closure.to,
    attributes: closure.attributes ?? {},
  });
  const { notes: _, ...today } = await read(line);
  const { notes, ...old } = await read(written01(line));
  expect(old).toEqual(today);
  expect(notes.join()).toContain('the names of version 0.1');
});
