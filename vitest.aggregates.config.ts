import { defineConfig } from 'vitest/config';

/** The queries of aggregates/ in a real ClickHouse engine. */
export default defineConfig({
  test: {
    include: ['test/aggregates/**/*.test.ts'],
    globalSetup: 'test/aggregates/support/python.ts',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
