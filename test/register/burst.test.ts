import { expect, it } from 'vitest';
import { burst } from './burst.ts';

const sessions = 300;

it(`${sessions} sessions that the service closes at once are at the receiver while the application runs on, in a handful of requests`, async () => {
  const result = await burst(
    sessions,
    'until all are there',
    { OTEL_BSP_SCHEDULE_DELAY: '60000' },
    { otlp: true },
  );
  expect(result.closures).toBe(sessions);
  // Four times a second, of traces and logs; if each closure were sent by itself, there were more than sessions.
  expect(result.requests).toBeLessThan(sessions / 4);
}, 120_000);
