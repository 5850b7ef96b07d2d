/** Details that are not needed until someone opens them: compressed, since one session's look like the next one's. */
import { deflateRawSync } from 'node:zlib';
import { html, type Markup, raw } from '../markup.ts';

/** Read again by the page's script. Base64 holds nothing that HTML could take for its own. */
export function packed(id: string, details: readonly Markup[]): Markup {
  const bytes = deflateRawSync(JSON.stringify(details.map(String)), { level: 9 });
  return html`<script type="text/plain" id="${id}">${raw(bytes.toString('base64'))}</script>`;
}
