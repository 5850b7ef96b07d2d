import { isObject, numberField } from './fields.ts';

const seconds = /^(-?\d+(?:\.\d+)?)s$/;

/**
 * Milliseconds of a protobuf duration: `"50s"`, `"9.500s"`, or `{ seconds, nanos }` as some serialisers write it.
 * `undefined` for anything else.
 */
export function durationMs(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const number = seconds.exec(value)?.[1];
    return number === undefined ? undefined : Number(number) * 1_000;
  }
  if (!isObject(value)) return undefined;
  const whole = numberField(value, 'seconds');
  const nanos = numberField(value, 'nanos');
  if (whole === undefined && nanos === undefined) return undefined;
  return (whole ?? 0) * 1_000 + (nanos ?? 0) / 1_000_000;
}
