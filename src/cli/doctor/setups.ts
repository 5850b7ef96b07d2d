/** What the table of models has against the setups of an application. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { liveModel } from '../../models/lookup.ts';
import { type SetupProblem, setupProblems } from '../../models/setup-problems.ts';
import { isObject, type JsonObject } from '../../protocol/fields.ts';
import { summarizeSetup } from '../../protocol/setup.ts';
import { UsageError } from '../usage-error.ts';

/** A file that names a model that the service has withdrawn. */
export interface RetiredName {
  readonly file: string;
  readonly model: string;
  readonly replacedBy?: string;
}

const mostFiles = 500;
const largestFile = 256 * 1_024;
const source = /\.(?:[cm]?[jt]sx?|json|ya?ml|toml)$|^\.env/;
const passedOver = /^(?:node_modules|dist|build|out|coverage|docs?|tests?|package-lock\.json|\..+)$/;
const modelName = /\bgemini-(?:live-)?\d[\w.-]*[\w]/g;

/**
 * Problems of a setup in a JSON file: a `setup` message, what is in it, or the parameters of `connect()`, `model` and
 * `config`.
 *
 * @throws UsageError where the file is none of these
 */
export async function problemsOfFile(file: string): Promise<readonly SetupProblem[]> {
  return setupProblems(summarizeSetup(wireSetup(await read(file), file)));
}

async function read(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is no JSON' : 'it cannot be read';
    throw new UsageError(`${file}: ${why}. Give a JSON file with the setup of a session.`, 2);
  }
}

function wireSetup(value: unknown, file: string): JsonObject {
  const given = isObject(value) && isObject(value.setup) ? value.setup : value;
  if (!isObject(given) || typeof given.model !== 'string') {
    throw new UsageError(
      `${file}: it names no model. Give a setup, or model and config as for connect().`,
      2,
    );
  }
  const { config, ...rest } = given;
  // The library puts the options of the generation one level deeper.
  return isObject(config) ? { ...rest, ...config, generationConfig: config } : given;
}

/** Retired models that files of the application name. */
export async function retiredNames(directory: string): Promise<readonly RetiredName[]> {
  const files = await sourcesIn(directory, []);
  const found = await Promise.all(
    files.map(async (file): Promise<readonly RetiredName[]> => {
      const text = await readFile(file, 'utf8').catch(() => '');
      const names = new Set(text.match(modelName) ?? []);
      return [...names].flatMap((name) => {
        const { entry } = liveModel(name);
        if (entry?.status !== 'retired') return [];
        const { replacedBy } = entry;
        return [
          {
            file: path.relative(directory, file),
            model: name,
            ...(replacedBy !== undefined && { replacedBy }),
          },
        ];
      });
    }),
  );
  return found.flat();
}

/** The file of the application that adds the instrumentation to an SDK or a page, relative to the directory. */
export async function instrumentedIn(
  directory: string,
): Promise<{ readonly file: string; readonly of: 'process' | 'page' } | undefined> {
  for (const file of await sourcesIn(directory, [])) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (!/\bnew LiveInstrumentation\b/.test(text)) continue;
    const of = text.includes('live-otel/browser') ? 'page' : 'process';
    return { file: path.relative(directory, file), of };
  }
  return undefined;
}

async function sourcesIn(folder: string, files: string[]): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    if (files.length >= mostFiles) break;
    const at = path.join(folder, entry.name);
    if (entry.isFile() && source.test(entry.name) && entry.name !== 'package-lock.json') {
      const { size } = await stat(at).catch(() => ({ size: 0 }));
      if (size <= largestFile) files.push(at);
    } else if (entry.isDirectory() && !passedOver.test(entry.name)) {
      await sourcesIn(at, files);
    }
  }
  return files;
}
