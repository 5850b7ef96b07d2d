/** The page around its contents: nothing is loaded, and nothing may be. */
import { createHash } from 'node:crypto';
import { type Content, html, type Markup, raw } from './markup.ts';
import { script } from './script.ts';
import { styles } from './styles.ts';

const policy = [
  "default-src 'none'",
  `style-src '${hash(styles)}'`,
  `script-src '${hash(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export function page(title: string, body: Content): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="live-otel">
<title>${title}</title>
<style>${raw(styles)}</style>
</head>
<body>
${body}
<script>${raw(script)}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
