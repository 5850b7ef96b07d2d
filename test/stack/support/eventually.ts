import { vi } from 'vitest';

/** The answer, once it no longer throws: asked again and again, on a machine that may be slow. */
export function eventually<Answer>(ask: () => Promise<Answer>, timeout = 120_000): Promise<Answer> {
  return vi.waitFor(ask, { timeout, interval: 250 });
}
