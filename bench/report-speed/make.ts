/** `node bench/report-speed/make.ts SPANS`: writes telemetry of so many spans to its standard output. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { telemetry } from './telemetry.ts';

await pipeline(Readable.from(telemetry(Number(process.argv[2]))), process.stdout);
