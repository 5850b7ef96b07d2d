import type { Group, usage as usageGroup } from '../conventions/attribute-groups.ts';
import { modalities } from '../conventions/vocabulary.ts';
import type { Modality, UsageSummary } from '../protocol/frame.ts';

type ByModality = Readonly<Partial<Record<Modality, number>>>;

export function inputTokens(usage: UsageSummary): number {
  return usage.promptTokens + usage.toolUsePromptTokens;
}

export function outputTokens(usage: UsageSummary): number {
  return usage.responseTokens + usage.thoughtsTokens;
}

export function usageAttributes(usage: UsageSummary | undefined): Group<typeof usageGroup> {
  if (usage === undefined) return {};
  const { inputByModality: input, outputByModality: output } = usage;
  return {
    'gen_ai.usage.input_tokens': inputTokens(usage),
    'gen_ai.usage.output_tokens': outputTokens(usage),
    'gen_ai.usage.cache_read.input_tokens': usage.cachedTokens || undefined,
    'gen_ai.usage.reasoning.output_tokens': usage.thoughtsTokens || undefined,
    'gen_ai.usage.audio.input_tokens': input.audio,
    'gen_ai.usage.audio.output_tokens': output.audio,
    'gen_ai.usage.text.input_tokens': input.text,
    'gen_ai.usage.text.output_tokens': output.text,
    'gen_ai.usage.image.input_tokens': visual(input),
    'gen_ai.usage.image.output_tokens': visual(output),
  };
}

function visual({ image, video }: ByModality): number | undefined {
  return image === undefined && video === undefined ? undefined : (image ?? 0) + (video ?? 0);
}

/**
 * The input tokens, each counted once: what the service says of the modalities, never more than the total, and
 * what it leaves out as `other`.
 */
export function inputTokensByModality(usage: UsageSummary): Map<Modality, number> {
  return divide(inputTokens(usage), usage.inputByModality);
}

/** The output tokens, each counted once. Thoughts that no modality holds are `text`. */
export function outputTokensByModality(usage: UsageSummary): Map<Modality, number> {
  const total = outputTokens(usage);
  const shares = divide(total, usage.outputByModality);
  const thoughts = Math.min(usage.thoughtsTokens, total - said(usage.outputByModality));
  if (thoughts <= 0) return shares;
  const other = (shares.get('other') ?? 0) - thoughts;
  if (other > 0) shares.set('other', other);
  else shares.delete('other');
  return shares.set('text', (shares.get('text') ?? 0) + thoughts);
}

function said(byModality: ByModality): number {
  return modalities.reduce((sum, modality) => sum + (byModality[modality] ?? 0), 0);
}

function divide(total: number, byModality: ByModality): Map<Modality, number> {
  const shares = new Map<Modality, number>();
  let left = total;
  for (const modality of modalities) {
    const share = Math.min(byModality[modality] ?? 0, left);
    if (share > 0) shares.set(modality, share);
    left -= Math.max(share, 0);
  }
  if (left > 0) shares.set('other', (shares.get('other') ?? 0) + left);
  return shares;
}
