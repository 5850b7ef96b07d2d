/** Details that are not needed until someone opens them: compressed, since one session's look like the next one's. */
import { deflateRawSync } from 'node:zlib';
import { html, type Markup, raw } from '../markup.ts';
import { withoutPaths } from '../strip.ts';

/** Read again by the page's script. Base64 holds nothing that HTML could take for its own. */
export function packed(id: string, details: readonly Markup[], paths: boolean): Markup {
  const texts = details.map(String);
  const bytes = deflateRawSync(JSON.stringify(paths ? texts : texts.map(withoutPaths)), { level: 9 });
  return html`<script type="text/plain" id="${id}">${raw(bytes.toString('base64'))}</script>`;
}
