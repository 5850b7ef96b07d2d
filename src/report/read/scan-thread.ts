/** A thread that scans chunks: each is answered with its rows and its memory. */
import { parentPort } from 'node:worker_threads';
import type { ScannedChunk } from '../../analysis/risk/record.ts';
import { scanChunk } from './scan.ts';

export interface ScanRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly last: boolean;
  readonly session: string | undefined;
}

export interface ScanReply {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly scanned: ScannedChunk;
}

parentPort?.on('message', ({ bytes, last, session }: ScanRequest) => {
  const scanned = scanChunk(bytes, { last, session });
  const reply: ScanReply = { bytes, scanned };
  parentPort?.postMessage(reply, [bytes.buffer, scanned.rows.buffer]);
});
