/**
 * What a recording may keep as it is: names of the protocol's fields, and values of those that hold no words of a user
 * but settings and states. Everything else is masked.
 */

/** In camelCase; snake_case is meant as well. What stands under any other name is content. */
export const protocolFields: ReadonlySet<string> = new Set(
  `setup clientContent realtimeInput toolResponse contextUpdate setupComplete serverContent toolCall toolCallCancellation
  goAway sessionResumptionUpdate usageMetadata voiceActivity voiceActivityDetectionSignal error code status message
  model generationConfig systemInstruction tools realtimeInputConfig sessionResumption contextWindowCompression
  inputAudioTranscription outputAudioTranscription proactivity historyConfig explicitVadSignal avatarConfig safetySettings labels
  responseModalities speechConfig voiceConfig prebuiltVoiceConfig voiceName languageCode mediaResolution temperature topP topK
  maxOutputTokens thinkingConfig thinkingBudget thinkingLevel includeThoughts enableAffectiveDialog translationConfig
  targetLanguageCode functionDeclarations name description parameters parametersJsonSchema behavior type items required enum
  properties googleSearch codeExecution urlContext toolConfig automaticActivityDetection disabled startOfSpeechSensitivity
  endOfSpeechSensitivity prefixPaddingMs silenceDurationMs activityHandling turnCoverage handle transparent triggerTokens
  slidingWindow targetTokens proactiveAudio initialHistoryInClientContent turns turnComplete role parts text inlineData fileData
  data mimeType fileUri audio video mediaChunks activityStart activityEnd audioStreamEnd functionResponses id response scheduling
  willContinue functionCalls args ids timeLeft newHandle resumable lastConsumedClientMessageIndex sessionId modelTurn
  generationComplete interrupted waitingForInput inputTranscription outputTranscription finished thought thoughtSignature
  executableCode language codeExecutionResult outcome output groundingMetadata urlContextMetadata turnCompleteReason
  interactionStatus promptTokenCount toolUsePromptTokenCount responseTokenCount thoughtsTokenCount cachedContentTokenCount
  totalTokenCount promptTokensDetails responseTokensDetails cacheTokensDetails toolUsePromptTokensDetails modality tokenCount
  trafficType voiceActivityType vadSignalType audioOffset functionCall functionResponse weightedPrompts weight
  musicGenerationConfig seed guidance bpm density brightness scale muteBass muteDrums onlyBassAndDrums musicGenerationMode
  playbackControl audioChunks sourceMetadata filteredPrompt filteredReason warning`.split(/\s+/),
);

/** Under these all is content: keys, numbers and truth values as well as texts. */
export const contentFields: ReadonlySet<string> = new Set([
  'args',
  'response',
  'labels',
  'enum',
  'properties',
]);

/** Their texts stay, where they look like {@link settingPattern}. */
export const settingFields: ReadonlySet<string> = new Set(
  `model responseModalities voiceName languageCode targetLanguageCode mediaResolution thinkingLevel name behavior type
  startOfSpeechSensitivity endOfSpeechSensitivity activityHandling turnCoverage role mimeType scheduling timeLeft
  turnCompleteReason interactionStatus modality trafficType voiceActivityType vadSignalType audioOffset triggerTokens targetTokens
  lastConsumedClientMessageIndex status scale musicGenerationMode playbackControl`.split(/\s+/),
);

/** Names of models, functions and voices, words of the protocol, media types and durations. */
export const settingPattern = /^[\w./;=-]{1,128}$/;

/** Their texts become the same pseudonym wherever they stand in a recording. */
export const idFields: ReadonlySet<string> = new Set(['id', 'ids', 'handle', 'newHandle', 'sessionId']);

/** Their texts are base64. */
export const blobFields: ReadonlySet<string> = new Set(['data', 'thoughtSignature']);
