/** The version of the names, and where its schema file lies: it ships with the package, in `docs/schema`. */
export const schemaVersion = '0.2.0';

/** What tracer, meter and logger carry: https://opentelemetry.io/docs/specs/otel/schemas/ */
export const schemaUrl = `https://unpkg.com/live-otel/docs/schema/${schemaVersion}`;
