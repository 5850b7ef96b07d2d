import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { defineConfig } from 'tsdown';
import { attributes, namespace } from './src/conventions/attributes.ts';
import {
  credentialNames,
  credentialShapes,
  harmlessNames,
  queryNames,
  shapePattern,
} from './src/conventions/credentials.ts';
import { closureLogName, severity } from './src/conventions/log-records.ts';
import { spanDefinitions, spanName } from './src/conventions/spans.ts';
import * as vocabulary from './src/conventions/vocabulary.ts';
import { catalogue } from './src/diagnosis/catalogue/catalogue.ts';
import type { Cause } from './src/diagnosis/cause.ts';
import { clients } from './src/instrumentation/clients.ts';
import { families } from './src/models/families.ts';
import type { ModelEntry, ModelFamily } from './src/models/model.ts';
import { models } from './src/models/table.ts';
import { version } from './src/version.ts';

const outDir = 'dist';
const notForBrowsers =
  'live-otel needs Node.js and cannot be bundled for a browser: import live-otel/browser';
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

const taken = path.resolve('src/register/taken.ts');

export default defineConfig([
  // Code that many processes load is there once, in CommonJS: what the entries have in common lies in chunks beside them.
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      testing: 'src/testing/index.ts',
      'register-main': 'src/register/main.ts',
      'register-sessions': 'src/register/sessions.ts',
      // Loaded late: lateSessions().
      sessions: 'src/instrumentation/tap.ts',
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
    // With the names of functions, which stack traces of applications show.
    minify: { mangle: { keepNames: true }, compress: true, codegen: { removeWhitespace: true } },
    plugins: [withoutHooks(), lateApi(), lateSessions(), onlyWhatCodeReads()],
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
    entry: { 'loader-thread': 'src/instrumentation/loader-thread.ts' },
    format: 'esm',
    dts: false,
    minify: true,
    plugins: [onlyFilesOfClients()],
  },
  // Runs where applications are built: in one file, which webpack loads as a loader as well.
  {
    ...shared,
    entry: { bundler: 'src/bundler.ts' },
    format: 'cjs',
    dts: true,
    minify: true,
    plugins: [onlyFilesOfClients()],
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
    deps: { alwaysBundle: [/^@opentelemetry\//, '@cfworker/json-schema', 'yaml'] },
    plugins: [replacedInSdk(), withSchema()],
    inputOptions: {
      transform: {
        inject: {
          // Its console exporters print with a console that a closed pipe does not end.
          console: [path.resolve('src/instrumentation/output.ts'), 'quietConsole'],
          'Math.random': [taken, 'random'],
          'performance.now': [taken, 'performanceNow'],
        },
      },
    },
  },
  // For pages: each module that needs Node.js is replaced by the one of the same name in src/browser/web.
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    entry: { browser: 'src/browser/index.ts' },
    format: 'esm',
    dts: true,
    minify: true,
    deps: { neverBundle: ['@opentelemetry/api'] },
    define: { 'process.env': '{}' },
    inputOptions: { preserveEntrySignatures: 'allow-extension' },
    outputOptions: { chunkFileNames: 'browser/[name].mjs' },
    plugins: [replacedInBrowser(), onlyWhatCodeReads(), onlyWhatTellsCauses(), smallerYet()],
  },
  // The command and its threads, with all that they need: whoever only records installs none of it.
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts', 'cli/scan-thread': 'src/report/read/scan-thread.ts' },
    format: 'esm',
    dts: false,
    minify: true,
    deps: { alwaysBundle: [/./], neverBundle: ['bufferutil', 'utf-8-validate'] },
    // Without what the chart library says to developers.
    define: { 'process.env.NODE_ENV': '"production"' },
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
 * (src/instrumentation/loader.ts says why).
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

/**
 * What records a session, from the protocol to the diagnosis, loaded with the first one (or a moment after the client:
 * src/register/sessions.ts), as many processes load a client and open no session.
 */
function lateSessions() {
  const late = '\0late-sessions.cjs';
  const built = './sessions.cjs';
  const importers = ['src/instrumentation/recording.ts', 'src/register/sessions.ts'];
  const code = [
    'let sessions;',
    `const load = () => (sessions ??= require('${built}'));`,
    'exports.openSession = (...args) => load().openSession(...args);',
    'exports.readyForSessions = () => load().readyForSessions();',
  ];
  return {
    name: 'late-sessions',
    resolveId(source: string, importer: string | undefined) {
      if (importer === late) return source === built ? { id: built, external: true } : undefined;
      const isTap = source.endsWith('/tap.ts') && importers.some((file) => path.resolve(file) === importer);
      return isTap ? late : undefined;
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
      // Its modules for browsers, of which only those stay that are used.
      if (source === 'yaml') return path.resolve('node_modules/yaml/browser/dist/index.js');
      if (ours) return source === '@opentelemetry/api' ? { id: source, external: true } : undefined;
      const file = replacements[source];
      return file === undefined ? undefined : fileURLToPath(new URL(`src/register/${file}`, import.meta.url));
    },
  };
}

/** The validator of `OTEL_CONFIG_FILE` with its schema, in the place of the code that the schema was compiled to. */
function withSchema() {
  const ours = fileURLToPath(new URL('src/register/config-validator.ts', import.meta.url));
  return {
    name: 'with-schema',
    transform(code: string, id: string) {
      if (!/[\\/]configuration[\\/]dist[\\/]generated[\\/]validator\.[cm]js$/.test(id)) return undefined;
      const [, source] = /^\tconst \w+ = (\{\n\t\t"\$schema":.*?\n\t\});/ms.exec(code) ?? [];
      const schema = JSON.stringify(new Function(`return ${source}`)(), (key, value) =>
        key === 'description' && typeof value === 'string' ? undefined : value,
      );
      return [
        `import { validatorOf } from ${JSON.stringify(ours)};`,
        `export const require_validator = () => validatorOf(${schema});`,
      ].join('\n');
    },
  };
}

/** The modules of src/browser/web, each in the place of the one that has its name. */
function replacedInBrowser() {
  const room = path.resolve('src/browser');
  const names = [
    'diagnosis/signals/handshake-failure',
    'protocol/bytes',
    'protocol/handle-hash',
    'protocol/received-audio',
    'protocol/sent-media',
    'protocol/written-forms',
    'session/media-lane',
    'telemetry/experiment-attributes',
    'telemetry/log-records',
    'telemetry/session-metrics',
    'telemetry/tool-metrics',
    'telemetry/turn-metrics',
    'instrumentation/backend',
    'instrumentation/backlog',
    'instrumentation/closure-log',
    'instrumentation/diagnosing',
    'instrumentation/error-summary',
    'instrumentation/event-loop',
    'instrumentation/clients',
    'instrumentation/genai/engine',
    'instrumentation/genai/patch-live',
    'instrumentation/handover',
    'instrumentation/in-front',
    'instrumentation/loader',
    'instrumentation/method-before',
    'instrumentation/unique-id',
  ];
  const replaced = new Map(
    names.map((name) => {
      return [path.resolve('src', `${name}.ts`), path.join(room, 'web', path.basename(`${name}.ts`))];
    }),
  );
  return {
    name: 'replaced-in-browser',
    // The files of the room itself name the originals, to load them later.
    resolveId: (source: string, importer: string | undefined) =>
      importer === undefined || !source.startsWith('.') || path.dirname(importer) === room
        ? undefined
        : replaced.get(path.resolve(path.dirname(importer), source)),
  };
}

/** Of tables that people read as well, what the code reads: briefs and sources are left to the documents. */
function onlyWhatCodeReads() {
  const spans = Object.entries(spanDefinitions).map(([id, { kind, subject, events }]) => {
    const limits = Object.entries(events).map(([name, { limit }]) => [name, { limit }]);
    return [id, { kind, subject, events: Object.fromEntries(limits) }];
  });
  const ofLabels = Object.entries(attributes).map(([name, { type, values }]) => [name, { type, values }]);
  return inPlaceOf({
    'src/conventions/attributes.ts': { attributes: Object.fromEntries(ofLabels), namespace },
    // Lists that are made of others would stay where nothing reads them.
    'src/conventions/vocabulary.ts': vocabulary,
    'src/conventions/spans.ts': { spanDefinitions: Object.fromEntries(spans), spanName },
    'src/conventions/log-records.ts': { closureLogName, severity },
    'src/conventions/credentials.ts': {
      credentialShapes: credentialShapes.map(shapePattern),
      credentialNames,
      harmlessNames,
      queryNames,
      shapePattern: function shapePattern(pattern: string) {
        return pattern;
      },
    },
    'src/models/table.ts': { models: models.map(({ sources, apis, ...model }): ModelEntry => model) },
    'src/models/families.ts': {
      families: families.map(
        ({ sources, scheduling, inputTranscription, turnCoverage, ...family }): ModelFamily => family,
      ),
    },
    'src/version.ts': { version },
  });
}

/** Of the clients, which files are theirs: the taps themselves are for the process that has the sessions. */
function onlyFilesOfClients() {
  return inPlaceOf({
    'src/instrumentation/clients.ts': { clients: clients.map(({ name, entries }) => ({ name, entries })) },
  });
}

/** Of the catalogue of causes, what tells them apart: the report knows their texts by the id. */
function onlyWhatTellsCauses() {
  // What most of them have stands once.
  const usual: Omit<Cause, 'id' | 'title' | 'hypothesis' | 'category' | 'codes'> = {
    texts: [],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: [],
    supports: [],
    against: [],
    confidence: 'medium',
    symptom: '',
    cause: '',
    remedy: '',
    retry: 'no',
    sources: [],
    unlinkedSources: 0,
  };
  const causes = catalogue.map(({ remedyWhere, ...cause }) => {
    const kept = {
      ...cause,
      symptom: '',
      cause: '',
      remedy: '',
      sources: [],
      unlinkedSources: (cause.unlinkedSources ?? 0) + cause.sources.length,
    };
    const isUsual = ([name, value]: [string, unknown]) =>
      JSON.stringify(value) === JSON.stringify(usual[name as keyof typeof usual]);
    return Object.fromEntries(Object.entries(kept).filter((entry) => !isUsual(entry)));
  });
  // A pattern is none of JSON's values.
  const json = JSON.stringify(causes, (_key, value) => (value instanceof RegExp ? value.source : value));
  const revived = "...(cause.wording && { wording: new RegExp(cause.wording, 'i') })";
  const code = [
    `export const catalogue = ${json}.map((cause) => ({ ...${JSON.stringify(usual)}, ...cause, ${revived} }));`,
    'export const causeById = (id) => catalogue.find((cause) => cause.id === id);',
  ];
  return inPlaceOf({ 'src/diagnosis/catalogue/catalogue.ts': {} }, code.join('\n'));
}

/** What pages load, minified again: by gzip another hundredth is gone. */
function smallerYet() {
  const options = {
    module: true,
    ecma: 2020,
    // Nothing here is called with `new` but classes, and no getter does more than tell.
    compress: { passes: 2, unsafe_arrows: true, pure_getters: true },
  } as const;
  return {
    name: 'smaller-yet',
    async generateBundle(_options: unknown, bundle: Readonly<Record<string, { code?: string }>>) {
      for (const [file, chunk] of Object.entries(bundle)) {
        if (chunk.code === undefined || !file.endsWith('.mjs')) continue;
        // What arrow functions are put into is found the second time.
        for (let round = 0; round < 2; round += 1)
          chunk.code = (await minify(chunk.code, options)).code ?? chunk.code;
        // It stands there hundreds of times, and no text of ours has it.
        chunk.code = `const $u=void 0;${chunk.code.replaceAll('void 0', '$u')}`;
      }
    },
  };
}

/** Modules with these exports, values or functions, in the place of those in the files. */
function inPlaceOf(files: Readonly<Record<string, Readonly<Record<string, unknown>>>>, further = '') {
  return {
    name: `in-place-of-${Object.keys(files)[0]}`,
    load(id: string) {
      const exported = files[path.relative('.', id)];
      if (exported === undefined) return undefined;
      const lines = Object.entries(exported).map(([name, value]) =>
        typeof value === 'function' ? `export ${value};` : `export const ${name} = ${JSON.stringify(value)};`,
      );
      return { code: [...lines, further].join('\n'), moduleType: 'js' as const };
    },
  };
}
