import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

const outDir = 'dist';
const notForBrowsers = 'live-otel needs Node.js and cannot be bundled for a browser';
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

export default defineConfig([
  // Code that many processes load is there once, in CommonJS: what the entries have in common lies in chunks beside them.
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      testing: 'src/testing/index.ts',
      'register-main': 'src/register/main.ts',
      'register-sessions': 'src/register/sessions.ts',
      // For the command: sharedWithCli().
      catalogue: 'src/diagnosis/catalogue/catalogue.ts',
      'observe-recording': 'src/instrumentation/observe-recording.ts',
      signals: 'src/diagnosis/signals/signals.ts',
    },
    format: 'cjs',
    dts: { entry: ['src/index.ts', 'src/testing/index.ts'] },
    deps: {
      alwaysBundle: [/^@opentelemetry\//, 'ws'],
      // Types come from the API's own; the code gets it by way of lateApi().
      neverBundle: (id, importer) =>
        ['bufferutil', 'utf-8-validate'].includes(id) ||
        (id === '@opentelemetry/api' && /\.d\.[cm]?ts/.test(importer ?? '')),
    },
    // Names of functions stay, for the stack traces of those who look for a fault of ours.
    minify: { compress: true, mangle: { keepNames: true }, codegen: true },
    plugins: [withoutHooks(), lateApi()],
    async onSuccess() {
      await writeModules('index', 'testing');
      // A bundler that builds for browsers looks for this module, and says that there is none.
      await writeFile(
        path.join(outDir, 'not-for-browsers.mjs'),
        `import ${JSON.stringify(notForBrowsers)};\n`,
      );
    },
  },
  {
    ...shared,
    entry: { 'loader-thread': 'src/instrumentation/genai/loader-thread.ts' },
    format: 'esm',
    dts: false,
  },
  // Runs where applications are built: in one file, which webpack loads as a loader as well.
  {
    ...shared,
    entry: { bundler: 'src/bundler.ts' },
    format: 'cjs',
    dts: true,
    onSuccess: () => writeModules('bundler'),
  },
  // CommonJS for `--require` and `--import` alike, and in one file, for any version of Node.
  { ...shared, entry: { register: 'src/register.ts' }, format: 'cjs', dts: true },
  // The OpenTelemetry SDK is bundled, so that it never meets the version the application has, and loads faster.
  {
    ...shared,
    entry: { 'register-sdk': 'src/register/sdk.ts', 'register-config-file': 'src/register/config-file.ts' },
    format: 'cjs',
    dts: false,
    minify: true,
    outputOptions: { chunkFileNames: 'register/[name].cjs' },
    // The API stays outside: its replacement says so.
    deps: { alwaysBundle: [/^@opentelemetry\//, /^protobufjs/, 'yaml'] },
    plugins: [replacedInSdk(), withoutDescriptions()],
    // Its console exporters print with a console that a closed pipe does not end.
    inputOptions: {
      transform: { inject: { console: [path.resolve('src/instrumentation/output.ts'), 'quietConsole'] } },
    },
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
    plugins: [sharedWithCli()],
  },
]);

/** ES modules that hand on what the CommonJS ones export: a process that loads both has each class once. */
async function writeModules(...entries: readonly string[]): Promise<void> {
  const require = createRequire(import.meta.url);
  for (const entry of entries) {
    const all = Object.keys(require(path.resolve(outDir, `${entry}.cjs`)));
    const names = all.filter((name) => name !== 'default');
    const from = `from './${entry}.cjs';\n`;
    await writeFile(path.join(outDir, `${entry}.mjs`), `export { ${names.sort().join(', ')} } ${from}`);
    await writeFile(path.join(outDir, `${entry}.d.mts`), `export * ${from}`);
  }
}

/**
 * `InstrumentationBase` without the hooks that it would put into every `require()`: `LiveInstrumentation` has its own
 * (src/instrumentation/genai/loader.ts says why).
 */
function withoutHooks() {
  const none = '\0no-hooks';
  return {
    name: 'without-hooks',
    resolveId: (source: string) => (/^(?:import|require)-in-the-middle$/.test(source) ? none : undefined),
    load: (id: string) => (id === none ? 'export class Hook {}' : undefined),
  };
}

/**
 * `@opentelemetry/api` loaded when something of it is used first: 60 small files, a quarter of what a process would pay
 * that has `live-otel/register` in front and never opens a session.
 */
function lateApi() {
  const late = '\0late-api.cjs';
  const names = Object.keys(createRequire(import.meta.url)('@opentelemetry/api'));
  const code = [
    'let api;',
    "const load = () => (api ??= require('@opentelemetry/api'));",
    ...names.map(
      (name) => `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => load().${name} });`,
    ),
  ];
  return {
    name: 'late-api',
    resolveId(source: string, importer: string | undefined) {
      if (source !== '@opentelemetry/api') return undefined;
      return importer === late ? { id: source, external: true } : late;
    },
    load: (id: string) => (id === late ? code.join('\n') : undefined),
  };
}

/** Parts that the command takes from the CommonJS build, as both would hold them: its chunks lie one folder below. */
function sharedWithCli() {
  const built: Readonly<Record<string, string>> = {
    'src/diagnosis/catalogue/catalogue.ts': '../catalogue.cjs',
    'src/diagnosis/signals/signals.ts': '../signals.cjs',
    'src/testing/index.ts': '../testing.cjs',
    'src/instrumentation/observe-recording.ts': '../observe-recording.cjs',
  };
  return {
    name: 'shared-with-cli',
    resolveId(source: string, importer: string | undefined) {
      if (importer === undefined || !source.startsWith('.')) return undefined;
      const id = built[path.relative('.', path.resolve(path.dirname(importer), source))];
      return id === undefined ? undefined : { id, external: true };
    },
  };
}

/** What the bundled SDK gets in place of some modules; ours get the real ones. */
function replacedInSdk() {
  const replacements: Readonly<Record<string, string>> = {
    '@opentelemetry/api': 'sdk-api.ts',
    '@opentelemetry/otlp-exporter-base/node-http': 'delivery.ts',
    '@opentelemetry/exporter-trace-otlp-grpc': 'grpc.ts',
    '@opentelemetry/exporter-metrics-otlp-grpc': 'grpc.ts',
    '@opentelemetry/exporter-logs-otlp-grpc': 'grpc.ts',
    '@opentelemetry/otlp-grpc-exporter-base': 'grpc.ts',
    '@opentelemetry/configuration': 'lazy-configuration.ts',
    '@opentelemetry/instrumentation': 'no-instrumentations.ts',
  };
  return {
    name: 'replaced-in-sdk',
    resolveId(source: string, importer: string | undefined) {
      const ours = !importer?.includes('/node_modules/');
      if (ours) return source === '@opentelemetry/api' ? { id: source, external: true } : undefined;
      const file = replacements[source];
      return file === undefined ? undefined : fileURLToPath(new URL(`src/register/${file}`, import.meta.url));
    },
  };
}

/** The validator of `OTEL_CONFIG_FILE` holds its schemas, of which it reads all but what they say to people. */
function withoutDescriptions() {
  return {
    name: 'without-descriptions',
    transform: (code: string, id: string) =>
      /[\\/]configuration[\\/]dist[\\/]generated[\\/]validator\.[cm]js$/.test(id)
        ? code.replaceAll(/^\s*"description": ".*",?$/gm, '')
        : undefined,
  };
}
