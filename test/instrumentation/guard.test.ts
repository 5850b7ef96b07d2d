import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  diag.disable();
  vi.resetModules();
});

/** A guard that has not warned yet, and what it logs. */
async function fresh() {
  const logged: [string, ...unknown[]][] = [];
  const at =
    (level: string) =>
    (...args: unknown[]) => {
      logged.push([level, ...args]);
    };
  const logger: DiagLogger = {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    verbose: at('verbose'),
  };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
  logged.length = 0;
  return { ...(await import('../../src/instrumentation/guard.ts')), logged };
}

const message = 'live-otel: testing failed; the application goes on, this part of its telemetry is missing.';
const fail = (error: unknown) => () => {
  throw error;
};

it('returns what the entry returns', async () => {
  const { guarded } = await fresh();
  expect(guarded('testing', () => 7)).toBe(7);
});

it('warns once, then says more at debug level', async () => {
  const { guarded, logged } = await fresh();
  expect(guarded('testing', fail('first'))).toBeUndefined();
  expect(guarded('testing', fail('second'))).toBeUndefined();
  expect(logged).toEqual([
    ['warn', message, 'first'],
    ['debug', message, 'second'],
  ]);
});

it('logs where it failed, without the credentials that the error holds', async () => {
  const { guarded, logged } = await fresh();
  guarded('testing', () => new URL('http://host:99999/?key=AIzaPlanted'));
  const error = new Error('Cannot reach wss://host/?key=AIzaPlanted');
  guarded('testing', fail(error));
  expect(logged.map(([, , stack]) => String(stack).split('\n')[0])).toEqual([
    'TypeError: Invalid URL',
    'Error: Cannot reach wss://host/?key=[redacted]',
  ]);
  expect(String(logged[1]?.[2])).toContain('guard.test.ts');
});

it('survives a logger that throws', async () => {
  const { guarded } = await fresh();
  diag.setLogger(
    { ...console, verbose: fail('full'), warn: fail('full') },
    { suppressOverrideMessage: true },
  );
  expect(guarded('testing', fail('first'))).toBeUndefined();
});
