import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

function recorder(options: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  return { ...options, written, write: (text: string) => written.push(text) };
}

it('writes a line for each thing without a terminal', () => {
  const stream = recorder({});
  const progress = createProgress(stream);
  progress.say('one');
  progress.say('two');
  progress.end();
  expect(stream.written).toEqual(['one\n', 'two\n']);
});

it('writes over one line on a terminal, within its width, and leaves it empty', () => {
  const stream = recorder({ isTTY: true, columns: 20 });
  const progress = createProgress(stream);
  progress.say('something that is too long\nfor it');
  progress.end();
  expect(stream.written.map((text) => stripVTControlCharacters(text))).toEqual([
    '\r0 s: something tha…',
    '\r',
  ]);
});
