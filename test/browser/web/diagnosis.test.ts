/** The diagnosis as it is built for pages, with a catalogue that has no prose, names the same causes as that of Node.js. */
import { expect, it } from 'vitest';
import type * as ofPages from '../../../src/browser/diagnosis.ts';
import { catalogue } from '../../../src/diagnosis/catalogue/catalogue.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { noOthers } from '../../../src/diagnosis/others.ts';
import { closureOf } from '../../diagnosis/closures.ts';

const unknown = ['Your API key was reported as leaked.', 'Message size exceeds the limit', 'Frobnicator'];

it('names the same causes', async () => {
  const built: typeof ofPages = await import(
    new URL('../../../dist/browser/diagnosis.mjs', import.meta.url).href
  );
  const told = catalogue.flatMap(({ codes, texts }) =>
    codes.flatMap((code) =>
      [...texts, ...unknown].map((text) => [code, text.replaceAll('<…>', 'x')] as const),
    ),
  );
  const closures = told.map(([code, reason]) => closureOf({ code, reason, initiator: 'server' }));
  const answer = ({ cause, hypothesis, confidence, rivals }: ReturnType<typeof diagnose>) => [
    cause,
    hypothesis,
    confidence,
    rivals.map((rival) => rival.cause),
  ];
  expect(closures.length).toBeGreaterThan(300);
  expect(closures.map((closure) => answer(built.diagnose(closure, noOthers)))).toEqual(
    closures.map((closure) => answer(diagnose(closure, noOthers))),
  );
});
