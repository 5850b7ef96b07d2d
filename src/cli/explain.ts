/** `live-otel explain`. */
import { Argument, Command, Option } from 'commander';
import { catalogue } from '../diagnosis/catalogue/catalogue.ts';
import { type SignalId, signalIds, signalWords } from '../diagnosis/signals/signals.ts';
import { printable } from '../report/render/text/cells.ts';
import { createPen, detectStyle } from '../report/render/text/style.ts';
import { answer, type Question } from './explain/answer.ts';
import { renderCatalogue } from './explain/catalogue-page.ts';
import { renderAnswer } from './explain/render.ts';
import { UsageError } from './usage-error.ts';

interface ExplainOptions {
  readonly signal: readonly string[];
  readonly api?: 'gemini' | 'vertex';
  readonly listSignals?: true;
  readonly all?: true;
  readonly format: 'text' | 'json';
}

/** In place of a code, for a session that fell silent and did not close. */
const noCode = 'none';

export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'Ranks what a close code, a reason text or both can mean. The text may be cut off, and case does not matter; what was seen before the end makes the answer surer.',
    )
    .addArgument(
      new Argument('[code]', `close code, 1000 to 4999, or ${noCode} for a session that fell silent`),
    )
    .addArgument(new Argument('[text...]', 'reason text, or its beginning'))
    .option('--signal <id...>', 'what was seen before the end', [])
    .addOption(new Option('--api <api>', 'the API the session was with').choices(['gemini', 'vertex']))
    .option('--list-signals', 'print every signal and what it means')
    .option('--all', 'print the whole catalogue as Markdown')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(explain);
}

function explain(code: string | undefined, words: readonly string[], options: ExplainOptions): void {
  process.stdout.write(text(code, words, options));
}

function text(code: string | undefined, words: readonly string[], options: ExplainOptions): string {
  if (options.all) return renderCatalogue();
  return options.listSignals ? listSignals(options.format) : explanation(code, words, options);
}

function explanation(
  code: string | undefined,
  words: readonly string[],
  { signal, api, format }: ExplainOptions,
): string {
  const isText = code !== undefined && code !== noCode && isWorded(code, words);
  const said = isText ? [code, ...words] : words;
  const quoted = said.length === 0 ? undefined : unquoted(said.join(' '));
  const known = isText ? codeIn(quoted) : readCode(code);
  const question: Question = {
    ...(known !== undefined && { code: known }),
    // An empty text that is given says that there was none.
    ...(quoted !== undefined && { text: quoted }),
    ...(api !== undefined && { api }),
    signals: signal.map(readSignal),
  };
  const found = answer(question, catalogue);
  if (format === 'json') return `${JSON.stringify({ version: 1, ...question, ...found }, undefined, 2)}\n`;
  return renderAnswer(question, found, createPen(detectStyle(process.stdout, process.env)));
}

/** A text alone begins with a letter, or is a line of a log, which begins with its time. */
function isWorded(first: string, others: readonly string[]): boolean {
  return !/^[\d.+-]/.test(first) || /\s/.test(first) || (others.length > 0 && !/^\d+$/.test(first));
}

/** One line, without the quotes that were copied with it. */
function unquoted(text: string): string {
  const line = printable(text);
  return /^(["'`])(.*)\1$/.exec(line)?.[2] ?? line;
}

/** The code that a line of a log has beside the text, as in `code=1011` and `(code 1008)`. */
function codeIn(line = ''): number | undefined {
  const [, code] = /\bcode\W{1,3}([1-4]\d{3})\b/i.exec(line) ?? [];
  return code === undefined ? undefined : Number(code);
}

/** The code; `undefined` for `none`. */
function readCode(code: string | undefined): number | undefined {
  if (code === noCode) return undefined;
  const number = Number(code);
  if (code !== undefined && /^\d+$/.test(code) && number >= 1000 && number <= 4999) return number;
  const said = code === undefined ? 'A close code or a text is missing' : `${code} is no close code`;
  throw new UsageError(
    `${said}: give a number from 1000 to 4999, or ${noCode} for a session that fell silent.`,
    2,
  );
}

function readSignal(id: string): SignalId {
  const known = signalIds.find((signal) => signal === id);
  if (known !== undefined) return known;
  throw new UsageError(`${id} is no signal. live-otel explain --list-signals prints all of them.`, 2);
}

function listSignals(format: ExplainOptions['format']): string {
  const all = signalIds.map((signal) => ({ signal, meaning: signalWords(signal) }));
  if (format === 'json') return `${JSON.stringify({ version: 1, signals: all }, undefined, 2)}\n`;
  const widest = Math.max(...signalIds.map(({ length }) => length));
  return all.map(({ signal, meaning }) => `${signal.padEnd(widest)}  ${meaning}\n`).join('');
}
