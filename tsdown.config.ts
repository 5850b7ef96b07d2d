import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'tsdown';

const outDir = 'dist';
const shared = {
  outDir,
  platform: 'node',
  target: 'node22.15',
  sourcemap: false,
  clean: false,
  hash: false,
  // CommonJS too behaves as the sources, which are modules, are tested.
  outputOptions: { strict: true },
  outExtensions: ({ format }: { format: string }) =>
    format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.mjs', dts: '.d.mts' },
} as const;

/** Public entries that ES modules import as well. */
const entries = ['index', 'testing'] as const;

export default defineConfig([
  // Code that many processes load is there once, in CommonJS: what the entries have in common lies in chunks beside them.
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      testing: 'src/testing/index.ts',
      'register-main': 'src/register/main.ts',
    },
    format: 'cjs',
    dts: { entry: ['src/index.ts', 'src/testing/index.ts'] },
    deps: {
      alwaysBundle: [/^@opentelemetry\/(?!api$)/, 'ws'],
      neverBundle: ['@opentelemetry/api', 'bufferutil', 'utf-8-validate'],
    },
    onSuccess: writeModules,
  },
  {
    ...shared,
    entry: { 'loader-thread': 'src/instrumentation/genai/loader-thread.ts' },
    format: 'esm',
    dts: false,
  },
  // CommonJS for `--require` and `--import` alike, and in one file, for any version of Node.
  { ...shared, entry: { register: 'src/register.ts' }, format: 'cjs', dts: true },
  // The OpenTelemetry SDK is bundled, so that it never meets the version the application has, and loads faster.
  {
    ...shared,
    entry: { 'register-sdk': 'src/register/sdk.ts' },
    format: 'cjs',
    dts: false,
    deps: { alwaysBundle: [/^@opentelemetry\/(?!api$)/, /^protobufjs/], neverBundle: ['@opentelemetry/api'] },
  },
  // The command and its threads, with all that they need: whoever only records installs none of it.
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts', 'cli/scan-thread': 'src/report/read/scan-thread.ts' },
    format: 'esm',
    dts: false,
    minify: true,
    deps: { alwaysBundle: [/./], neverBundle: ['bufferutil', 'utf-8-validate'] },
    outputOptions: { ...shared.outputOptions, chunkFileNames: 'cli/[name].mjs' },
  },
]);

/** ES modules that hand on what the CommonJS ones export: a process that loads both has each class once. */
async function writeModules(): Promise<void> {
  const require = createRequire(import.meta.url);
  for (const entry of entries) {
    const names = Object.keys(require(path.resolve(outDir, `${entry}.cjs`)));
    const from = `from './${entry}.cjs';\n`;
    await writeFile(path.join(outDir, `${entry}.mjs`), `export { ${names.sort().join(', ')} } ${from}`);
    await writeFile(path.join(outDir, `${entry}.d.mts`), `export * ${from}`);
  }
}
