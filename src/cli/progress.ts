import { clip, printable } from '../report/render/text/cells.ts';

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /** Something happened. */
  readonly say: (text: string) => void;
  /** Leaves the line empty for what follows. */
  readonly end: () => void;
}

/** One line that changes on a terminal, else a line for each thing that happens. */
export function createProgress(stream: ProgressStream): Progress {
  if (!stream.isTTY) return { say: (text) => stream.write(`${text}\n`), end: () => undefined };
  const started = performance.now();
  const clear = '\r\x1b[2K';
  return {
    say: (text) => {
      const elapsed = Math.round((performance.now() - started) / 1000);
      stream.write(clear + clip(printable(`${elapsed} s: ${text}`), (stream.columns ?? 80) - 1));
    },
    end: () => stream.write(clear),
  };
}
