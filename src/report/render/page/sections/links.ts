/** Where traces can be opened. */

import { formats } from '../formats.ts';
import type { Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';

/** The page's anchors of the sessions that it holds, and the Jaeger that has the traces. */
export interface Links {
  /** Address of its web interface, without a slash at the end. */
  readonly jaeger?: string;
  /** Anchors by trace id. */
  readonly anchors: ReadonlyMap<string, string>;
}

/** Throws where it is no address of a web server. */
export function jaegerBase(url: string): string {
  const { protocol, href } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new TypeError(`The address of Jaeger is ${url}; it has to begin with http:// or https://.`);
  }
  return href.replace(/\/+$/, '');
}

/** The trace id, leading to its session on this page where it is there, and to Jaeger. */
export function traceLinks(traceId: Located<string>, { jaeger, anchors }: Links): Markup {
  const { value, path } = traceId;
  if (value === '') return html``;
  const anchor = anchors.get(value);
  const id = html`<code data-path="${path}">${formats.plain(value)}</code>`;
  return html`<span class="trace">${anchor === undefined ? id : html`<a href="#${anchor}">${id}</a>`}${
    jaeger !== undefined &&
    /^[\da-f]{32}$/i.test(value) &&
    html` <a href="${jaeger}/trace/${value}" rel="noreferrer">Jaeger<span class="hidden"> trace ${value}</span></a>`
  }</span>`;
}
