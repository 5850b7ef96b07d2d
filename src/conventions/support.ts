/** Major versions of `@google/genai`. */
const sdkMajors = { from: 1, before: 4 } as const;

/** What this package runs with. `package.json`, README and documents say the same: a test holds them to it. Imports nothing. */
export const supported = {
  node: { major: 22, minor: 15 },
  /** Of `@google/genai`. */
  sdk: `>=${sdkMajors.from}.0.0 <${sdkMajors.before}`,
  /** Of `@opentelemetry/api`. */
  api: '>=1.9.0 <2',
} as const;

/** Where telemetry goes and `report` reads, unless told otherwise. */
export const defaultFile = 'live-otel.jsonl';

/** `22.15`. */
export const supportedNode = `${supported.node.major}.${supported.node.minor}`;

export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > supported.node.major || (major === supported.node.major && minor >= supported.node.minor);
}

/** The runtime, where it is another one than Node.js that calls itself so. */
export function otherRuntime({
  bun,
  deno,
}: Readonly<Record<string, string | undefined>>): string | undefined {
  if (bun !== undefined) return 'Bun';
  return deno === undefined ? undefined : 'Deno';
}

/** Whether a version of `@google/genai` is within `supported.sdk`. */
export function isSupportedSdk(version: string): boolean {
  const major = Number.parseInt(version, 10);
  return major >= sdkMajors.from && major < sdkMajors.before;
}
