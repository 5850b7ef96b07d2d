/** What a fresh Debian machine lacks. */
import { isInstalled, runCommand } from './command.ts';

/** Rejects with a sentence where it may not install. `what` is what is missing, in words. */
export async function installFromDebian(
  name: string,
  what: string,
  onProgress: ((line: string) => void) | undefined,
): Promise<void> {
  const can = process.getuid?.() === 0 && (await isInstalled('apt-get', ['--version']));
  if (!can)
    throw new Error(`${what} is missing: install it (Debian: apt-get install ${name}), then try again.`);
  await runCommand('apt-get', ['update', '-qq']);
  await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    what: `installing Debian's ${name}`,
    ...(onProgress && { onProgress }),
  });
}
