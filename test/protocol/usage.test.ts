import { describe, expect, it } from 'vitest';
import { summarizeUsage } from '../../src/protocol/usage.ts';

const counts = {
  promptTokens: 10,
  toolUsePromptTokens: 3,
  responseTokens: 7,
  thoughtsTokens: 2,
  cachedTokens: 1,
  totalTokens: 22,
  inputByModality: { text: 6, audio: 7 },
  outputByModality: { audio: 6, other: 1 },
};

describe('summarizeUsage', () => {
  it('reads the counts of the Gemini API', () => {
    expect(
      summarizeUsage({
        promptTokenCount: 10,
        toolUsePromptTokenCount: 3,
        responseTokenCount: 7,
        thoughtsTokenCount: 2,
        cachedContentTokenCount: 1,
        totalTokenCount: 22,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 3 },
          { modality: 'AUDIO', tokenCount: 7 },
        ],
        toolUsePromptTokensDetails: [{ modality: 'TEXT', tokenCount: 3 }],
        responseTokensDetails: [{ modality: 'AUDIO', tokenCount: 6 }, { tokenCount: 1 }],
      }),
    ).toEqual(counts);
  });

  it('reads the counts of Vertex AI in snake case', () => {
    expect(
      summarizeUsage({
        prompt_token_count: 10,
        tool_use_prompt_token_count: '3',
        candidates_token_count: 7,
        thoughts_token_count: 2,
        cached_content_token_count: 1,
        total_token_count: 22,
        prompt_tokens_details: [
          { modality: 'TEXT', token_count: 6 },
          { modality: 'AUDIO', token_count: 7 },
        ],
        candidates_tokens_details: [
          { modality: 'AUDIO', token_count: 6 },
          { modality: 'HOLOGRAM', token_count: 1 },
        ],
      }),
    ).toEqual(counts);
  });

  it('has zeros for what is missing', () => {
    expect(summarizeUsage('nonsense')).toEqual({
      promptTokens: 0,
      toolUsePromptTokens: 0,
      responseTokens: 0,
      thoughtsTokens: 0,
      cachedTokens: 0,
      totalTokens: 0,
      inputByModality: {},
      outputByModality: {},
    });
  });
});
