/** Versions of `@google/genai` that are instrumented. */
export const supportedSdk = '>=1.0.0 <4';

/** Whether a version is within {@link supportedSdk}. */
export function isSupportedSdk(version: string): boolean {
  const major = Number.parseInt(version, 10);
  return major >= 1 && major < 4;
}
