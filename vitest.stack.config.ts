import { defineConfig } from 'vitest/config';

/** Black-box tests against the real servers: one stack for all files, and a few that start another to break it. */
export default defineConfig({
  test: {
    include: ['test/stack/**/*.test.ts'],
    globalSetup: 'test/stack/support/setup.ts',
    // The files share two cores with the servers.
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
