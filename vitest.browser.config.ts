import { defineConfig } from 'vitest/config';

/** The HTML page of the report in a real Chromium, found on the PATH or named by `CHROMIUM`. */
export default defineConfig({
  test: { include: ['test/browser/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 120_000 },
});
