import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/recordings/**',
      'test/stack/**',
      'test/aggregates/**',
      'test/fixtures/**',
      'test/browser/**',
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
