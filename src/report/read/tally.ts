/** What was read so far: lines, spans, times, and the lines that were left out. */
import { namedBrokenLines, type Problem, type ScannedChunk } from '../../analysis/risk/record.ts';

/** A line that was left out, and why. */
export interface BrokenLine {
  /** `-` for standard input. */
  readonly file: string;
  /** 1, 2, 3 … */
  readonly line: number;
  readonly problem: Problem;
}

export interface Progress {
  /** As on disk: compressed where the file is. */
  readonly bytesRead: number;
  /** Left out where a source's size is not known. */
  readonly totalBytes?: number;
  readonly lines: number;
  /** Of any origin. */
  readonly spans: number;
}

export interface Tally {
  read(bytes: number): void;
  /** @param firstLine lines of the source before the chunk */
  add(source: string, chunk: Omit<ScannedChunk, 'rows' | 'texts'>, firstLine: number): void;
  /** A line that could not even be read. */
  lost(line: BrokenLine): void;
  input(): ReportInput;
}

export function createTally(
  sources: readonly { readonly name: string; readonly size: number | undefined }[],
  onProgress?: (progress: Progress) => void,
): Tally {
  const totalBytes = sources.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
  const brokenLines: BrokenLine[] = [];
  let bytesRead = 0;
  let lines = 0;
  let spans = 0;
  let broken = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  return {
    read(bytes) {
      bytesRead += bytes;
    },
    add(file, chunk, firstLine) {
      lines += chunk.lines;
      spans += chunk.spans;
      broken += chunk.broken;
      from = Math.min(from, chunk.from);
      to = Math.max(to, chunk.to);
      for (const { line, problem } of chunk.brokenLines) {
        if (brokenLines.length < namedBrokenLines) {
          brokenLines.push({ file, line: firstLine + line + 1, problem });
        }
      }
      onProgress?.({ bytesRead, ...(totalBytes !== undefined && { totalBytes }), lines, spans });
    },
    lost(line) {
      lines += 1;
      broken += 1;
      if (brokenLines.length < namedBrokenLines) brokenLines.push(line);
    },
    input: () => ({
      sources: sources.map(({ name }) => name),
      lines,
      spans,
      broken,
      brokenLines,
      ...(Number.isFinite(from) && { from, to }),
    }),
  };
}

export interface ReportInput {
  /** Files, `-`, or the address of a Jaeger. */
  readonly sources: readonly string[];
  readonly lines: number;
  /** Spans of any origin. */
  readonly spans: number;
  /** Broken lines in all; the first of them are named. */
  readonly broken: number;
  readonly brokenLines: readonly BrokenLine[];
  /** Epoch milliseconds; left out where there was no span. */
  readonly from?: number;
  readonly to?: number;
}
