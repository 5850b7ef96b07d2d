import { spanProcessorsOf } from './queues.ts';

/** What a tracer provider that is not ours does with spans. */
export type ProviderVerdict =
  /** As far as can be seen, they go where the application wants them. */
  | { readonly spans: 'exported' }
  /** They reach one vendor's own backend only, and no destination that OpenTelemetry's variables name. */
  | { readonly spans: 'swallowed'; readonly by: string }
  | { readonly spans: 'dropped' };

export function judgeProvider(provider: object): ProviderVerdict {
  const processors = processorsOf(provider);
  if (nameOf(provider).startsWith('Sentry')) return { spans: 'swallowed', by: 'Sentry' };
  if (processors === undefined) return { spans: 'exported' };
  if (processors.length === 0) return { spans: 'dropped' };
  return processors.every((processor) => nameOf(processor).startsWith('Sentry'))
    ? { spans: 'swallowed', by: 'Sentry' }
    : { spans: 'exported' };
}

/** `undefined` where the provider is none of OpenTelemetry's SDK. */
function processorsOf(provider: object): readonly unknown[] | undefined {
  if ('_activeSpanProcessor' in provider) return spanProcessorsOf(provider);
  // SDK 1.x.
  const { _registeredSpanProcessors: processors } = provider as {
    readonly _registeredSpanProcessors?: readonly unknown[];
  };
  return processors;
}

function nameOf(value: unknown): string {
  return (value as { constructor?: { name?: string } } | undefined)?.constructor?.name ?? '';
}
