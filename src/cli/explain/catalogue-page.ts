import { catalogue } from '../../diagnosis/catalogue/catalogue.ts';
import type { Cause } from '../../diagnosis/cause.ts';
import { type SignalId, signalWords } from '../../diagnosis/signals/signals.ts';
import { blocks, code, codes, table } from '../../report/render/markdown/document.ts';
import {
  categoryWords,
  confidenceWords,
  decisionOrder,
  howToRead,
  intro,
  observableWords,
  retryWords,
} from './catalogue-words.ts';

/** A close frame has this many bytes for its text. */
const reasonBytes = 123;

/** `docs/closures.md`: the whole catalogue as Markdown. */
export function renderCatalogue(): string {
  return blocks([
    '# Closures',
    '<!-- Made from the tables in src/diagnosis: `npm run docs`, or `live-otel explain --all`. Do not edit. -->',
    intro,
    '## How to read it',
    howToRead,
    'The order in which to decide:',
    decisionOrder.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    '## By code and text',
    quickTable(),
    ...Object.entries(categoryWords).flatMap(([category, [title, brief]]) => {
      const causes = catalogue.filter((cause) => cause.category === category);
      return causes.length === 0 ? [] : [`## ${title}`, brief, ...causes.map(entry)];
    }),
  ]);
}

function entry(cause: Cause): string {
  return blocks([
    `### ${cause.id}`,
    `**${cause.title}.**`,
    `**What you see.** ${cause.symptom}`,
    list([
      `${closeCodes(cause)}${apis(cause)}`,
      textsOf(cause),
      signals('Always', cause.requires),
      signals('One of', cause.requiresOneOf ?? []),
      signals('Speaks for it', cause.supports),
      signals('Speaks against it', cause.against),
    ]),
    `**Why.** ${cause.cause}`,
    `**What to do.** ${cause.remedy}${elsewhere(cause)}`,
    `**Connect again?** ${retryWords[cause.retry]}`,
    `**How sure.** ${confidenceWords[cause.confidence]} ${kind(cause)}`,
    `**Can it be told from the client?** ${observableWords[cause.observable]}`,
    confusedWith(cause),
    sources(cause),
  ]).trimEnd();
}

function textsOf({ texts, wording }: Cause): string | undefined {
  if (wording !== undefined)
    return 'Text: any that no other cause is known with, and whose words speak of this';
  return texts.length > 0 ? `Text: ${texts.map(showText).join(', or ')}` : undefined;
}

function closeCodes({ codes: known }: Cause): string {
  if (known.length === 0) return 'No close code';
  return `${known.length === 1 ? 'Code' : 'Codes'} ${codes(known.map(String))}`;
}

function apis({ apis: names }: Cause): string {
  if (names.length !== 1) return ', on the Gemini API and on Vertex AI';
  return names[0] === 'vertex' ? ', on Vertex AI' : ', on the Gemini API';
}

function kind({ hypothesis, category, onceActive, otherwise }: Cause): string {
  const instead =
    otherwise === undefined
      ? ''
      : `; as ${code(otherwise.hypothesis)} in ${code(otherwise.category)} where ${otherwise.unless.length === 1 ? 'this is not' : 'neither is'} so: ${otherwise.unless.map((id) => signalWords(id)).join('; ')}`;
  const later =
    onceActive === undefined
      ? ''
      : `; once the setup was complete, as ${code(onceActive.hypothesis)} in ${code(onceActive.category)}`;
  return `Counts as ${code(hypothesis)} in ${code(category)}${later}${instead}.`;
}

function signals(lead: string, ids: readonly SignalId[]): string | undefined {
  return ids.length === 0 ? undefined : `${lead}: ${ids.map((id) => signalWords(id)).join('; ')}`;
}

/** Where more causes than this share a text, an entry refers to the table instead of naming them all. */
const maxNamed = 8;

/** The causes that come with a code and a text of this one. */
function confusedWith(cause: Cause): string | undefined {
  const named = new Set<Cause>();
  const crowds: string[] = [];
  for (const { closeCode, texts, causes } of rows) {
    if (!causes.includes(cause)) continue;
    // Without a code, only stalls are like each other; the end of the process is not.
    const others = causes.filter(
      (other) => other !== cause && (closeCode !== undefined || isProcess(other) === isProcess(cause)),
    );
    if (others.length >= maxNamed) crowds.push(crowd(closeCode, texts, others.length));
    else for (const other of others) named.add(other);
  }
  const parts = [[...named].map(link).join(', '), ...crowds].filter((part) => part !== '');
  return parts.length === 0 ? undefined : `**Confused with.** ${parts.join('; ')}.`;
}

function isProcess({ category }: Cause): boolean {
  return category === 'process';
}

function crowd(
  closeCode: number | undefined,
  texts: readonly (string | undefined)[],
  others: number,
): string {
  const shown = texts.map(showText).join(', ');
  return `${others} others with ${closeCode ?? 'no code'} and ${shown}: see [the table](#by-code-and-text)`;
}

interface Pair {
  /** `undefined` for what has no close code. */
  readonly code: number | undefined;
  /** `undefined` for any text, or none. */
  readonly text: string | undefined;
}

/**
 * The codes of a cause with its texts. Where it has several of both, a text goes with the code that others have it with.
 */
