import { defineConfig } from 'tsdown';

const shared = {
  outDir: 'dist',
  platform: 'node',
  target: 'node22.15',
  sourcemap: false,
  clean: false,
  hash: false,
  outExtensions: ({ format }: { format: string }) =>
    format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.mjs', dts: '.d.mts' },
} as const;

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts', testing: 'src/testing/index.ts' },
    format: ['esm', 'cjs'],
    dts: true,
  },
  {
    ...shared,
    entry: { 'loader-thread': 'src/instrumentation/genai/loader-thread.ts' },
    format: 'esm',
    dts: false,
  },
  // CommonJS for `--require` and `--import` alike.
  { ...shared, entry: { register: 'src/register.ts' }, format: 'cjs', dts: true },
  // The OpenTelemetry SDK is bundled, so that it never meets the version the application has, and loads faster.
  {
    ...shared,
    entry: { 'register-main': 'src/register/main.ts', 'register-sdk': 'src/register/sdk.ts' },
    format: 'cjs',
    dts: false,
    deps: { alwaysBundle: [/^@opentelemetry\/(?!api$)/, /^protobufjs/], neverBundle: ['@opentelemetry/api'] },
  },
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts' },
    format: 'esm',
    dts: false,
    // Apart from the public entries, one of which has the name of a chunk.
    outputOptions: { chunkFileNames: 'cli/[name].mjs' },
  },
  // Of the report, for long inputs.
  {
    ...shared,
    entry: { 'cli/scan-thread': 'src/report/read/scan-thread.ts' },
    format: 'esm',
    dts: false,
  },
]);
