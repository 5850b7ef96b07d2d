import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modalities } from '../../src/conventions/vocabulary.ts';
import type { UsageSummary } from '../../src/protocol/frame.ts';
import {
  inputTokens,
  inputTokensByModality,
  outputTokens,
  outputTokensByModality,
  usageAttributes,
} from '../../src/telemetry/usage-attributes.ts';
import { usage } from './facts.ts';

test('usage has the names and sums of the semantic conventions', () => {
  expect(usageAttributes(usage)).toEqual({
    'gen_ai.usage.input_tokens': 110,
    'gen_ai.usage.output_tokens': 55,
    'gen_ai.usage.cache_read.input_tokens': 20,
    'gen_ai.usage.reasoning.output_tokens': 5,
    'gen_ai.usage.audio.input_tokens': 60,
    'gen_ai.usage.audio.output_tokens': 50,
    'gen_ai.usage.text.input_tokens': 30,
    'gen_ai.usage.image.input_tokens': 10,
  });
});

test('input tokens without a modality count as other', () => {
  expect(Object.fromEntries(inputTokensByModality(usage))).toEqual({
    text: 30,
    audio: 60,
    image: 8,
    video: 2,
    other: 10,
  });
});

test('thoughts count as text', () => {
  expect(Object.fromEntries(outputTokensByModality(usage))).toEqual({ audio: 50, text: 5 });
});

test('thoughts that the modalities already hold are not counted again', () => {
  const said = { ...usage, outputByModality: { audio: 50, text: 5 } };
  expect(Object.fromEntries(outputTokensByModality(said))).toEqual({ audio: 50, text: 5 });
});

test('every token is counted once, whatever the service says of modalities', () => {
  const tokens = fc.nat(10_000);
  const byModality = fc.dictionary(fc.constantFrom(...modalities), tokens);
  const anyUsage: fc.Arbitrary<UsageSummary> = fc.record({
    promptTokens: tokens,
    toolUsePromptTokens: tokens,
    responseTokens: tokens,
    thoughtsTokens: tokens,
    cachedTokens: tokens,
    totalTokens: tokens,
    inputByModality: byModality,
    outputByModality: byModality,
  });
  const sum = (shares: Map<string, number>) =>
    [...shares.values()].reduce((total, share) => total + share, 0);
  fc.assert(
    fc.property(anyUsage, (some) => {
      expect(sum(inputTokensByModality(some))).toBe(inputTokens(some));
      expect(sum(outputTokensByModality(some))).toBe(outputTokens(some));
      const shares = [...inputTokensByModality(some).values(), ...outputTokensByModality(some).values()];
      expect(shares.every((share) => share > 0)).toBe(true);
    }),
  );
});
