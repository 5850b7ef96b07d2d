/** Kafka and OpenSearch for `npm run test:scale`: jars of Maven Central at the versions that deploy/native pins. */
import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CacheOptions, cached } from './cache.ts';
import { isInstalled, runCommand } from './command.ts';
import { installFromDebian } from './debian.ts';

const native = path.join(path.dirname(path.dirname(import.meta.dirname)), 'deploy/native');

/** Enough for some hundred sessions, on a machine that does other work. */
const memory = ['-Xmx384m', '-XX:+UseSerialGC'];

/** A program and its arguments. */
export interface JavaProgram {
  readonly binary: 'java';
  readonly args: readonly string[];
}

export interface JavaServers {
  /** Prepares a folder for the broker that the properties describe. */
  readonly kafkaFormat: (properties: string) => JavaProgram;
  readonly kafka: (properties: string) => JavaProgram;
  readonly opensearch: (folder: string, httpPort: number, transportPort: number) => JavaProgram;
}

/** Installs Java and Maven where they are missing and may be installed. Rejects with a sentence. */
export async function findJavaServers(options: CacheOptions = {}): Promise<JavaServers> {
  const { onProgress } = options;
  if (!(await isInstalled('javac', ['-version'])))
    await installFromDebian('default-jdk-headless', 'Java 17 or newer', onProgress);
  if (!(await isInstalled('mvn', ['-version']))) await installFromDebian('maven', 'Maven', onProgress);
  const kafka = await jars('kafka', options);
  const opensearch = await jars('opensearch', options);
  const java = (folder: string, ...args: readonly string[]): JavaProgram => ({
    binary: 'java',
    args: [...memory, '-cp', path.join(folder, '*'), ...args],
  });
  return {
    kafkaFormat: (properties) =>
      // Sixteen bytes, as every id of a cluster.
      java(kafka, 'kafka.tools.StorageTool', 'format', '-t', 'bGl2ZS1vdGVsLXNjYWxlMQ', '-c', properties),
    kafka: (properties) => java(kafka, 'kafka.Kafka', properties),
    opensearch: (folder, httpPort, transportPort) =>
      java(
        opensearch,
        path.join(opensearch, 'OpenSearchNode.java'),
        folder,
        String(httpPort),
        String(transportPort),
      ),
  };
}

/** The folder with what the pom of deploy/native names, and with what stands beside it. */
async function jars(name: string, options: CacheOptions): Promise<string> {
  const source = path.join(native, name);
  const { onProgress } = options;
  const files = (await readdir(source)).toSorted();
  return cached(
    {
      name,
      inputs: await Promise.all(files.map((file) => readFile(path.join(source, file)))),
      make: async (folder) => {
        await cp(source, folder, { recursive: true });
        const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
        await runCommand('mvn', ['--batch-mode', '--quiet', ...goal], {
          cwd: source,
          what: `fetching ${name}`,
          ...(onProgress && { onProgress }),
        });
      },
    },
    options,
  );
}
