// Makes the bundle as an application's build does, with the plugin or, as second argument says, without.
import { build } from 'esbuild';
import { esbuild } from 'live-otel/bundler';

await build({
  entryPoints: ['apps/genai.mjs'],
  outfile: process.argv[2],
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  plugins: process.argv[3] === 'without' ? [] : [esbuild()],
  logLevel: 'warning',
});
