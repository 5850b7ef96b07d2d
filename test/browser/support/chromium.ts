/** A real browser for the tests. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Throws where there is none: a page that nobody opened is not a tested one. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox'],
    // As a user's browser, it keeps pages that were left.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}

export function chromiumPath(): string {
  const file = process.env.CHROMIUM || onPath();
  if (file === undefined) {
    throw new Error(
      `These tests need a Chromium: none of ${names.join(', ')} is on the PATH. Install one, or name it in CHROMIUM.`,
    );
  }
  return file;
}

function onPath(): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
