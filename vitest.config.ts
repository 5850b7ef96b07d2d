import { defineConfig } from 'vitest/config';

const inBrowser = ['test/browser/*.test.ts', 'test/browser/live/**/*.test.ts'];

/** Each project is a kind of test by what it needs; `npm test` runs `unit`, which needs only npm. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{recordings,scale,stack,aggregates,fixtures,clients}/**', ...inBrowser],
          // Against what hangs; a test that starts processes takes long on a busy machine.
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Replays of recorded traffic: `LIVE_RECORDINGS` names the folder that holds it.
        test: {
          name: 'recordings',
          include: ['test/recordings/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Pages in a real Chromium, found on the PATH or named by `CHROMIUM`: the report's, and those that hold sessions.
        test: {
          name: 'browser',
          include: [...inBrowser],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Real client libraries and tools, each in an application of its own: `npm run test:clients`.
        test: {
          name: 'clients',
          include: ['test/clients/*.test.ts'],
          globalSetup: 'test/clients/install.ts',
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The queries of deploy/aggregates in a real ClickHouse engine.
        test: {
          name: 'aggregates',
          include: ['test/aggregates/**/*.test.ts'],
          globalSetup: 'test/aggregates/support/python.ts',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        // Black-box tests against the real servers: one stack for all files, and a few that start another to break it.
        test: {
          name: 'stack',
          include: ['test/stack/**/*.test.ts'],
          globalSetup: 'test/stack/support/setup.ts',
          // The files share two cores with the servers.
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        // The layers of collector/scale with Kafka and OpenSearch: `npm run test:scale`.
        test: {
          name: 'scale',
          include: ['test/scale/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 1_800_000,
        },
      },
    ],
  },
});
