/** From facts to findings. Pure. */
import { isSupportedNode, isSupportedSdk, supported, supportedNode } from '../../conventions/support.ts';
import { counted, duration } from '../../conventions/words.ts';
import type { Check, CheckId, Facts } from './check.ts';

/** One finding for each check, in the order of {@link Facts}; of clients, models and setups only what is found. */
export function judge(facts: Facts): readonly Check[] {
  return [
    node(facts),
    sdk(facts),
    ...client(facts),
    api(facts),
    sdkLine(facts),
    register(facts),
    bundler(facts),
    settings(facts),
    endpoint(facts),
    file(facts),
    ...models(facts),
    ...setup(facts),
  ];
}

function node({ nodeVersion }: Facts): Check {
  if (isSupportedNode(nodeVersion)) return ok('node', `Node.js ${nodeVersion}.`);
  return fail(
    'node',
    `Node.js ${nodeVersion} is older than ${supportedNode}.`,
    `Run the application on Node.js ${supportedNode} or newer.`,
  );
}

function sdk({ genai, clients, directory }: Facts): Check {
  const sdks = [
    ...(genai ? [{ found: `@google/genai ${genai.version} (${genai.entry})`, version: genai.version }] : []),
    ...clients.flatMap(({ name, version, genai: own }) =>
      own && own.entry !== genai?.entry
        ? [{ found: `@google/genai ${own.version} of ${name} ${version}`, version: own.version }]
        : [],
    ),
  ];
  const outside = sdks.filter(({ version }) => !isSupportedSdk(version));
  if (outside.length > 0) {
    return fail(
      'sdk',
      `${outside.map(({ found }) => found).join(', ')} is outside ${supported.sdk}: it would not be instrumented.`,
      'Install a version in that range.',
    );
  }
  if (sdks.length === 0 && clients.length === 0) {
    return fail(
      'sdk',
      `No client of the Live API can be resolved from ${directory}.`,
      "Run this in the application's own directory. A client of its own on the global WebSocket is recorded as well.",
    );
  }
  return ok(
    'sdk',
    sdks.length > 0
      ? `${sdks.map(({ found }) => found).join(', ')}, within ${supported.sdk}.`
      : 'No @google/genai here; sessions are recorded without it, too.',
  );
}

/** What records the sessions of each client, which need not be the SDK. */
function client({ clients }: Facts): readonly Check[] {
  return clients.map(({ name, version, through, where, mind }) => {
    const address = through === 'socket' ? ", where the address is Google's or in LIVE_OTEL_ENDPOINTS" : '';
    return ok(
      'client',
      [`${name} ${version}: its sessions are recorded ${where}${address}.`, mind].filter(Boolean).join(' '),
    );
  });
}

function api({ apiCopies }: Facts): Check {
  const [first, ...others] = apiCopies;
  if (!first) {
    return fail(
      'api',
      '@opentelemetry/api cannot be resolved from here: live-otel records nothing without it.',
      'Run npm install @opentelemetry/api.',
    );
  }
  const [major] = numbers(first.version);
  if (major !== 1) {
    return fail(
      'api',
      `@opentelemetry/api ${first.version} is outside ${supported.api}.`,
      'Install @opentelemetry/api@^1.9.0.',
    );
  }
  const versions = [...new Set(apiCopies.map(({ version }) => version))];
  if (others.length > 0) {
    return warn(
      'api',
      `${apiCopies.length} copies of @opentelemetry/api (${versions.join(', ')}): a tracer of a newer copy is not seen by an older one.`,
      'Make them one: npm dedupe.',
    );
  }
  return ok('api', `@opentelemetry/api ${first.version}, one copy.`);
}

function sdkLine({ otelSdks }: Facts): Check {
  if (otelSdks.length === 0)
    return ok('sdk_line', 'No other OpenTelemetry SDK: live-otel/register brings its own.');
  const found = otelSdks.map(({ name, version }) => `${name} ${version}`).join(', ');
  return ok(
    'sdk_line',
    `${found}: where the application starts it, add instrumentations: [new LiveInstrumentation()]; register starts no second one.`,
  );
}

const registerModule = /live-otel\S*\bregister/;
const registerFlag = /(?:-r|--require|--import)[ =](\S*live-otel\S*\bregister\S*)/;

