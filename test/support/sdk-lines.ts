/** The lines of `@google/genai` that are supported, by the names under which `package.json` installs them. */
export const sdkLines = ['genai-1', 'genai-2', '@google/genai'] as const;

export type SdkLine = (typeof sdkLines)[number];
