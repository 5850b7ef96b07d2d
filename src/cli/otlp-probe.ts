/** Whether an OTLP/HTTP endpoint answers. */
import { readConfig } from '../register/config.ts';

export interface OtlpProbe {
  /** Where traces go, without credentials. */
  readonly url: string;
  /** The environment asks for OTLP; else the address is the default of the specification. */
  readonly configured: boolean;
  readonly answer: { readonly status: number } | { readonly error: string };
}

/** Posts an empty export request, which a receiver accepts and stores nothing of. Waits at most `timeoutMs`. */
export async function probeOtlp(env: NodeJS.ProcessEnv, timeoutMs: number): Promise<OtlpProbe> {
  const { destinations, otlp } = readConfig(env).config.signals.traces;
  const probe = { url: withoutCredentials(otlp.url), configured: destinations.includes('otlp') };
  try {
    const response = await fetch(otlp.url, {
      method: 'POST',
      headers: { ...otlp.headers, 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return { ...probe, answer: { status: response.status } };
  } catch (error) {
    return { ...probe, answer: { error: reasonOf(error, timeoutMs) } };
  }
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