function register({ nodeOptions, manifest, required, registerPath, instrumentedIn, hasPage }: Facts): Check {
  const missing = required.filter(({ found }) => !found).map(({ name }) => name);
  if (missing.length > 0) {
    return fail(
      'register',
      `${missing.join(', ')} cannot be resolved from here: node would not start.`,
      'Install it here, or correct the path.',
    );
  }
  const [, preload] = registerFlag.exec(nodeOptions) ?? [];
  if (preload !== undefined) {
    const absolute = /^["']?(?:\/|[A-Za-z]:|file:)/.test(preload);
    return ok(
      'register',
      absolute
        ? 'NODE_OPTIONS loads live-otel/register.'
        : `NODE_OPTIONS loads live-otel/register. A child process in another folder does not find ${preload} and cannot start; with an absolute path it does: NODE_OPTIONS="--require ${registerPath}".`,
    );
  }
  const given = required.find(({ name }) => registerModule.test(name));
  if (given) return ok('register', `${given.name} is loaded.`);
  const script = Object.entries(manifest?.scripts ?? {}).find(([, text]) => registerFlag.test(text));
  if (script) return ok('register', `The script "${script[0]}" of package.json loads live-otel/register.`);
  if (instrumentedIn !== undefined) {
    const { file, of } = instrumentedIn;
    return ok(
      'register',
      of === 'page'
        ? `${file} records the sessions of its page with live-otel/browser.`
        : `${file} adds LiveInstrumentation to an SDK of the application's own: load it before the application, as with node --import ./${file} app.js.`,
    );
  }
  return warn(
    'register',
    'Neither NODE_OPTIONS nor a script of package.json loads live-otel/register.',
    `Start the application with node --require live-otel/register, or with NODE_OPTIONS="--require ${registerPath}", or add LiveInstrumentation to your own NodeSDK.${hasPage ? ' A page is recorded by live-otel/browser: docs/browser.md.' : ''}`,
  );
}

function bundler({ bundlerFiles, manifest }: Facts): Check {
  const command = Object.entries(manifest?.scripts ?? {}).find(([, text]) =>
    /\b(esbuild|webpack|rollup|rolldown|tsdown|tsup|vite build|next build|ncc build|bun build)\b/.test(text),
  );
  const signs = [...bundlerFiles, ...(command ? [`the script "${command[0]}"`] : [])];
  if (signs.length === 0) return ok('bundler', 'No sign of a bundler.');
  return warn(
    'bundler',
    `A bundler is in use (${signs.join(', ')}): an SDK that is inlined into the bundle is not seen being loaded.`,
    /\bnext (?:build|dev)\b|next\.config/.test([command?.[1], ...bundlerFiles].join(' '))
      ? "In next.config set serverExternalPackages: ['@google/genai', 'live-otel'], and in register() of instrumentation.js await import('live-otel/register')."
      : 'Mark @google/genai and ws as external, add the plugin of live-otel/bundler, or call new LiveInstrumentation().instrument(genai).',
  );
}

function settings({ disabled, settingsWarnings }: Facts): Check {
  if (disabled) {
    return fail('settings', 'OTEL_SDK_DISABLED is true: nothing is recorded.', 'Unset OTEL_SDK_DISABLED.');
  }
  return settingsWarnings.length === 0
    ? ok('settings', 'The OTEL_* and LIVE_OTEL_* variables are understood.')
    : warn('settings', settingsWarnings.join(' '), 'Correct these variables.');
}

function endpoint({ endpoint: { url, configured, answer } }: Facts): Check {
  if ('status' in answer && answer.status < 400) {
    return ok('endpoint', configured ? `${url} answers.` : `${url} answers, but OTLP is not configured.`);
  }
  if (!configured) return ok('endpoint', 'OTLP is not configured.');
  const problem =
    'status' in answer ? `answers with status ${answer.status}` : `does not answer: ${answer.error}`;
  return fail(
    'endpoint',
    `${url} ${problem}.`,
    'Check OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS and the collector.',
  );
}

function file({ file: { path, used, problem, recorded } }: Facts): Check {
  const there = recorded === undefined ? '' : ` ${recordedSoFar(recorded)}`;
  if (!used)
    return ok(
      'file',
      `No file is written.${recorded === undefined ? '' : ` ${path} is from before.${there}`}`,
    );
  return problem === undefined
    ? ok('file', `${path} can be written.${there}`)
    : fail(
        'file',
        `${path} cannot be written: ${problem}.`,
        'Set LIVE_OTEL_FILE to a path that can be written.',
      );
}

function recordedSoFar({ sessions, lastMsAgo }: NonNullable<Facts['file']['recorded']>): string {
  const last = `last written ${duration(lastMsAgo)} ago`;
  if (sessions === undefined) return `It is too large to count its sessions here; ${last}.`;
  return sessions === 0
    ? `It holds no session; ${last}.`
    : `It holds ${counted(sessions, 'session')}, ${last}.`;
}

function models({ retiredNames }: Facts): readonly Check[] {
  return retiredNames.map(({ file, model, replacedBy }) =>
    warn(
      'models',
      `${file} names ${model}, which the service has withdrawn.`,
      replacedBy === undefined ? 'Use a current Live model.' : `Use ${replacedBy} instead.`,
    ),
  );
}

function setup({ setup: given }: Facts): readonly Check[] {
  if (given === undefined) return [];
  const { file, problems } = given;
  return problems.length === 0
    ? [ok('setup', `Nothing is known against the setup in ${file}.`)]
    : problems.map(({ message, remedy }) => warn('setup', `${file}: ${message}`, remedy));
}

function numbers(version: string): readonly number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}

function ok(id: CheckId, message: string): Check {
  return { id, status: 'ok', message };
}

function warn(id: CheckId, message: string, remedy: string): Check {
  return { id, status: 'warn', message, remedy };
}

function fail(id: CheckId, message: string, remedy: string): Check {
  return { id, status: 'fail', message, remedy };
}
