/** Where the facts of the table of models come from, by id; brought up to date on 2026-11-26. */
export const sources = {
  live_guide: 'https://ai.google.dev/gemini-api/docs/live-guide',
  tools_guide: 'https://ai.google.dev/gemini-api/docs/live-api/tools',
  deprecations: 'https://ai.google.dev/gemini-api/docs/deprecations',
  model_3_8_live: 'https://ai.google.dev/gemini-api/docs/models/gemini-3.8-live',
  js_genai_1953: 'https://github.com/googleapis/js-genai/issues/1953',
  js_genai_1210: 'https://github.com/googleapis/js-genai/issues/1210',
  js_genai_443: 'https://github.com/googleapis/js-genai/issues/443',
  python_genai_2238: 'https://github.com/googleapis/python-genai/issues/2238',
  hermes_114116: 'https://github.com/NousResearch/hermes-agent/issues/114116',
  openclaw_152830: 'https://github.com/openclaw/openclaw/issues/152830',
  openclaw_133157: 'https://github.com/openclaw/openclaw/issues/133157',
  litellm_38454: 'https://github.com/BerriAI/litellm/issues/38454',
  litellm_41408: 'https://github.com/BerriAI/litellm/issues/41408',
  adk_connection:
    'https://github.com/google/adk-python/blob/main/src/google/adk/models/gemini_llm_connection.py',
  adk_4902: 'https://github.com/google/adk-python/issues/4902',
  adk_5407: 'https://github.com/google/adk-python/issues/5407',
  livekit_5262: 'https://github.com/livekit/agents/pull/5262',
  livekit_5556: 'https://github.com/livekit/agents/pull/5556',
  livekit_5742: 'https://github.com/livekit/agents/issues/5742',
  pipecat_4118: 'https://github.com/pipecat-ai/pipecat/issues/4118',
  pipecat_4403: 'https://github.com/pipecat-ai/pipecat/issues/4403',
  patter_210: 'https://github.com/PatterAI/Patter/pull/210',
  skills: 'https://github.com/google-gemini/gemini-skills/blob/main/skills/gemini-live-api-dev/SKILL.md',
  skills_72: 'https://github.com/google-gemini/gemini-skills/issues/72',
  coval_552: 'https://github.com/coval-ai/benchmarks/issues/552',
  probes:
    'Probes of the service that other projects ran in September and October 2026, without a public address',
} as const satisfies Readonly<Record<string, string>>;

export type ModelSource = keyof typeof sources;
