/** Whether a version of `@google/genai` is within `supported.sdk`. */
export function isSupportedSdk(version: string): boolean {
  const major = Number.parseInt(version, 10);
  return major >= 1 && major < 4;
}
