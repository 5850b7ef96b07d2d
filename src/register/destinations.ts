import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as api from '@opentelemetry/api';
import type { RegisterConfig, SignalConfig } from './config.ts';
import { createFileWriters, createLineWriters, type Writers } from './file-exporter.ts';
import { openJsonLinesFile } from './jsonl-file.ts';
import type { OtlpEndpoint, Signal } from './otlp-config.ts';
import { createOtlpWriter } from './otlp-exporter.ts';
import type { OtlpRequest } from './post.ts';

export interface DestinationOptions {
  readonly send: (request: OtlpRequest) => void;
  /** Takes a sentence about configuration that does not work here. */
  readonly warn: (sentence: string) => void;
}

/** The writers of a signal, in the order file, OTLP, console: what is nearest comes first. */
export type WritersOf = <S extends Signal>(signal: S) => readonly Writers[S][];

export function createDestinations(config: RegisterConfig, { send, warn }: DestinationOptions): WritersOf {
  const path = resolve(config.file.path);
  const file = createFileWriters(openJsonLinesFile({ ...config.file, path, warn }), path, warn);
  const console = createLineWriters((line) => {
    process.stdout.write(`${new TextDecoder().decode(line)}\n`);
  });

  return (signal) => {
    const { destinations, otlp }: SignalConfig = config.signals[signal];
    return [
      ...(destinations.includes('file') ? [file[signal]] : []),
      ...(destinations.includes('otlp')
        ? [createOtlpWriter(signal, { endpoint: usable(signal, otlp), tls: readTls(otlp, warn) }, send)]
        : []),
      ...(destinations.includes('console') ? [console[signal]] : []),
    ];
  };
}

/** The protobuf form of a log record needs a name that the API has since 1.10; every receiver takes JSON too. */
function usable(signal: Signal, endpoint: OtlpEndpoint): OtlpEndpoint {
  return signal === 'logs' && !('SeverityNumber' in api) ? { ...endpoint, protocol: 'http/json' } : endpoint;
}

function readTls(endpoint: OtlpEndpoint, warn: (sentence: string) => void): OtlpRequest['tls'] {
  const read = (path: string | undefined): string | undefined => {
    if (path === undefined) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      warn(`The certificate file ${path} cannot be read (${String(error)}); telemetry is sent without it.`);
      return undefined;
    }
  };
  const ca = read(endpoint.certificateFile);
  const key = read(endpoint.clientKeyFile);
  const cert = read(endpoint.clientCertificateFile);
  return {
    ...(ca !== undefined && { ca }),
    ...(key !== undefined && { key }),
    ...(cert !== undefined && { cert }),
  };
}
