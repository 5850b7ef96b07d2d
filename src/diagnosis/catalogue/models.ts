import type { Cause } from '../cause.ts';

/** Models that the service does not know, or not here: refused while the setup is under way. */
export const modelCauses: readonly Cause[] = [
  {
    id: 'model-not-found-1008',
    title: 'A model that the Gemini API does not know',
    hypothesis: 'setup',
    category: 'setup',
    codes: [1008],
    texts: [
      '<…> is not found for API version <…>, or is not supported for bidiGenerateContent. Call',
      'Request trace id: <…>, [ORIGINAL ERROR] generic::not_found: models/<…> is not found for API v<…>',
    ],
    apis: ['gemini'],
    observable: 'yes',
    requires: [],
    supports: ['before_setup_complete', 'at_once', 'model_retired_or_experimental'],
    against: ['active'],
    confidence: 'high',
    symptom:
      'Within about two seconds of connecting, the service says that it does not know the model or that the model has no Live API.',
    cause:
      'The model name is wrong or retired, the API version does not offer it, or it is a Vertex AI name used on the Gemini API.',
    remedy:
      'List the models that support bidiGenerateContent and use one of them. Check that the name belongs to the API and version you connect to.',
    retry: 'no',
    sources: [
      'https://github.com/livekit/agents/issues/4414',
      'https://github.com/google/adk-python/issues/3964',
      'https://github.com/google/adk-python/issues/2591',
    ],
    unlinkedSources: 3,
  },
  {
    id: 'publisher-model-not-found-1008',
    title: 'A model that Vertex AI does not offer in this region',
    hypothesis: 'setup',
    category: 'setup',
    codes: [1008],
    texts: [
      'Publisher Model `projects/<…>/locations/<…>/publishers/google/models/<…>',
      'Publisher Model projects/<…>',
    ],
    apis: ['vertex'],
    observable: 'yes',
    requires: [],
    supports: ['before_setup_complete', 'at_once', 'model_retired_or_experimental'],
    against: ['active'],
    confidence: 'high',
    symptom:
      'Vertex AI closes during the setup with "Publisher Model" and a resource path, usually cut in the middle.',
    cause: 'The model is not offered to this project in the location of the path.',
    remedy:
      'Connect in a region that serves the Live model, for example us-central1, and check the name of the model.',
    retry: 'no',
    sources: [
      'https://github.com/google/adk-python/issues/3314',
      'https://github.com/livekit/agents/issues/3714',
      'https://github.com/livekit/agents/issues/3747',
      'https://github.com/google-gemini/cookbook/issues/908',
      'https://github.com/BerriAI/litellm/pull/39851',
    ],
    unlinkedSources: 1,
  },
  {
    id: 'model-not-live-1007',
    title: 'A model that is not offered in the Live API, or no longer',
    hypothesis: 'setup',
    category: 'setup',
    codes: [1007],
    texts: ['<…> is not supported in the live api.'],
    apis: ['vertex'],
    observable: 'yes',
    requires: [],
    supports: ['before_setup_complete', 'at_once', 'model_retired_or_experimental'],
    against: ['active'],
    confidence: 'high',
    symptom: 'Vertex AI closes during the setup and says that the model is not supported in the Live API.',
    cause:
      'The model never had the Live API, or it had it and was retired: the service says the same of both.',
    remedy: 'Use a current Live model, on Vertex AI for example gemini-live-2.5-flash-native-audio.',
    retry: 'no',
    sources: ['https://github.com/BerriAI/litellm/issues/38454'],
    unlinkedSources: 1,
  },
  {
    id: 'resource-path-invalid-1007',
    title: 'A malformed model path',
    hypothesis: 'setup',
    category: 'setup',
    codes: [1007],
    texts: ['Invalid resource field value'],
    apis: ['vertex', 'gemini'],
    observable: 'yes',
    requires: [],
    supports: ['before_setup_complete', 'at_once'],
    against: ['active'],
    confidence: 'high',
    symptom: 'The setup is refused because a resource field has an invalid value.',
    cause:
      'The model path has the wrong form for this API, for example a models/ prefix in front of a projects/ path.',
    remedy:
      'On Vertex AI send projects/{project}/locations/{location}/publishers/google/models/{model}. On the Gemini API send models/{model}.',
    retry: 'no',
    sources: ['https://github.com/mastra-ai/mastra/issues/10256'],
  },
];
