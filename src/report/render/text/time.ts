/** Seconds are enough to find a session; a time that is none (a file may say anything) is left out. Pure. */
export function timestamp(epochMs: number): string | undefined {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('T', ' ').replace(/\.\d+/, '');
}
