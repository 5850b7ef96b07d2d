import { type ContextManager, ROOT_CONTEXT, type TracerProvider, trace } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { offerGlobalApi } from '../../src/register/global-api.ts';

const contextManager: ContextManager = {
  active: () => ROOT_CONTEXT,
  with: (_context, work, self, ...args) => work.apply(self, args),
  bind: (_context, target) => target,
  enable: () => contextManager,
  disable: () => contextManager,
};
const provider = (): TracerProvider => ({ getTracer: trace.getTracer.bind(trace) });
/** What is behind the proxy that the API registers. */
const behind = (taken: object | undefined) =>
  (taken as { getDelegate?(): object } | undefined)?.getDelegate?.();

it('forgets a provider that was disabled, offers its own again, and sees the one that comes after it', () => {
  const api = offerGlobalApi(contextManager);
  const [first, second, own] = [provider(), provider(), provider()];
  api.offer('trace', own);
  expect(trace.getTracerProvider()).toBe(own);
  expect(trace.setGlobalTracerProvider(first)).toBe(true);
  expect(behind(api.taken('trace'))).toBe(first);

  trace.disable();
  expect(api.taken('trace')).toBeUndefined();
  expect(trace.getTracerProvider()).toBe(own);

  trace.disable();
  expect(trace.setGlobalTracerProvider(second)).toBe(true);
  expect(behind(api.taken('trace'))).toBe(second);
  trace.disable();
});
