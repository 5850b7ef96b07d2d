/** Spans that the Collector has taken. */
export const acceptedSpans = /^otelcol_receiver_accepted_spans\{/;

/** Sum of a counter's series on a page of metrics; 0 where there is none yet. */
export async function counter(url: string, series: RegExp): Promise<number> {
  const text = await (await fetch(url)).text();
  const lines = text.split('\n').filter((line) => series.test(line));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
