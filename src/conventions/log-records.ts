/** The log records: the one table that the documentation is made from. */
import type { AttributeName } from './attributes.ts';
import { spanDefinitions } from './spans.ts';

interface LogRecordDefinition {
  readonly brief: string;
  readonly severity: string;
  readonly attributes: readonly AttributeName[];
}

/** The log record that carries a closure as well, for traces that were not sampled. */
export const closureLogName = 'gen_ai.client.realtime_session.ended';

export const logRecords = {
  'gen_ai.client.realtime_session.started': {
    brief: 'The service accepted the setup. In the context of `live_session`.',
    severity: 'INFO',
    attributes: spanDefinitions.live_connect.attributes.filter(
      (name) => name !== 'error.type' && !name.startsWith('gemini.live.connect.'),
    ),
  },
  [closureLogName]: {
    brief:
      'The session is over. In the context of `live_closure`, with the same attributes; the body is the explanation. It is written whether the trace was sampled or not.',
    severity: 'ERROR where the end was not expected, else INFO',
    attributes: spanDefinitions.live_closure.attributes,
  },
} as const satisfies Record<string, LogRecordDefinition>;

/** `SeverityNumber` of OpenTelemetry; the API has had it only since 1.10. */
export const severity = { info: 9, error: 17 } as const;
