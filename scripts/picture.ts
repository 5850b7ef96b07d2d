/**
 * The picture in the README: the first lines of the report on the demo's files.
 *
 *   npm run demo && node scripts/picture.ts
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { buildSessions, readInputs, renderText } from '../src/report/index.ts';
import { toSvg } from './picture/svg.ts';

const columns = 100;
const most = 41;
const target = 'docs/images/demo.svg';

const read = await readInputs(['.demo/short-calls.jsonl', '.demo/long-calls.jsonl']);
const text = renderText(read, buildSessions(read.live), { style: { columns, ascii: false, color: true } });
const lines = text.split('\n').slice(0, most);
// Every closure whole: each ends with its trace.
const end = lines.findLastIndex((line) => line.includes('      trace '));
await mkdir('docs/images', { recursive: true });
await writeFile(target, toSvg([...lines.slice(0, end + 1), '      …'], columns, '$ live-otel report .demo'));
