/** The intervals of the configuration files, where the tests have quicker ones. */
export const usualPace = {
  scrape: '15s',
  evaluation: '15s',
  groupWait: '15s',
  groupInterval: '1m',
  spanMetrics: '15s',
} as const;
