import { Console } from 'node:console';
import { writeSync } from 'node:fs';

/** How long a full pipe is waited for. */
const longestMs = 1_000;
const pauseMs = 5;

/**
 * Prints to standard output and error without the streams of `process`. A pipe that nobody reads any more makes these
 * emit an error, and with two lines in one turn Node's own console does not catch it: the application would die of what
 * we print. Here, the line is lost.
 */
export const quietConsole = new Console({ stdout: streamTo(1), stderr: streamTo(2), ignoreErrors: false });

function streamTo(descriptor: number): NodeJS.WritableStream {
  const write = (text: string): boolean => {
    let bytes: Uint8Array = Buffer.from(text);
    const until = performance.now() + longestMs;
    while (bytes.length > 0) {
      try {
        bytes = bytes.subarray(writeSync(descriptor, bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || performance.now() > until) return false;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
      }
    }
    return true;
  };
  // All that a console asks of a stream.
  return { write } as NodeJS.WritableStream;
}