function pairsOf({ codes: known, texts, wording }: Cause): readonly Pair[] {
  if (wording !== undefined) return [];
  const codesOrNone = known.length > 0 ? known : [undefined];
  if (texts.length === 0) return codesOrNone.map((each) => ({ code: each, text: undefined }));
  return texts.flatMap((text) => {
    const usual = known.filter((each) => usualCodes.get(text.toLowerCase())?.has(each));
    return (usual.length > 0 ? usual : codesOrNone).map((each) => ({ code: each, text }));
  });
}

/** For each text, the codes of the causes that come with one code only. */
const usualCodes: ReadonlyMap<string, ReadonlySet<number>> = (() => {
  const usual = new Map<string, Set<number>>();
  for (const { codes: known, texts } of catalogue) {
    if (known.length !== 1) continue;
    for (const text of texts.map((each) => each.toLowerCase())) {
      usual.set(text, new Set([...(usual.get(text) ?? []), ...known]));
    }
  }
  return usual;
})();

/** A row of the table: the causes that share a code and texts. */
interface Row {
  readonly closeCode: number | undefined;
  readonly texts: readonly (string | undefined)[];
  readonly causes: readonly Cause[];
}

/** Sorted by code, then by text. Texts of one code that mean the same causes stand in one row. */
const rows: readonly Row[] = (() => {
  const byPair = new Map<string, { readonly pair: Pair; readonly causes: Set<Cause> }>();
  for (const cause of catalogue) {
    for (const pair of pairsOf(cause)) {
      const key = `${pair.code} ${pair.text === undefined ? '' : `"${pair.text.toLowerCase()}"`}`;
      const known = byPair.get(key) ?? { pair, causes: new Set() };
      known.causes.add(cause);
      byPair.set(key, known);
    }
  }
  const byCauses = new Map<string, Row>();
  for (const { pair, causes } of [...byPair.values()].sort((a, b) => comparePairs(a.pair, b.pair))) {
    const key = [pair.code, ...[...causes].map(({ id }) => id)].join(' ');
    const texts = [...(byCauses.get(key)?.texts ?? []), pair.text];
    byCauses.set(key, { closeCode: pair.code, texts, causes: [...causes] });
  }
  return [...byCauses.values()];
})();

function quickTable(): string {
  return table(
    ['code', 'text', 'cause'],
    rows.map(({ closeCode, texts, causes }) => [
      closeCode === undefined ? 'none' : String(closeCode),
      texts.map(showText).join(', or '),
      causes.map(link).join(', '),
    ]),
  );
}

/** By code, those without one last; within a code by text, those with any text last. */
function comparePairs(a: Pair, b: Pair): number {
  const byCode = (a.code ?? Number.POSITIVE_INFINITY) - (b.code ?? Number.POSITIVE_INFINITY);
  if (a.code !== b.code) return byCode;
  if (a.text === undefined || b.text === undefined) return a.text === undefined ? 1 : -1;
  const [left, right] = [sortText(a.text), sortText(b.text)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortText(text: string): string {
  return text.toLowerCase().replace(/^[^a-z]+/, '');
}

function showText(text: string | undefined): string {
  if (text === undefined) return 'any, or none';
  if (text === '') return '(empty)';
  const shown = Buffer.byteLength(text) >= reasonBytes && !text.endsWith('…') ? `${text}…` : text;
  return shown.includes('`') ? `\`\` ${shown} \`\`` : code(shown);
}

function sources({ sources: addresses, unlinkedSources = 0 }: Cause): string {
  const further =
    unlinkedSources === 0
      ? []
      : [`${unlinkedSources}${addresses.length > 0 ? ' more' : ''} without a public address`];
  return `**Sources.** ${[...addresses.map(sourceLink), ...further].join(', ')}.`;
}

/** A link under the short name of what it leads to; what follows the address stays behind it. */
function sourceLink(source: string): string {
  const [address = '', ...rest] = source.split(' ');
  const { host, pathname } = new URL(address);
  const path = pathname.replace(/\/$/, '');
  const thread = /^\/([^/]+\/[^/]+)\/(?:issues|pull|discussions)\/(\d+)$/.exec(path);
  const file = /^\/([^/]+\/[^/]+)\/blob\/[^/]+\/(?:.*\/)?([^/]+)$/.exec(path);
  const name = host !== 'github.com' ? shorten(host + path) : nameOnGitHub(path, thread, file);
  return [`[${name}](${address})`, ...rest].join(' ');
}

function nameOnGitHub(path: string, thread: RegExpExecArray | null, file: RegExpExecArray | null): string {
  if (thread) return `${thread[1]}#${thread[2]}`;
  if (file) return `${file[1]} ${file[2]}`;
  return shorten(path.slice(1));
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 40)}…${text.slice(-16)}`;
}

function link({ id }: Cause): string {
  return `[${id}](#${id})`;
}

function list(items: readonly (string | undefined)[]): string {
  return items
    .filter((item) => item !== undefined)
    .map((item) => `- ${item}`)
    .join('\n');
}

/** What to do where something else was seen. */
function elsewhere({ remedyWhere = [] }: Cause): string {
  return remedyWhere.map(({ seen, remedy }) => ` Where ${signalWords(seen)}: ${remedy}`).join('');
}
