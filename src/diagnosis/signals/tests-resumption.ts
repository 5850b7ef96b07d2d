import { count, seconds } from '../wording.ts';
import type { SignalTests } from './signal-test.ts';

const hourMs = 3_600_000;
/** How long a handle is good after the session ended. */
const validMs = { gemini: 2 * hourMs, vertex: 24 * hourMs } as const;

/** Where the session took up from. */
export const resumptionTests = {
  resumed: ({ resumption: { resumed, handleAgeMs }, connectionAgeMs }) => {
    if (!resumed) return undefined;
    const atConnect = (handleAgeMs ?? 0) - connectionAgeMs;
    const age = atConnect > 0 ? `, ${seconds(atConnect)} old at connect()` : '';
    return `The session was opened with a resumption handle${age}.`;
  },
  not_resumed: ({ resumption: { resumed, requested } }) =>
    resumed
      ? undefined
      : `The session was opened without a resumption handle${requested ? ' and asked for one' : ''}.`,
  // A newer handle than the one it resumed from is younger than the connection.
  handle_expired: ({ resumption: { resumed, handleAgeMs }, connectionAgeMs, api }) => {
    const atConnect = (handleAgeMs ?? 0) - connectionAgeMs;
    return resumed && atConnect > validMs[api]
      ? `The handle was ${hours(atConnect)} old at connect(), and handles are good for ${hours(validMs[api])}.`
      : undefined;
  },
  handle_of_unknown_origin: ({ resumption }, { handleOfUnknownOrigin }) =>
    handleOfUnknownOrigin && resumption.resumed ? 'The handle was not issued to this process.' : undefined,
  earlier_connection_open: ({ connectionAgeMs }, { earlierConnectionOpen }) =>
    earlierConnectionOpen
      ? `Another connection of the conversation was open at connect(), ${seconds(connectionAgeMs)} before the end.`
      : undefined,
  handle_failed_before: (_, { handleFailures }) =>
    handleFailures > 0
      ? `${count(handleFailures, 'connection')} had failed before with the same handle.`
      : undefined,
  client_content_after_resume: ({ input, activeMs }) =>
    input.clientContentAfterResume
      ? `Client content was sent within 5 s of the resumption${activeMs === undefined ? '' : `, which was ${seconds(activeMs)} before the end`}.`
      : undefined,
  burst_after_resume: ({ input, activeMs }) =>
    input.burstAfterResume
      ? `20 realtime frames or more were sent at once after the resumption${activeMs === undefined ? '' : `, which was ${seconds(activeMs)} before the end`}.`
      : undefined,
} as const satisfies SignalTests;

function hours(ms: number): string {
  return `${(ms / hourMs).toFixed(1)} h`;
}
