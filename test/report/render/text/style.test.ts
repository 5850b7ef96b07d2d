import { expect, it } from 'vitest';
import { detectStyle } from '../../../../src/report/render/text/style.ts';

const terminal = { isTTY: true, columns: 80 };

it.each([
  ['a terminal', terminal, {}, { columns: 80, ascii: false, color: true }],
  ['a pipe', {}, {}, { columns: 100, ascii: false, color: false }],
  ['a wide terminal', { ...terminal, columns: 140 }, {}, { columns: 140, ascii: false, color: true }],
  [
    'a terminal that is wider than one reads',
    { ...terminal, columns: 400 },
    {},
    { columns: 160, ascii: false, color: true },
  ],
  [
    'a terminal that does not know its width',
    { ...terminal, columns: 0 },
    {},
    { columns: 100, ascii: false, color: true },
  ],
  ['NO_COLOR', terminal, { NO_COLOR: '1' }, { columns: 80, ascii: false, color: false }],
  ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, { columns: 80, ascii: false, color: true }],
  ['FORCE_COLOR on a pipe', {}, { FORCE_COLOR: '1' }, { columns: 100, ascii: false, color: true }],
  ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, { columns: 80, ascii: false, color: false }],
  ['a dumb terminal', terminal, { TERM: 'dumb' }, { columns: 80, ascii: false, color: false }],
  ['a UTF-8 locale', {}, { LANG: 'de_DE.UTF-8' }, { columns: 100, ascii: false, color: false }],
  ['the locale C', {}, { LANG: 'en_GB.UTF-8', LC_ALL: 'C' }, { columns: 100, ascii: true, color: false }],
])('fits the style to %s', (_, stream, env, style) => {
  expect(detectStyle(stream, env)).toEqual(style);
});
