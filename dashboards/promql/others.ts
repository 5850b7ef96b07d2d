/** Series and labels of queries that are not of the telemetry: Prometheus' own. Those of spans are in span-metrics.ts. */

/** Prometheus writes it for each alert that is pending or firing. */
export const alertsSeries = 'ALERTS';

/** `service.version`, which Prometheus is told to put on every series of a service. */
export const serviceVersion = 'service_version';
