/**
 * The picture in the README: the beginning of the report on the demo's files, up to what the first supported
 * hypothesis rests on.
 *
 *   npm run demo && node tools/picture.ts
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { toReport } from '../src/report/assemble.ts';
import { collect } from '../src/report/read/collect.ts';
import { renderText } from '../src/report/render/text/render.ts';
import { toSvg } from './picture/svg.ts';

const columns = 100;
const target = 'docs/images/demo.svg';

const report = toReport(await collect(['.demo']));
const lines = renderText(report, { style: { columns, ascii: false, color: true } }).split('\n');
// The first empty line after the experiment's command ends the first one.
const command = lines.findIndex((line) => line.includes('npx live-otel'));
const end = lines.indexOf('', command);
await mkdir('docs/images', { recursive: true });
await writeFile(target, toSvg([...lines.slice(0, end), '', '…'], columns, '$ npx live-otel report .demo'));
