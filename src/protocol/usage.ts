import { modalities } from '../conventions/vocabulary.ts';
import { field, isObject, type JsonObject, numberField, objectsField } from './fields.ts';
import type { Modality, UsageSummary } from './frame.ts';

const modalityOf = (value: unknown): Modality =>
  modalities.find((modality) => typeof value === 'string' && modality === value.toLowerCase()) ?? 'other';

function byModality(details: readonly JsonObject[]): Partial<Record<Modality, number>> {
  const tokens: Partial<Record<Modality, number>> = {};
  for (const detail of details) {
    const modality = modalityOf(field(detail, 'modality'));
    tokens[modality] = (tokens[modality] ?? 0) + (numberField(detail, 'tokenCount') ?? 0);
  }
  return tokens;
}

/**
 * Token counts of `usageMetadata`. Vertex AI calls the response tokens `candidatesTokenCount`. Input by modality counts
 * tokens of tool-use prompts too, as the input tokens do.
 */
export function summarizeUsage(value: unknown): UsageSummary {
  const usage = isObject(value) ? value : {};
  const count = (name: string): number => numberField(usage, name) ?? 0;
  const responseDetails = objectsField(usage, 'responseTokensDetails');
  return {
    promptTokens: count('promptTokenCount'),
    toolUsePromptTokens: count('toolUsePromptTokenCount'),
    responseTokens: numberField(usage, 'responseTokenCount') ?? count('candidatesTokenCount'),
    thoughtsTokens: count('thoughtsTokenCount'),
    cachedTokens: count('cachedContentTokenCount'),
    totalTokens: count('totalTokenCount'),
    inputByModality: byModality([
      ...objectsField(usage, 'promptTokensDetails'),
      ...objectsField(usage, 'toolUsePromptTokensDetails'),
    ]),
    outputByModality: byModality(
      responseDetails.length > 0 ? responseDetails : objectsField(usage, 'candidatesTokensDetails'),
    ),
  };
}
