// node apps/installed/install.mjs pnpm|yarn FOLDER: the application that talks, in a folder whose packages that manager installed.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [manager, folder] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const versionOf = (name) => JSON.parse(readFileSync(here(`../../node_modules/${name}/package.json`))).version;
const packages = ['@google/genai', '@opentelemetry/api'];

mkdirSync(folder, { recursive: true });
for (const [from, to] of [
  ['../genai.mjs', 'src/app/genai.mjs'],
  ['../../../talk.mjs', 'talk.mjs'],
]) {
  cpSync(here(from), resolve(folder, to));
}
writeFileSync(
  resolve(folder, 'package.json'),
  JSON.stringify({
    name: 'app',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
      'live-otel': `file:${here('../../node_modules/live-otel')}`,
    },
  }),
);
const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
const commands = {
  pnpm: ['pnpm', 'install', '--ignore-scripts', `--registry=${registry}`],
  yarn: ['yarn', 'install'],
};
const [file, ...args] = commands[manager];
execFileSync(here(`../../node_modules/.bin/${file}`), args, {
  cwd: folder,
  stdio: 'inherit',
  env: {
    ...process.env,
    YARN_NODE_LINKER: 'pnp',
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_ENABLE_TELEMETRY: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  },
});
