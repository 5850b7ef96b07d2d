import { schemaUrl } from '../conventions/schema.ts';
import { version } from '../version.ts';

export const instrumentationName = 'live-otel';

/** What every tracer, meter and logger of ours is asked for with. */
export const scope = [instrumentationName, version, { schemaUrl }] as const;
