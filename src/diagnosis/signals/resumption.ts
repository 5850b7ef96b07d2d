import { counted, duration } from '../../conventions/words.ts';
import type { Signals } from './signal.ts';

const hourMs = 3_600_000;
/** How long a handle is good after the session ended. */
const validMs = { gemini: 2 * hourMs, vertex: 24 * hourMs } as const;

/** Where the session took up from. */
export const resumptionSignals = {
  resumed: {
    words: 'the session was opened with a resumption handle',
    test: ({ resumption: { resumed, handleAgeMs }, connectionAgeMs }) => {
      if (!resumed) return undefined;
      const atConnect = (handleAgeMs ?? 0) - connectionAgeMs;
      const age = atConnect > 0 ? `, ${duration(atConnect)} old at connect()` : '';
      return `The session was opened with a resumption handle${age}.`;
    },
  },
  not_resumed: {
    words: 'the session was opened without a resumption handle',
    test: ({ resumption: { resumed, requested } }) =>
      resumed
        ? undefined
        : `The session was opened without a resumption handle${requested ? ' and asked for one' : ''}.`,
  },
  /** Handle older than 2 h (Gemini) or 24 h (Vertex). */
  // A newer handle than the one it resumed from is younger than the connection.
  handle_expired: {
    words: 'the resumption handle was older than it may be',
    irregular: true,
    test: ({ resumption: { resumed, handleAgeMs }, connectionAgeMs, api }) => {
      const atConnect = (handleAgeMs ?? 0) - connectionAgeMs;
      return resumed && atConnect > validMs[api]
        ? `The handle was ${duration(atConnect)} old at connect(), and handles are good for ${duration(validMs[api])}.`
        : undefined;
    },
  },
  /** Handle not issued to this process. */
  handle_of_unknown_origin: {
    words: 'the resumption handle did not come from this process',
    test: ({ resumption }, { handleOfUnknownOrigin }) =>
      handleOfUnknownOrigin && resumption.resumed ? 'The handle was not issued to this process.' : undefined,
  },
  /** Another connection of the conversation was open when this one was made. */
  earlier_connection_open: {
    words: 'an earlier connection of the conversation was still open',
    irregular: true,
    test: ({ connectionAgeMs }, { earlierConnectionOpen }) =>
      earlierConnectionOpen
        ? `Another connection of the conversation was open at connect(), ${duration(connectionAgeMs)} before the end.`
        : undefined,
  },
  /** A connection that resumed from the same handle had failed. */
  handle_failed_before: {
    words: 'a connection that resumed from the same handle had failed before',
    irregular: true,
    test: (_, { handleFailures }) =>
      handleFailures > 0
        ? `${counted(handleFailures, 'connection')} had failed before with the same handle.`
        : undefined,
  },
  /** clientContent within 5 s of a resumption. */
  client_content_after_resume: {
    words: 'clientContent was sent within 5 s of the resumption',
    irregular: true,
    test: ({ input, activeMs }) =>
      input.clientContentAfterResume
        ? `Client content was sent within 5 s of the resumption${activeMs === undefined ? '' : `, which was ${duration(activeMs)} before the end`}.`
        : undefined,
  },
  /** 20 realtime frames or more within the first second after a resumption, faster than they can be recorded. */
  burst_after_resume: {
    words: '20 realtime frames or more were sent in the first second after the resumption',
    irregular: true,
    test: ({ input, activeMs }) =>
      input.burstAfterResume
        ? `20 realtime frames or more were sent at once after the resumption${activeMs === undefined ? '' : `, which was ${duration(activeMs)} before the end`}.`
        : undefined,
  },
} as const satisfies Signals;
