import path from 'node:path';
import { rollup } from 'live-otel/bundler';
import { build } from 'vite';

const file = path.resolve(process.argv[2]);
await build({
  configFile: false,
  logLevel: 'warn',
  plugins: [rollup()],
  ssr: { noExternal: true },
  build: {
    ssr: 'apps/genai.mjs',
    outDir: path.dirname(file),
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: path.basename(file) } },
  },
});
