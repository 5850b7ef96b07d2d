/** Why there is nothing to report, in a sentence or two. Pure. */
import { count, counted } from '../../conventions/words.ts';
import type { ReportInput } from '../../report/read/tally.ts';

const howToRecord =
  'Start the application with node --require live-otel/register app.js; npx live-otel doctor says whether that records.';

/** @param inputs as they were named, or the address that was asked */
export function nothingIn(inputs: readonly string[], input: ReportInput): string {
  const { sources, spans, lines, broken, brokenLines } = input;
  const where = inputs.join(', ');
  if (sources.length === 0)
    return `No .jsonl, .json or .pb file, or one of them compressed, in ${where}. ${howToRecord}`;
  if (spans > 0) {
    const many = spans === 1 ? 'one span' : counted(spans, 'span');
    return `No session in ${where}: its ${many} ${spans === 1 ? 'is' : 'are'} of other instrumentations. npx live-otel doctor says why the sessions are not recorded.`;
  }
  const [first] = brokenLines;
  if (first?.problem === 'truncated' && first.line === 1) {
    return `${first.file} breaks off in line 1, before the first request was whole. Was the process killed, or is the file still being copied?`;
  }
  if (first && broken >= lines) {
    const said = {
      not_json: 'is neither JSON nor protobuf',
      not_otlp: 'is JSON of another kind',
      truncated: 'breaks off',
    }[first.problem];
    const more = broken > 1 ? `, and ${count(broken - 1)} more like it` : '';
    return `${first.file} is not OTLP: line ${first.line} ${said}${more}. The report reads what live-otel and the OpenTelemetry Collector's file exporter write.`;
  }
  if (lines === 0)
    return `${where} ${inputs.length > 1 ? 'are' : 'is'} empty: nothing was recorded yet. ${howToRecord}`;
  return `No session in ${where}: ${counted(lines, 'line')} without a span of live-otel. ${howToRecord}`;
}

/** The file that is read where none is named is not there. */
export function noDefaultFile(file: string): string {
  return `There is no ${file} here: nothing was recorded in this directory yet. ${howToRecord}`;
}
