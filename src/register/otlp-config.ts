import { type EnvironmentReader, maxTimerMs, sentenceList } from './environment.ts';

export const signals = ['traces', 'metrics', 'logs'] as const;
export type Signal = (typeof signals)[number];

export const otlpProtocols = ['http/protobuf', 'http/json'] as const;
export type OtlpProtocol = (typeof otlpProtocols)[number];

/** Where and how one signal is sent. */
export interface OtlpEndpoint {
  /** Whole URL, path included. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocol: OtlpProtocol;
  readonly compression: 'none' | 'gzip';
  /** For one batch, retries included. */
  readonly timeoutMs: number;
  /** PEM files. */
  readonly certificateFile?: string;
  readonly clientKeyFile?: string;
  readonly clientCertificateFile?: string;
}

const defaultBase = 'http://localhost:4318';
const compressions = ['none', 'gzip'] as const;

/** Whether a variable says that OTLP is wanted, apart from the lists of exporters. */
export function isOtlpConfigured(env: EnvironmentReader): boolean {
  return ['', ...signals.map(prefixOf)].some(
    (prefix) => env.text(`OTEL_EXPORTER_OTLP_${prefix}ENDPOINT`) !== undefined,
  );
}

/** Settings of a signal; the ones named after it win over the general ones. */
export function readOtlpEndpoint(env: EnvironmentReader, signal: Signal): OtlpEndpoint {
  /** The name of the variable that applies. */
  const nameOf = (setting: string): string => {
    const own = `OTEL_EXPORTER_OTLP_${prefixOf(signal)}${setting}`;
    return env.text(own) === undefined ? `OTEL_EXPORTER_OTLP_${setting}` : own;
  };
  const grpcAsked = env.text(nameOf('PROTOCOL'))?.toLowerCase() === 'grpc';
  const certificateFile = env.text(nameOf('CERTIFICATE'));
  const clientKeyFile = env.text(nameOf('CLIENT_KEY'));
  const clientCertificateFile = env.text(nameOf('CLIENT_CERTIFICATE'));
  return {
    url: readUrl(env, signal, grpcAsked),
    headers: {
      ...env.pairs('OTEL_EXPORTER_OTLP_HEADERS', isHeader),
      ...env.pairs(`OTEL_EXPORTER_OTLP_${prefixOf(signal)}HEADERS`, isHeader),
    },
    protocol: grpcAsked
      ? warnOfGrpc(env, nameOf('PROTOCOL'))
      : env.choice(nameOf('PROTOCOL'), otlpProtocols, 'http/protobuf'),
    compression: env.choice(nameOf('COMPRESSION'), compressions, 'none'),
    timeoutMs: env.integer(nameOf('TIMEOUT'), {
      default: 10_000,
      min: 1,
      max: maxTimerMs,
      unit: 'milliseconds',
    }),
    ...(certificateFile !== undefined && { certificateFile }),
    ...(clientKeyFile !== undefined && { clientKeyFile }),
    ...(clientCertificateFile !== undefined && { clientCertificateFile }),
  };
}

function warnOfGrpc(env: EnvironmentReader, name: string): OtlpProtocol {
  env.warn(
    `${name} is "grpc"; allowed are ${sentenceList(otlpProtocols)}; http/protobuf is used, and port 4318 where the endpoint says 4317.`,
  );
  return 'http/protobuf';
}

function readUrl(env: EnvironmentReader, signal: Signal, grpcAsked: boolean): string {
  const own = readHttpUrl(
    env,
    `OTEL_EXPORTER_OTLP_${prefixOf(signal)}ENDPOINT`,
    `${defaultBase}/v1/${signal}`,
  );
  const url = own ?? readHttpUrl(env, 'OTEL_EXPORTER_OTLP_ENDPOINT', defaultBase) ?? new URL(defaultBase);
  if (grpcAsked && url.port === '4317') url.port = '4318';
  // The address of one signal is used as it is; a gRPC address has no path to use.
  const complete = own !== undefined && !(grpcAsked && url.pathname === '/');
  if (!complete) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/${signal}`;
  return url.href;
}

function readHttpUrl(env: EnvironmentReader, name: string, fallback: string): URL | undefined {
  const value = env.text(name);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  env.warn(`${name} is not an http:// or https:// URL; ${fallback} is used.`);
  return new URL(fallback);
}

/** What Node's HTTP client accepts; it throws on anything else. */
function isHeader(name: string, value: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function prefixOf(signal: Signal): string {
  return `${signal.toUpperCase()}_`;
}
