import type { JsonObject } from './json.ts';

/** Tokens that a second of audio and a character of text count for. */
const tokensPerAudioSecond = 25;
const tokensPerCharacter = 0.25;

/** Counts tokens as the service reports them: the prompt is everything said so far, the response that of the turn. */
export interface Tokens {
  hearAudio(ms: number): void;
  readText(characters: number): void;
  speakAudio(ms: number): void;
  writeText(characters: number): void;
  /** `usageMetadata` of the turn. */
  usage(): JsonObject;
  /** The turn is over: its response is part of the next prompt. */
  endTurn(): void;
  readonly prompt: PromptTokens;
}

export interface PromptTokens {
  readonly text: number;
  readonly audio: number;
}

export function countTokens(from: PromptTokens = { text: 0, audio: 0 }): Tokens {
  const prompt = { ...from };
  let response = { text: 0, audio: 0 };
  const audioTokens = (ms: number): number => (ms / 1_000) * tokensPerAudioSecond;
  return {
    hearAudio: (ms) => {
      prompt.audio += audioTokens(ms);
    },
    readText: (characters) => {
      prompt.text += characters * tokensPerCharacter;
    },
    speakAudio: (ms) => {
      response.audio += audioTokens(ms);
    },
    writeText: (characters) => {
      response.text += characters * tokensPerCharacter;
    },
    usage: () => {
      const promptTokenCount = total(prompt);
      const responseTokenCount = total(response);
      return {
        promptTokenCount,
        responseTokenCount,
        totalTokenCount: promptTokenCount + responseTokenCount,
        promptTokensDetails: details(prompt),
        responseTokensDetails: details(response),
      };
    },
    endTurn: () => {
      prompt.text += response.text;
      prompt.audio += response.audio;
      response = { text: 0, audio: 0 };
    },
    get prompt() {
      return { ...prompt };
    },
  };
}

function total(tokens: PromptTokens): number {
  return Math.ceil(tokens.text) + Math.ceil(tokens.audio);
}

function details(tokens: PromptTokens): readonly JsonObject[] {
  return [
    { modality: 'TEXT', tokenCount: Math.ceil(tokens.text) },
    { modality: 'AUDIO', tokenCount: Math.ceil(tokens.audio) },
  ].filter((entry) => entry.tokenCount > 0);
}
