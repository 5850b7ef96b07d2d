/** The matrix: what opens Live sessions, and how each is run. What holds of it is in clients.test.ts. */

export interface ClientCase {
  readonly client: string;
  /** The package whose version is written down, where it is another one. */
  readonly package?: string;
  /** Where it is no package of npm. */
  readonly version?: string;
  /** The folder with the application and its packages; `few` is what every check of the project runs. */
  readonly folder: 'few' | 'all' | 'web';
  /** What a user has to do, for the page. */
  readonly how: string;
  /** Made first; `$out` is a file for what is built. */
  readonly build?: readonly string[];
  /** `$preload` stands where flags of Node are given, and is left out in the run without us. */
  readonly command: readonly string[];
  /** The run without us, where that is another application. */
  readonly without?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The client knows no other address than Google's: it is led to the simulator, which serves TLS for these names. */
  readonly tls?: readonly string[];
  /** Default: `m`. */
  readonly model?: string;
  readonly expected: /** Spans of one session in the file. */
    | { readonly outcome: 'recorded' }
    /** The same of a session that makes music: it has neither turn nor tools. */
    | { readonly outcome: 'music' }
    /** Not a client that this package is for; the simulator serves it like the others. */
    | { readonly outcome: 'served' }
    /** Spans of one session, written down by the application's own SDK at its end. */
    | { readonly outcome: 'own-sdk' }
    /** Nothing is recorded, and one warning says so. */
    | { readonly outcome: 'said'; readonly warning: RegExp };
}

/** Its version is the browser's. */
export const chromium = 'chromium';
/** As in apps/languages. */
const pythonVersion = '3.6.1';
const goVersion = '1.77.0';

const recorded = { outcome: 'recorded' } as const;
const preload = '`--require live-otel/register`';
const node = (app: string): readonly string[] => ['node', '$preload', app];
const voiceModel = 'gemini-2.5-flash-native-audio-preview-12-2025';
/** Only what a client says matters: their agents send to nowhere. */
const quiet = {
  DD_TRACE_STARTUP_LOGS: 'false',
  DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
  DD_REMOTE_CONFIGURATION_ENABLED: 'false',
  NEW_RELIC_APP_NAME: 'app',
  NEW_RELIC_LICENSE_KEY: '0'.repeat(40),
  NEW_RELIC_LOG_ENABLED: 'false',
};

