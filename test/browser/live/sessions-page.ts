/** {@link holdSessions} in a page. */
import * as genai from '@google/genai/web';
import { LiveInstrumentation } from 'live-otel/browser';
import { type Addresses, holdSessions, throughSdk, throughSocket } from './sessions.ts';

const live = new LiveInstrumentation({ otlp: { url: '/v1/traces' } });
await live.instrument(genai);

Object.assign(globalThis, {
  hold: (addresses: Addresses, through: string) =>
    holdSessions(addresses, through === 'sdk' ? throughSdk(genai) : throughSocket),
});
