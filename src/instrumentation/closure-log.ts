import { diag } from '@opentelemetry/api';
import { duration } from '../conventions/words.ts';
import type { LiveClosure, LiveStall } from './live-closure.ts';
import { quietConsole } from './output.ts';

/** Values of `LIVE_OTEL_LOG`. `closures`: one line on standard error for each unexpected closure, and for each stall. */
export const closureLogs = ['off', 'closures'] as const;
export type ClosureLog = (typeof closureLogs)[number];

/** What `LIVE_OTEL_LOG` asks for. A value that is not allowed costs one warning through `diag`. */
export function closureLogOf(value: string | undefined): ClosureLog {
  const name = value?.trim().toLowerCase() ?? '';
  const log = closureLogs.find((allowed) => allowed === name);
  if (log === undefined && name !== '') {
    diag.warn(
      `live-otel: LIVE_OTEL_LOG is "${value}"; allowed are ${closureLogs.join(' and ')}; off is used.`,
    );
  }
  return log ?? 'off';
}

export function logClosure(closure: LiveClosure): void {
  quietConsole.error(closureLine(closure));
}

export function logStall(stall: LiveStall): void {
  quietConsole.error(stallLine(stall));
}

/** Time, code and reason, cause and how sure it is, what preceded it, whether to connect again, and the trace. */
export function closureLine(closure: LiveClosure): string {
  const { at, code, reason, initiator, cause, confidence, preceding, precedingAgoMs, retry, traceId } =
    closure;
  return [
    new Date(at).toISOString(),
    'live-otel:',
    code === undefined ? `closed by the ${initiator}` : `closed with ${code}`,
    `${JSON.stringify(reason)},`,
    `cause ${cause} (${confidence}),`,
    precedingAgoMs === undefined ? `after ${preceding},` : `${duration(precedingAgoMs)} after ${preceding},`,
    ...(closure.model === undefined ? [] : [`model ${closure.model},`]),
    `retry ${retry.when},`,
    `trace ${traceId}`,
  ].join(' ');
}

/** Time, what is waited for and since when, its cause and how sure it is, and the trace. */
export function stallLine(stall: LiveStall): string {
  const { at, kind, since, tool, cause, confidence, model, traceId } = stall;
  return [
    new Date(at).toISOString(),
    'live-otel:',
    `stalled for ${duration(at - since)}: ${kind.replaceAll('_', ' ')}${tool === undefined ? '' : ` (${tool})`},`,
    `cause ${cause} (${confidence}),`,
    ...(model === undefined ? [] : [`model ${model},`]),
    `trace ${traceId}`,
  ].join(' ');
}
