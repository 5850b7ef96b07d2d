/** Whether an OTLP/HTTP endpoint answers. */
import { readSettings } from '../register/settings.ts';

export interface OtlpProbe {
  /** Where traces go, without credentials. */
  readonly url: string;
  /** The environment asks for OTLP; else the address is the default of the specification. */
  readonly configured: boolean;
  readonly answer: { readonly status: number } | { readonly error: string };
}

/** Posts an empty export request, which a receiver accepts and stores nothing of. Waits at most `timeoutMs`. */
export async function probeOtlp(env: NodeJS.ProcessEnv, timeoutMs: number): Promise<OtlpProbe> {
  const url = tracesUrl(env);
  const configured = readSettings(env).settings.routes.traces.network;
  const probe = { url: withoutCredentials(url), configured };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...tracesHeaders(env), 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return { ...probe, answer: { status: response.status } };
  } catch (error) {
    return { ...probe, answer: { error: reasonOf(error, timeoutMs) } };
  }
}

/** As the SDK's exporter reads it; where that is no URL, the default of the specification. */
function tracesUrl(env: NodeJS.ProcessEnv): string {
  const own = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?.trim();
  if (own && URL.canParse(own)) return new URL(own).href;
  const general = env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  const base = general && URL.canParse(general) ? general : 'http://localhost:4318';
  return new URL(`${base.replace(/\/$/, '')}/v1/traces`).href;
}

function tracesHeaders(env: NodeJS.ProcessEnv): Record<string, string> {
  const { OTEL_EXPORTER_OTLP_HEADERS: general, OTEL_EXPORTER_OTLP_TRACES_HEADERS: own } = env;
  const pairs = [general, own].flatMap((list) => list?.split(',') ?? []).map((pair) => pair.split('='));
  return Object.fromEntries(
    pairs.flatMap(([name = '', ...value]) =>
      /^[\w-]+$/.test(name.trim()) ? [[name.trim(), decodeURIComponent(value.join('=').trim())]] : [],
    ),
  );
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  return error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.name;
}

/** Addresses of hosted backends may carry a token in their user part or query. */
function withoutCredentials(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