export const clientCases: readonly ClientCase[] = [
  {
    client: '@google/genai',
    folder: 'few',
    how: preload,
    command: node('apps/genai.mjs'),
    expected: recorded,
  },
  {
    client: "@google/genai, register as the application's first import",
    package: '@google/genai',
    folder: 'few',
    how: "`import 'live-otel/register'` as first line",
    command: ['node', 'apps/first-import.mjs'],
    without: ['node', 'apps/genai.mjs'],
    expected: recorded,
  },
  {
    client: "@google/genai in an application's own NodeSDK, imported first",
    package: '@opentelemetry/sdk-node',
    folder: 'few',
    how: '`new LiveInstrumentation()` among its instrumentations',
    command: ['node', 'apps/own-sdk.mjs'],
    without: ['node', 'apps/genai.mjs'],
    expected: { outcome: 'own-sdk' },
  },
  {
    client: '@livekit/agents-plugin-google (realtime session)',
    package: '@livekit/agents-plugin-google',
    folder: 'few',
    how: preload,
    command: node('apps/livekit.mjs'),
    model: voiceModel,
    expected: recorded,
  },
  {
    client: '@livekit/agents-plugin-google, in a forked process',
    package: '@livekit/agents-plugin-google',
    folder: 'few',
    how: preload,
    command: node('apps/livekit-job.mjs'),
    model: voiceModel,
    expected: recorded,
  },
  ...(['ws', 'global', 'relay'] as const).map(
    (kind): ClientCase => ({
      client: { ws: 'ws', global: 'global WebSocket', relay: 'relay that passes bytes (ws)' }[kind],
      ...(kind !== 'global' && { package: 'ws' }),
      folder: 'few',
      how: preload,
      command: node('apps/sockets.mjs'),
      env: { SOCKET: kind },
      expected: recorded,
    }),
  ),
  {
    client: '@google/genai (`ai.live.music`)',
    package: '@google/genai',
    folder: 'few',
    how: preload,
    command: node('apps/music.mjs'),
    model: 'lyria-realtime-exp',
    expected: { outcome: 'music' },
  },
  {
    client: 'tsx, CommonJS',
    package: 'tsx',
    folder: 'few',
    how: preload,
    command: ['tsx', '$preload', 'apps/genai.cts'],
    expected: recorded,
  },
  {
    client: 'tsx, ES modules',
    package: 'tsx',
    folder: 'few',
    how: preload,
    command: ['tsx', '$preload', 'apps/genai.mjs'],
    expected: recorded,
  },
  {
    client: 'TypeScript that Node.js runs itself',
    version: `Node.js ${process.versions.node}`,
    folder: 'few',
    how: preload,
    command: node('apps/genai.ts'),
    expected: recorded,
  },
  {
    client: 'esbuild',
    folder: 'few',
    how: `plugin of \`live-otel/bundler\`, and ${preload}`,
    build: ['node', 'apps/bundles/esbuild.mjs', '$out.mjs'],
    command: ['node', '$preload', '$out.mjs'],
    expected: recorded,
  },
  {
    client: 'esbuild, without the plugin',
    package: 'esbuild',
    folder: 'few',
    how: 'the warning names the file of the bundle, the plugin, and what to leave out of it',
    build: ['node', 'apps/bundles/esbuild.mjs', '$out.mjs', 'without'],
    command: ['node', '$preload', '$out.mjs'],
    expected: {
      outcome: 'said',
      warning: /bundle-\d+\.mjs opened a Live session that live-otel does not see/,
    },
  },
  ...[10, 8, 11].map(
    (major): ClientCase => ({
      client: `@sentry/node ${major}`,
      package: `sentry-${major}`,
      folder: major === 10 ? 'few' : 'all',
      how: `${preload}, with \`LIVE_OTEL_FILE\` or \`OTEL_EXPORTER_OTLP_ENDPOINT\``,
      command: node(`apps/sentry-${major}.mjs`),
      expected: recorded,
    }),
  ),
  {
    client: '@google/adk (`runLive`)',
    package: '@google/adk',
    folder: 'all',
    how: preload,
    command: node('apps/adk.mjs'),
    env: { MODEL: voiceModel, TURNS: '2' },
    model: voiceModel,
    expected: recorded,
  },
  {
    client: '@google/adk (`runLive`) with a 3.x model',
    package: '@google/adk',
    folder: 'all',
    how: preload,
    command: node('apps/adk.mjs'),
    env: { MODEL: 'gemini-3.1-flash-live-preview', TURNS: '1' },
    model: 'gemini-3.1-flash-live-preview',
    expected: recorded,
  },
  {
    client: '@mastra/voice-google-gemini-live',
    folder: 'all',
    how: preload,
    command: ['node', '--require', './apps/redirect.cjs', '$preload', 'apps/mastra.mjs'],
    tls: ['generativelanguage.googleapis.com'],
    expected: recorded,
  },
  {
    client: '@ai-sdk/google (realtime, server side)',
    package: '@ai-sdk/google',
    folder: 'all',
    how: preload,
    command: node('apps/ai-sdk.mjs'),
    expected: recorded,
  },
  {
    client: 'firebase (`getLiveGenerativeModel`, in Node)',
    package: 'firebase',
    folder: 'all',
    how: preload,
    command: ['node', '--require', './apps/redirect.cjs', '$preload', 'apps/firebase.mjs'],
    tls: ['firebasevertexai.googleapis.com'],
    expected: recorded,
  },
  {
    client: 'undici (`WebSocket`)',
    package: 'undici',
    folder: 'all',
    how: preload,
    command: node('apps/socket-of.mjs'),
    env: { LIBRARY: 'undici' },
    expected: recorded,
  },
  ...(
    [
      ['websocket (`w3cwebsocket`)', 'websocket', 'WebSocketClient'],
      ['faye-websocket', 'faye-websocket', 'client'],
    ] as const
  ).map(
    ([client, library, file]): ClientCase => ({
      client,
      package: library,
      folder: 'all',
      how: 'the warning names what to use in its place: `ws`, `undici` or the global WebSocket',
      command: node('apps/socket-of.mjs'),
      env: { LIBRARY: library },
      expected: {
        outcome: 'said',
        warning: new RegExp(`${file}\\.js opened a Live session that live-otel does not see`),
      },
    }),
  ),
  {
    client: '@google/genai/web in Node',
    package: '@google/genai',
    folder: 'all',
    how: preload,
    command: node('apps/genai-web.mjs'),
    expected: recorded,
  },
  ...(
    [
      ['@google/genai/web in Chromium', '@google/genai', 'sdk', '`instrument()` of `live-otel/browser`'],
      ['WebSocket in Chromium', chromium, 'socket', '`live-otel/browser`'],
      [
        '@google/genai/web beside @opentelemetry/sdk-trace-web, in Chromium',
        '@opentelemetry/sdk-trace-web',
        'own-sdk',
        '`live-otel/browser` with `registerInstrumentations()`; the spans go to its provider',
      ],
    ] as const
  ).map(
    ([client, name, page, how]): ClientCase => ({
      client,
      package: name,
      folder: 'web',
      how,
      command: ['node', 'apps/page.mjs', page],
      expected: recorded,
    }),
  ),
  {
    client: '@opentelemetry/auto-instrumentations-node',
    folder: 'all',
    how: `${preload}; the spans go to its provider`,
    command: [
      'node',
      '--require',
      '@opentelemetry/auto-instrumentations-node/register',
      '$preload',
      'apps/genai.mjs',
    ],
    env: { OTEL_TRACES_EXPORTER: 'console', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
    expected: { outcome: 'own-sdk' },
  },
  {
    client: 'dd-trace',
    folder: 'all',
    how: preload,
    command: ['node', '--require', 'dd-trace/init', '$preload', 'apps/genai.mjs'],
    env: quiet,
    expected: recorded,
  },
  {
    client: 'newrelic',
    folder: 'all',
    how: preload,
    command: ['node', '--require', 'newrelic', '$preload', 'apps/genai.mjs'],
    env: quiet,
    expected: recorded,
  },
  {
    client: 'jest',
    folder: 'all',
    how: '`setupFiles`, as in [testing.md](testing.md#in-jest)',
    command: ['jest', '--config', 'apps/jest/jest.config.cjs'],
    without: ['jest', '--config', 'apps/jest/without.config.cjs'],
    expected: recorded,
  },
  ...(
    [
      ['rollup', '$out.mjs'],
      ['webpack', '$out.cjs'],
      ['vite', '$out.mjs'],
    ] as const
  ).map(
    ([bundler, out]): ClientCase => ({
      client: bundler,
      folder: 'all',
      how: `plugin of \`live-otel/bundler\`, and ${preload}`,
      build: ['node', `apps/bundles/${bundler}.mjs`, out],
      command: ['node', '$preload', out],
      expected: recorded,
    }),
  ),
  ...(
    [
      ['pnpm, each package with its own `node_modules`', 'pnpm', 'node'],
      ['Yarn Plug’n’Play, without `node_modules`', '@yarnpkg/cli-dist', 'yarn node'],
    ] as const
  ).map(
    ([client, name, command]): ClientCase => ({
      client,
      package: name,
      folder: 'all',
      how: command === 'node' ? preload : '`yarn node --require live-otel/register`',
      build: ['node', 'apps/installed/install.mjs', name === 'pnpm' ? 'pnpm' : 'yarn', '$out'],
      command: ['sh', '-c', `cd "$0" && exec ${command} "$@" src/app/genai.mjs`, '$out', '$preload'],
      expected: recorded,
    }),
  ),
  {
    client: 'PM2, in a cluster',
    package: 'pm2',
    folder: 'all',
    how: "`node_args: '--require live-otel/register'` of the application",
    command: ['pm2-runtime', 'start', 'apps/pm2.config.cjs', '--only', 'recorded', '--raw'],
    without: ['pm2-runtime', 'start', 'apps/pm2.config.cjs', '--only', 'without', '--raw'],
    expected: recorded,
  },
  {
    client: 'Next.js (route handler)',
    package: 'next',
    folder: 'all',
    how: "`await import('live-otel/register')` in `instrumentation.js`, and `serverExternalPackages: ['@google/genai', 'live-otel']`",
    build: ['node', 'apps/next/next.mjs', 'build'],
    command: ['node', 'apps/next/next.mjs', 'start'],
    expected: recorded,
  },
  {
    client: 'Bun',
    package: 'bun',
    folder: 'all',
    how: '`bun --preload live-otel/register`: the application runs as it would',
    command: ['bun', '--preload', 'live-otel/register', 'apps/genai.mjs'],
    without: ['bun', 'apps/genai.mjs'],
    expected: { outcome: 'said', warning: /live-otel\/register needs Node\.js; this is Bun\./ },
  },
  {
    client: 'Deno',
    package: 'deno',
    folder: 'all',
    how: '`deno run --preload node_modules/live-otel/dist/register.cjs`: the application runs as it would',
    command: [
      'deno',
      'run',
      '-A',
      '--node-modules-dir=manual',
      '--preload',
      'node_modules/live-otel/dist/register.cjs',
      'apps/genai.mjs',
    ],
    without: ['deno', 'run', '-A', '--node-modules-dir=manual', 'apps/genai.mjs'],
    expected: { outcome: 'said', warning: /live-otel\/register needs Node\.js; this is Deno\./ },
  },
  {
    client: 'google-genai (Python)',
    version: pythonVersion,
    folder: 'all',
    how: 'over TLS, with a key',
    build: ['node', 'apps/languages/python.mjs', '$out', pythonVersion],
    command: ['$out/bin/python', 'apps/languages/talk.py'],
    tls: [],
    expected: { outcome: 'served' },
  },
  {
    client: 'google.golang.org/genai (Go)',
    version: goVersion,
    folder: 'all',
    how: 'over TLS, with a key',
    build: ['go', 'build', '-C', 'apps/languages/go', '-o', '$out', '.'],
    command: ['$out'],
    tls: [],
    expected: { outcome: 'served' },
  },
];
