import { describe, expect, it } from 'vitest';
import { hashHandle } from '../../src/protocol/handle-hash.ts';
import { summarizeSetup } from '../../src/protocol/setup.ts';

const bare = {
  responseModalities: [],
  functionNames: [],
  nonBlockingFunctionNames: [],
  blockingFunctionNames: [],
  toolKinds: [],
  automaticActivityDetection: true,
  contextWindowCompression: false,
  inputTranscription: false,
  outputTranscription: false,
  resumption: false,
  transparentResumption: false,
  affectiveDialog: false,
  proactiveAudio: false,
  proactivity: false,
  thinking: false,
  toolConfig: false,
  initialHistoryInClientContent: false,
  emptyFields: [],
};

const setup = {
  model: 'models/gemini-live-2.5-flash-preview',
  generationConfig: {
    responseModalities: ['AUDIO'],
    temperature: 0.5,
    topP: 0.9,
    topK: 40,
    maxOutputTokens: 1_000,
    speechConfig: { languageCode: 'de-DE', voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Puck' } } },
    thinkingConfig: { thinkingBudget: 0 },
    enableAffectiveDialog: true,
  },
  systemInstruction: { parts: [{ text: 'Be kind.' }] },
  tools: [
    { functionDeclarations: [{ name: 'weather' }, { name: 'alarm', behavior: 'NON_BLOCKING' }] },
    { googleSearch: {} },
  ],
  realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
  sessionResumption: { handle: 'the-handle', transparent: true },
  contextWindowCompression: { slidingWindow: {} },
  inputAudioTranscription: {},
  outputAudioTranscription: {},
  proactivity: { proactiveAudio: true },
};
const summary = {
  model: 'models/gemini-live-2.5-flash-preview',
  responseModalities: ['AUDIO'],
  languageCode: 'de-DE',
  voice: 'Puck',
  temperature: 0.5,
  topP: 0.9,
  topK: 40,
  maxOutputTokens: 1_000,
  functionNames: ['weather', 'alarm'],
  nonBlockingFunctionNames: ['alarm'],
  blockingFunctionNames: [],
  toolKinds: ['function_declarations', 'google_search'],
  automaticActivityDetection: false,
  contextWindowCompression: true,
  inputTranscription: true,
  outputTranscription: true,
  resumption: true,
  transparentResumption: true,
  handleHash: hashHandle('the-handle'),
  affectiveDialog: true,
  proactiveAudio: true,
  proactivity: true,
  thinking: true,
  systemInstructionCharacters: 8,
  toolConfig: false,
  initialHistoryInClientContent: false,
  emptyFields: [
    'tools[1].googleSearch',
    'contextWindowCompression.slidingWindow',
    'inputAudioTranscription',
    'outputAudioTranscription',
  ],
};

function snake(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snake);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snake(inner),
    ]),
  );
}

describe('what the services are strict about', () => {
  it('is read from the setup', () => {
    expect(
      summarizeSetup({
        generationConfig: {
          thinkingConfig: { thinkingLevel: 'LOW' },
          translationConfig: { targetLanguageCode: 'ru-RU' },
        },
        systemInstruction: { parts: [{ text: 'Be kind.' }, { inlineData: 1 }, { text: 'Be brief.' }] },
        contextWindowCompression: { triggerTokens: '8000', slidingWindow: { targetTokens: '4000' } },
        historyConfig: { initialHistoryInClientContent: true },
        toolConfig: { functionCallingConfig: { mode: 'ANY' } },
        temperature: 1,
      }),
    ).toEqual({
      ...bare,
      contextWindowCompression: true,
      compressionTriggerTokens: 8_000,
      thinking: true,
      thinkingLevel: 'LOW',
      translationTargetLanguage: 'ru-RU',
      systemInstructionCharacters: 17,
      toolConfig: true,
      initialHistoryInClientContent: true,
      unknownFields: ['toolConfig', 'temperature'],
    });
  });

  it('counts a system instruction that is a string', () => {
    expect(summarizeSetup({ system_instruction: 'Be kind.' }).systemInstructionCharacters).toBe(8);
  });
});

describe('summarizeSetup', () => {
  it('reads everything a session can be configured with', () => {
    expect(summarizeSetup(setup)).toEqual(summary);
  });

  it('reads snake case', () => {
    expect(summarizeSetup(snake(setup) as object as Record<string, unknown>)).toEqual({
      ...summary,
      emptyFields: [
        'tools[1].google_search',
        'context_window_compression.sliding_window',
        'input_audio_transcription',
        'output_audio_transcription',
      ],
    });
  });

  it('has defaults for an empty setup', () => {
    expect(summarizeSetup({})).toEqual(bare);
  });

  it('holds neither instructions nor the handle nor names out of a schema', () => {
    const text = JSON.stringify(
      summarizeSetup({
        ...setup,
        tools: [
          {
            functionDeclarations: [{ name: 'f', parameters: { properties: { secretName: { items: {} } } } }],
          },
        ],
      }),
    );
    expect(['Be kind.', 'the-handle', 'secretName'].filter((each) => text.includes(each))).toEqual([]);
  });

  it('names the paths of empty arrays and objects', () => {
    const { emptyFields } = summarizeSetup({
      generationConfig: { responseModalities: [] },
      sessionResumption: {},
      tools: [
        {
          functionDeclarations: [
            { name: 'f', parameters: { properties: { a: { enum: [] } }, required: [] } },
          ],
        },
      ],
      labels: { mine: {} },
    });
    expect(emptyFields).toEqual([
      'generationConfig.responseModalities',
      'sessionResumption',
      'tools[0].functionDeclarations[0].parameters.properties.*.enum',
      'tools[0].functionDeclarations[0].parameters.required',
      'labels.*',
    ]);
  });
});
