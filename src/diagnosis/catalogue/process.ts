import type { Cause } from '../cause.ts';

/** The end of the process itself: seen from inside, without a close code. */
export const processCauses: readonly Cause[] = [
  {
    id: 'process-exited',
    title: 'The process or page ended with the session open',
    hypothesis: 'process',
    category: 'process',
    codes: [],
    texts: [],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: [],
    supports: [],
    against: [],
    confidence: 'high',
    symptom:
      'The session has no close code, because the process or the page ended before the connection did.',
    cause:
      'The process exited, got a signal, died of an error or had nothing left to do; or the page was closed or left.',
    remedy:
      'Close open sessions before the process or the page ends. Where it died of an error, the error is what to look at.',
    retry: 'no',
    sources: [
      'https://nodejs.org/api/process.html#process-events',
      'https://developer.mozilla.org/docs/Web/API/Window/pagehide_event',
    ],
  },
];
