import { describe, expect, it } from 'vitest';
import { endings, endWithSessions } from './endings.ts';
import { receiverKinds } from './receivers.ts';

const sessions = 3;
/** A sample: `npm run bench:reliability` takes all of them. */
const sample = endings.filter(({ application, trigger }) => application === 'exit' || trigger === 'SIGHUP');

/** Sentences about telemetry that is lost. */
const losses = (stderr: string): readonly string[] =>
  stderr.split('\n').filter((line) => /lost|could not be sent/.test(line));

describe.each(receiverKinds)('a receiver that $name', ({ takes, inPart = false, start }) => {
  it.each(sample)(
    `${takes ? 'has' : 'has not, and that is said once,'} what a process leaves that ends by $name`,
    async (ending) => {
      const receiver = await start();
      const ended = await endWithSessions(ending, sessions, {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_LOG_LEVEL: 'warn',
        LIVE_OTEL_EXIT_TIMEOUT_MS: takes ? '60000' : '1000',
      });
      await receiver.close();
      expect({ code: ended.code, signal: ended.signal }).toEqual(
        ending.trigger === undefined ? { code: 3, signal: null } : { code: null, signal: 'SIGHUP' },
      );
      expect(receiver.closures()).toBe(takes ? sessions : 0);
      expect(losses(ended.stderr)).toHaveLength(takes ? 0 : 1);
      expect(ended.stderr.includes('took only a part of the traces; it refused 1')).toBe(inPart);
      expect(receiver.mostConnections).toBeLessThanOrEqual(16);
    },
    120_000,
  );
});
