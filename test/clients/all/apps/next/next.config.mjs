import { fileURLToPath } from 'node:url';

export default {
  serverExternalPackages: ['@google/genai', 'live-otel'],
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
};
