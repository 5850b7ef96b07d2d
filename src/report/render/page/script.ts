/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * What the page does in the browser. The source text of each function goes into the page: it must stand alone, without
 * anything around it but the others there.
 */

import type { Columns } from './session/packed.ts';
import { zoomLanes } from './zoom.ts';

/** Buttons that copy a command. */
function copyCommands(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]')) {
    const source = document.getElementById(button.dataset.copies ?? '');
    if (!source || !navigator.clipboard) continue;
    const label = button.innerHTML;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(source.textContent ?? '');
      button.textContent = 'Copied';
      setTimeout(() => {
        button.innerHTML = label;
      }, 1_500);
    });
  }
}

/** On a phone the rows are stacked, and the browser no longer takes them for a table. */
function nameTableParts(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table.sessions, table.stacks')) {
    table.setAttribute('role', 'table');
    const bodies = [...(table.tHead ? [table.tHead] : []), ...table.tBodies];
    for (const body of bodies) {
      body.setAttribute('role', 'rowgroup');
      for (const row of body.rows) {
        row.setAttribute('role', 'row');
        for (const cell of row.cells) {
          const isHead = cell.scope === 'row' ? 'rowheader' : 'cell';
          cell.setAttribute('role', body === table.tHead ? 'columnheader' : isHead);
        }
      }
    }
  }
}

/** The details of packed sessions again. */
export function fromColumns({ before, lanes, rest, names, attributes, values }: Columns): readonly string[] {
  const next = names.map(() => 0);
  return rest.map((text, session) => {
    const [first, ...others] = text.split('\u0001');
    const filled = others.map((piece, at) => {
      const index = attributes[session]?.[at] ?? 0;
      const value = values[index]?.[next[index] ?? 0];
      next[index] = (next[index] ?? 0) + 1;
      return `<div><dt>${names[index]}</dt><dd${value}</dd></div>\n${piece}`;
    });
    return `${before[session]}${lanes[session]}${first}${filled.join('')}`;
  });
}

/** Details of sessions, unpacked when the first of them is opened. */
function unpackSessions(): void {
  document.getElementById('packed-note')?.remove();
  let unpacked: Promise<readonly string[]> | undefined;
  const unpack = async (): Promise<readonly string[]> => {
    const text = document.getElementById('packed-sessions')?.textContent ?? '';
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return fromColumns(await new Response(stream).json());
  };
  const bodies = [...(document.querySelector<HTMLTableElement>('table.sessions')?.tBodies ?? [])];
  const written = bodies.filter((body) => body.rows.length > 1);
  const [pattern] = written;
  for (const [index, body] of bodies.slice(written.length).entries()) {
    const more = pattern?.rows[1]?.cloneNode(true) as HTMLElement | undefined;
    const details = more?.querySelector('details');
    const summary = details?.querySelector('summary');
    if (!more || !details || !summary) continue;
    const name = body.querySelector('td')?.firstChild?.textContent ?? '';
    const hidden = summary.querySelector('.hidden');
    if (hidden) hidden.textContent = ` of session ${name}`;
    details.open = false;
    details.replaceChildren(summary, document.createElement('div'));
    body.append(more);
    details.addEventListener('toggle', async () => {
      const inside = details.lastElementChild;
      if (!details.open || !inside || inside.innerHTML !== '') return;
      unpacked ??= unpack();
      const found = (await unpacked)[index];
      // Made by the same code as the rest of the page, and escaped by it.
      if (found !== undefined) inside.innerHTML = found;
      else
        inside.textContent = `The page has no room for all sessions. This one is drawn by live-otel report --session ${name}`;
    });
  }
}

/** Finding and ordering sessions. */
function arrangeSessions(): void {
  const table = document.querySelector<HTMLTableElement>('table.sessions');
  const form = document.querySelector<HTMLFormElement>('#session-controls');
  if (!table || !form) return;
  const bodies = [...table.tBodies];
  const texts = new Map(bodies.map((body) => [body, body.rows[0]?.textContent?.toLowerCase() ?? '']));
  const more = document.querySelector<HTMLButtonElement>('#more-sessions');
  const step = 10;
  let most = step;
  const find = () => {
    const data = new FormData(form);
    const text = String(data.get('text')).trim().toLowerCase();
    const end = String(data.get('end'));
    const chosen = [...data].filter(([name, value]) => name !== 'text' && name !== 'end' && value !== '') as [
      string,
      string,
    ][];
    let found = 0;
    let shown = 0;
    for (const body of table.tBodies) {
      const isFound =
        texts.get(body)?.includes(text) &&
        (end === '' || body.dataset.end === end) &&
        chosen.every(([name, value]) => body.dataset[name]?.split('\n').includes(value));
      if (isFound) found += 1;
      body.hidden = !(isFound && shown < most);
      if (!body.hidden) shown += 1;
    }
    if (more) more.hidden = found <= shown;
    const output = form.querySelector('output');
    if (output)
      output.textContent = `${shown} of ${found === bodies.length ? bodies.length : `${found} found`} shown`;
  };
  form.addEventListener('input', () => {
    most = step;
    find();
  });
  more?.addEventListener('click', () => {
    most += 5 * step;
    find();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  find();
  const order = (column: number, descending: boolean) => {
    const key = (body: HTMLTableSectionElement) => {
      const cell = body.rows[0]?.cells[column];
      const text = cell?.dataset.order ?? cell?.textContent ?? '';
      const number = Number(text.replaceAll(',', ''));
      return text === '' || Number.isNaN(number) ? text : number;
    };
    const sorted = bodies
      .map((body) => ({ body, key: key(body) }))
      .sort((a, b) =>
        typeof a.key === 'number' && typeof b.key === 'number'
          ? a.key - b.key
          : String(a.key).localeCompare(String(b.key)),
      );
    if (descending) sorted.reverse();
    table.append(...sorted.map(({ body }) => body));
    find();
  };
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const descending = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      order(column, descending);
    });
  }
}

/** A link to a session opens it. */
function openTarget(): void {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest('table.sessions')) return;
    target.hidden = false;
    const details = target.querySelector('details');
    if (!details) return;
    details.open = true;
    details.querySelector('summary')?.focus();
  };
  addEventListener('hashchange', open);
  open();
}

export const script = [
  fromColumns.toString(),
  ...[copyCommands, unpackSessions, nameTableParts, arrangeSessions, openTarget, zoomLanes].map(
    (run) => `(${run.toString()})();`,
  ),
].join('\n');
