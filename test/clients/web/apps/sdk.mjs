// A page with the web build of the SDK.
import * as genai from '@google/genai/web';
import { talk } from '../../talk.mjs';

const given = new URLSearchParams(location.search);
if (given.has('recorded')) {
  const { LiveInstrumentation } = await import('live-otel/browser');
  await new LiveInstrumentation({ otlp: { url: '/v1/traces' } }).instrument(genai);
}
globalThis.said = talk(genai, given.get('base'));
