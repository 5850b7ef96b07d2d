import { writeFile } from 'node:fs/promises';
import { detectStyle, type Style } from '../../report/render/text/style.ts';
import { UsageError } from '../usage-error.ts';
import type { ReportOptions } from './options.ts';

/** Waits until it is written: a pipe takes long texts in pieces. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', (error: NodeJS.ErrnoException) => {
      // The reader, `head` perhaps, had enough.
      if (error.code === 'EPIPE') resolve();
      else reject(error);
    });
    process.stdout.write(text, () => resolve());
  });
}

/** Throws {@link UsageError} where the file cannot be written. */
export async function writePage(file: string, html: string): Promise<void> {
  await writeFile(file, html).catch((error: Error) => {
    throw new UsageError(`Cannot write ${file}: ${error.message}.`, 1);
  });
}

export function styleOf({ ascii }: ReportOptions): Style {
  const detected = detectStyle(process.stdout, process.env);
  return { ...detected, ascii: detected.ascii || ascii === true };
}

export function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
