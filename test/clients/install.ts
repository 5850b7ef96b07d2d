/** Before the matrix is run: this package lies among those of each folder as npm would install it. */
import { join } from 'node:path';
import { unpackInto } from '../support/installed-package.ts';
import { clientFolders } from './folders.ts';

export default function setup(): void {
  for (const folder of Object.values(clientFolders())) unpackInto(join(folder, 'node_modules/live-otel'));
}
