import type { SetupProblem } from '../../models/setup-problems.ts';
import type { OtlpProbe } from '../otlp-probe.ts';
import type { KnownClient } from './clients.ts';
import type { RetiredName } from './setups.ts';

/** One line of the doctor's findings. */
export interface Check {
  /** Stable, for readers of the JSON. */
  readonly id: CheckId;
  readonly status: 'ok' | 'warn' | 'fail';
  /** What was found, as a sentence. */
  readonly message: string;
  /** What to do about it. Absent when `ok`. */
  readonly remedy?: string;
}

export const checkIds = [
  'node',
  'sdk',
  'client',
  'api',
  'sdk_line',
  'register',
  'bundler',
  'settings',
  'endpoint',
  'file',
  'models',
  'setup',
] as const;
export type CheckId = (typeof checkIds)[number];

/** What the directory, the process and the network showed. Gathered by {@link gatherFacts}. */
export interface Facts {
  readonly nodeVersion: string;
  readonly directory: string;
  readonly nodeOptions: string;
  /** Of live-otel/register, absolute. */
  readonly registerPath: string;
  /** `undefined` without a readable package.json in the directory. */
  readonly manifest?: Manifest;
  readonly genai?: Resolved;
  /** Other packages that open Live sessions. */
  readonly clients: readonly Client[];
  /** Every copy under node_modules that was found, the one that resolves first. */
  readonly apiCopies: readonly Resolved[];
  /** `@opentelemetry/sdk-*` packages that resolve from the directory. */
  readonly otelSdks: readonly Resolved[];
  /** Bundler configuration files in the directory. */
  readonly bundlerFiles: readonly string[];
  /** Modules given to this check with `--require`. */
  readonly required: readonly { readonly name: string; readonly found: boolean }[];
  readonly endpoint: OtlpProbe;
  readonly file: {
    readonly path: string;
    readonly used: boolean;
    readonly problem?: string;
    /** Where the file is there: sessions in it, unless it is too large to count them, and when it was last written. */
    readonly recorded?: { readonly sessions?: number; readonly lastMsAgo: number };
  };
  /** `OTEL_SDK_DISABLED`. */
  readonly disabled: boolean;
  /** A file of the application that adds `LiveInstrumentation` to an SDK of its own, or that of `live-otel/browser` to a page. */
  readonly instrumentedIn?: { readonly file: string; readonly of: 'process' | 'page' };
  /** There is an `index.html`: sessions may be those of a page. */
  readonly hasPage: boolean;
  readonly retiredNames: readonly RetiredName[];
  /** Of the file given with `--setup`. */
  readonly setup?: { readonly file: string; readonly problems: readonly SetupProblem[] };
  /** What live-otel/register would warn of. */
  readonly settingsWarnings: readonly string[];
}

export interface Resolved {
  readonly name: string;
  readonly version: string;
  /** The file that `import` or `require` would load. */
  readonly entry: string;
}

export interface Client extends Resolved, KnownClient {
  /** The `@google/genai` that it uses, where it is one of its own. */
  readonly genai?: Resolved;
}

export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
}
