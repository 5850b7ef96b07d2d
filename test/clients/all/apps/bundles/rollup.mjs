import path from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup as plugin } from 'live-otel/bundler';
import { rollup } from 'rollup';

const file = path.resolve(process.argv[2]);
const bundle = await rollup({
  input: 'apps/genai.mjs',
  plugins: [plugin(), nodeResolve({ exportConditions: ['node'], preferBuiltins: true }), commonjs(), json()],
  onLog(level, log, handler) {
    // Its libraries have cycles of their own.
    if (log.code !== 'CIRCULAR_DEPENDENCY') handler(level, log);
  },
});
await bundle.write({ file, format: 'esm', inlineDynamicImports: true });
await bundle.close();
