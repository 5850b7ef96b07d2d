/** An answer as text. Pure. */
import { wrap } from '../../report/render/text/cells.ts';
import type { Pen } from '../../report/render/text/style.ts';
import type { Answer, Hint, Near, Possibility, Question } from './answer.ts';

/** Candidates told in full; the others are named. */
const told = 4;
const label = 10;

export function renderAnswer(question: Question, answer: Answer, pen: Pen): string {
  const lines = [
    pen.paint.bold(heading(question)),
    ...wrap(summary(question, answer), pen.columns),
    ...nearLines(answer.near, pen),
    ...answer.candidates
      .slice(0, told)
      .flatMap((candidate, index) => ['', ...section(candidate, index, pen)]),
    ...others(answer.candidates.slice(told), pen),
    ...whatNext(answer.next, pen),
    ...(answer.candidates.length > 0
      ? ['', pen.paint.dim('Every cause in full: live-otel explain --all')]
      : []),
  ];
  return `${lines.map(pen.finish).join('\n')}\n`;
}

function heading({ code, text }: Question): string {
  const quoted = text === undefined ? [] : [`"${text}"`];
  if (code === undefined) return quoted[0] ?? 'No close';
  return [code, ...quoted].join(' ');
}

const howToSeeTheText =
  'The text decides between most of them. LIVE_OTEL_LOG=closures prints it; without live-otel: onclose: ({ code, reason }) => console.error(code, reason).';

function summary(question: Question, answer: Answer): string {
  const { candidates, confidence } = answer;
  const said = found(question, answer);
  const [first] = candidates;
  if (first === undefined || confidence === 'none' || first.text === 'worded') return said;
  return `${said} Confidence that it is the first: ${confidence}.`;
}

function found({ code, text, signals }: Question, { candidates, textUnknown }: Answer): string {
  const [first] = candidates;
  if (first === undefined) {
    if (text === undefined)
      return code === undefined ? 'No cause is known.' : `No cause is known with code ${code}.`;
    return code === undefined
      ? 'No cause is known with this text. What its code can mean: live-otel explain CODE "text".'
      : `No cause is known with code ${code} or with this text.`;
  }
  const many = candidates.length === 1 ? 'One cause is' : `${candidates.length} causes are`;
  if (textUnknown) return `No cause is known with this text. ${many} known with code ${code}.`;
  if (first.text === 'worded')
    return `No cause is known with this text. Its words speak of this: ${first.cause}.`;
  if (first.text === 'specific' && text !== undefined) {
    return first.otherCode
      ? 'The text is known from one cause alone, though with another code.'
      : 'The text is known from one cause alone: it decides.';
  }
  const given = signals.length === 0 ? ' What preceded the end decides between them.' : '';
  if (text !== undefined)
    return `${many} known with this ${code === undefined ? '' : 'code and '}text.${given}`;
  if (code === undefined) return `${many} known that leave the connection open. Signals decide between them.`;
  return `${many} known with this code, the most often reported first. ${howToSeeTheText}`;
}

function nearLines(near: readonly Near[], pen: Pen): readonly string[] {
  if (near.length === 0) return [];
  const lines = near.map(({ text, causes }) => `"${text}": ${causes.join(', ')}`);
  return [
    '',
    ...wrap('Worded alike, and not known to be the same:', pen.columns),
    ...lines.flatMap((line) => wrap(line, pen.columns - 3).map((part) => `   ${part}`)),
  ];
}

function section(candidate: Possibility, index: number, pen: Pen): readonly string[] {
  const { paint, glyphs } = pen;
  const rows: readonly (readonly [string, string])[] = [
    ['why', candidate.why],
    ['remedy', candidate.remedy],
    ['retry', `${candidate.retry.when}. ${candidate.retry.why}`],
    ['for', hints(candidate.speakFor, ', ')],
    ['against', against(candidate)],
    ['look for', lookFor(candidate)],
  ];
  // What goes by words was reported by nobody.
  const [source] = candidate.text === 'worded' ? [] : candidate.sources;
  return [
    `${index + 1}. ${paint.bold(candidate.title)}`,
    `   ${paint.dim([candidate.cause, candidate.hypothesis].join(` ${glyphs.dot} `))}`,
    ...rows.filter(([, text]) => text !== '').flatMap(([name, text]) => row(name, text, pen)),
    // An address that is wrapped does not open.
    ...(source === undefined ? [] : [`   ${'reported'.padEnd(label)}${source}`]),
  ];
}

function row(name: string, text: string, { columns }: Pen): readonly string[] {
  return wrap(text, columns - 3 - label).map(
    (line, index) => `   ${(index === 0 ? name : '').padEnd(label)}${line}`,
  );
}

function against({ speakAgainst, otherApi, otherCode }: Possibility): string {
  return [
    hints(speakAgainst, ', '),
    otherCode ? 'it is known with another code' : '',
    otherApi ? 'it has not been reported of this API' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function lookFor({ lookFor: all, lookForOneOf, observable }: Possibility): string {
  if (observable === 'no') return 'Nothing: what sets it apart cannot be seen from the client.';
  const parts = [hints(all, ' and '), hints(lookForOneOf, ' or ')].filter((part) => part !== '');
  return parts.join('; and ');
}

function hints(list: readonly Hint[], separator: string): string {
  return list.map(({ signal, meaning }) => `${meaning} (${signal})`).join(separator);
}

function others(rest: readonly Possibility[], pen: Pen): readonly string[] {
  if (rest.length === 0) return [];
  return ['', ...wrap(`And ${rest.length} more: ${rest.map(({ cause }) => cause).join(', ')}.`, pen.columns)];
}

function whatNext(next: readonly Hint[], pen: Pen): readonly string[] {
  if (next.length === 0) return [];
  const widest = Math.max(...next.map(({ signal }) => signal.length));
  return [
    '',
    pen.paint.bold('What would decide: run it again with --signal and each of these that you saw'),
    ...next.map(({ signal, meaning }) => `   ${signal.padEnd(widest)}  ${meaning}`),
  ];
}
