import { defineConfig } from 'vitest/config';

/** Replays of recorded traffic: `LIVE_RECORDINGS` names the folder that holds it. */
export default defineConfig({
  test: { include: ['test/recordings/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
