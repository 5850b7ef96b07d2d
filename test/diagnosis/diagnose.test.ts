import { describe, expect, it } from 'vitest';
import { causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import type { Cause } from '../../src/diagnosis/cause.ts';
import { diagnose, diagnoseWith } from '../../src/diagnosis/diagnose.ts';
import { noOthers, type OtherSessions, type RecentClosure } from '../../src/diagnosis/others.ts';
import type { SignalId } from '../../src/diagnosis/signals/signals.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import type { Closure } from '../../src/session/model.ts';
import {
  activeScenario,
  audioIn,
  clientContent,
  closeCalled,
  closed,
  closureOf,
  epoch,
  received,
  scenario,
  toolCall,
  toolResponse,
  turnComplete,
  usage,
} from '../session/build.ts';
import { causeOf } from './causes.ts';
import { type ClosureFields, end, closureOf as endOf, pending } from './closures.ts';

const unknown = {
  cause: 'unknown',
  category: 'unknown',
  hypothesis: 'not_established',
  confidence: 'none',
  retry: {
    when: 'later',
    why: 'The cause is not known; wait before each attempt, and longer after each failure.',
  },
  evidence: [],
  against: [],
};

/** A tool call of get_weather at 1 s, its response at 2 s with one audio frame before it, and then `events`. */
function afterToolResponse(at: number, ...events: readonly SessionEvent[]): Closure {
  const session = activeScenario();
  session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }, { id: 'b', name: 'book_table' }));
  session.at(1_500, audioIn());
  session.at(2_000, toolResponse({ id: 'x', name: 'get_weather', responseBytes: 250, encoding: 'escaped' }));
  return closureOf(session.at(at, ...events));
}

/** Of {@link afterToolResponse} at 2.05 s, whatever the cause. */
const measured = [
  '2 tool calls pending (get_weather and book_table), the oldest for 1.05 s.',
  '1 realtime input frame sent while a tool call was pending, 1 of them audio.',
  'The last tool response was sent 50 ms before the end, and no frame came after it.',
  'The last tool response had 312 B: 250 B of it payload, encoding escaped, shape object.',
  'Id match of the last tool response: unknown.',
  '1 function response of the session matched no pending call by id.',
  'Turn 1 was under way.',
  'Of the frames, the last frame sent was tool_response (312 B, 50 ms before) and the last frame received was tool_call (100 B, 1.05 s before).',
  'The connection was 2.05 s old, 1.85 s of them after the setup, in phase active.',
];

describe('a close of the service', () => {
  it('is told with what happened, what was seen and what that means', () => {
    expect(
      diagnose(afterToolResponse(2_050, closed(1011, 'Internal error occurred.', { wasClean: true }))),
    ).toEqual({
      cause: 'tool-response-id-mismatch',
      category: 'tools',
      hypothesis: 'tool_call_id',
      confidence: 'medium',
      explanation: expect.stringMatching(
        /^The service closed with 1011 "Internal error occurred\." 50 ms after a tool response of 312 B to get_weather; no frame came in between\. .+\.$/,
      ),
      remedy: causeById('tool-response-id-mismatch')?.remedy,
      retry: {
        when: 'no',
        why: 'The next attempt would end in the same way until something is changed.',
      },
      evidence: [
        '1 function response of the last tool response had an id that no call of the session has: `get_weather`.',
        'A tool response was the last thing sent, 312 B, 50 ms before the end.',
        'The service sent nothing in the 50 ms after the tool response to `get_weather`.',
        'The tool response to `get_weather` was sent 50 ms before the end, with nothing but audio after it.',
        'The reason text is known from 11 causes; alone it does not tell which.',
      ],
      against: [],
      context: measured,
      rivals: [
        {
          cause: 'tool-response-1011-internal',
          hypothesis: 'internal_error',
          toTellApart: expect.stringMatching(/ids of the last tool response were those of pending calls/),
        },
      ],
    });
  });

  it('with a text that is not known is told with what was measured, and its cause is left open', () => {
    expect(diagnose(afterToolResponse(2_050, closed(1011, 'Flux capacitor.', { wasClean: true })))).toEqual({
      ...unknown,
      explanation:
        'The service closed with 1011 "Flux capacitor." 50 ms after a tool response of 312 B to get_weather; no frame came in between.',
      context: measured,
      rivals: [expect.objectContaining({ cause: 'tool-response-id-mismatch' })],
      retry: {
        when: 'later',
        why: 'The cause is not known; wait before each attempt, and longer after each failure.',
        afterMs: 2_000,
      },
    });
  });

  it('says so where the reason was cut', () => {
    const session = activeScenario();
    const reason = 'x'.repeat(123);
    const { explanation } = diagnose(closureOf(session.at(60_200, clientContent(), closed(1008, reason))));
    expect(explanation).toBe(
      `The service closed with 1008 "${reason}" (cut at 123 bytes) 0 ms after client content was sent.`,
    );
  });

  it('says so where there was no reason', () => {
    const session = activeScenario();
    const { explanation } = diagnose(closureOf(session.at(1_200, closed(1003))));
    expect(explanation).toBe(
      'The service closed with 1003 and no reason 1.00 s after the setup was completed.',
    );
  });

  it('brings goAway, usage, handles, the process and the transport into context', () => {
    const session = activeScenario({ resumedHandleAt: epoch - 10_000 }, { handleHash: 'h' });
    session.at(500_000, clientContent({ rolesMissing: 1 }), turnComplete({ usage: usage(900, 50) }));
    session.at(540_000, received('go_away', { goAway: { timeLeftMs: 50_000 } }));
    const end: SessionEvent = {
      type: 'socket_closed',
      code: 1008,
      reason: 'aborted',
      process: { sessionsOpen: 3, connectsLastMinute: 1 },
      transport: { bufferedBytes: 1, pingRttMs: 45, eventLoopDelayMs: 12 },
    };
    expect(diagnose(closureOf(session.at(590_000, end))).context).toEqual([
      'goAway came 50.0 s before the end with 50.0 s left; that time had run out.',
      'Client content had turns without a role.',
      'The last usage counted 950 tokens.',
      'The session was resumed; the last handle was 10 min 00 s old.',
      'The last sign of the user was 1 min 30 s before the end.',
      '3 sessions open in the process, 1 connect in the last minute.',
      'The transport showed 1 B waiting in the socket, a ping round trip of 45 ms and an event-loop delay of up to 12 ms.',
      'Of the frames, the last frame sent was client_content (100 B, 1 min 30 s before) and the last frame received was go_away (100 B, 50.0 s before).',
      'The connection was 9 min 50 s old, 9 min 50 s of them after the setup, in phase after_go_away.',
    ]);
  });
});

describe('an end that says itself who made it', () => {
  it('is that of the application', () => {
    expect(diagnose(afterToolResponse(62_000, closeCalled, closed(1000)))).toMatchObject({
      cause: 'client-closed-normal',
      retry: { when: 'no', why: 'The application asked for the end.' },
      category: 'client',
      hypothesis: 'client',
      confidence: 'high',
      explanation: 'The application closed the session 1 min 02 s after connect().',
    });
  });

  it('is that of the process', () => {
    const session = scenario();
    expect(diagnose(closureOf(session.at(500, { type: 'process_ending', ending: 'signal' })))).toEqual({
      cause: 'process-exited',
      retry: { when: 'no', why: 'There is nothing left to connect from.' },
      against: [],
      category: 'process',
      hypothesis: 'process',
      confidence: 'high',
      explanation:
        'The process was ended by a signal with the session open, 500 ms after connect(); no frame had crossed the socket.',
      evidence: [],
      context: [
        'No frame crossed the socket.',
        'The connection was 500 ms old, its setup not complete, in phase handshake.',
      ],
      rivals: [],
    });
  });
});

describe('an end without a close frame', () => {
  it('is one of the connection, and not more where nothing else is known', () => {
    const session = activeScenario();
    session.at(3_000, audioIn());
    const { explanation, ...rest } = diagnose(
      closureOf(session.at(4_500, closed(1006, '', { wasClean: false }))),
    );
    expect(rest).toMatchObject({
      cause: 'abnormal-1006',
      category: 'transport',
      hypothesis: 'connection',
      confidence: 'medium',
      against: [],
    });
    expect(explanation).toBe(
      `The connection ended with 1006 and no close frame 1.50 s after audio was sent. ${causeById('abnormal-1006')?.cause}`,
    );
  });

  it.each([
    ['refused', 'model is required.', 'connect-refused', 'setup', 'no'],
    ['credentials', 'Could not load the default credentials.', 'connect-no-credentials', 'credentials', 'no'],
    [
      'credentials',
      'getaddrinfo ENOTFOUND oauth2.example',
      'connect-credentials-unreachable',
      'connection',
      'later',
    ],
    [
      'credentials',
      'request to https://oauth2.example/token failed, reason: self-signed certificate in certificate chain',
      'certificate-refused',
      'connection',
      'no',
    ],
    [
      'unanswered',
      'No connection was established within 120 s.',
      'connect-unanswered',
      'connection',
      'later',
    ],
  ] as const)('that is %s with "%s" is %s', (failure, message, cause, hypothesis, when) => {
    const failed: SessionEvent = { type: 'connect_failed', failure, error: { name: 'Error', message } };
    const diagnosis = diagnose(closureOf(scenario().at(80, failed)));
    expect(diagnosis).toMatchObject({ cause, hypothesis, retry: { when } });
    expect(diagnosis.explanation).toContain(
      `No session came about: connect() failed 80 ms after it was called. Error: ${message.replace(/\.$/, '')}. `,
    );
  });
});

describe('a socket that never opened', () => {
  const opening = (name: string, message: string, fields: ClosureFields = {}) =>
    diagnose(
      endOf({
        code: 1006,
        reason: '',
        initiator: 'network',
        phase: 'handshake',
        wasClean: false,
        error: { name, message },
        ...fields,
      }),
    );

  it.each([
    [
      'ENOTFOUND',
      'getaddrinfo ENOTFOUND generativelanguage.googleapis.con',
      'service-unreachable',
      'later',
      'spelling of the host',
    ],
    [
      'EAI_AGAIN',
      'getaddrinfo EAI_AGAIN generativelanguage.googleapis.com',
      'service-unreachable',
      'later',
      'name resolution',
    ],
    [
      'ECONNREFUSED',
      'connect ECONNREFUSED 127.0.0.1:9',
      'service-unreachable',
      'later',
      'host and port of the base URL',
    ],
    ['ENETUNREACH', 'connect ENETUNREACH 2a00:1450::1:443', 'service-unreachable', 'later', 'routes'],
    ['ETIMEDOUT', 'connect ETIMEDOUT 142.250.1.95:443', 'handshake-timed-out', 'later', 'port 443'],
    ['UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error', 'handshake-timed-out', 'later', 'proxy'],
    ['ECONNRESET', 'socket hang up', 'handshake-reset', 'later', 'proxies and firewalls'],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'self-signed certificate in certificate chain',
      'certificate-refused',
      'no',
      'NODE_EXTRA_CA_CERTS',
    ],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'unable to verify the first certificate',
      'certificate-refused',
      'no',
      'NODE_EXTRA_CA_CERTS',
    ],
    ['CERT_HAS_EXPIRED', 'certificate has expired', 'certificate-refused', 'no', 'clock'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      "Hostname/IP does not match certificate's altnames",
      'certificate-refused',
      'no',
      'other names',
    ],
    [
      'EPROTO',
      'write EPROTO 80:error:0A00010B:SSL routines::wrong version number',
      'handshake-wrong-protocol',
      'no',
      'scheme and port',
    ],
    [
      'HPE_INVALID_CONSTANT',
      'Parse Error: Expected HTTP/',
      'handshake-wrong-protocol',
      'no',
      'scheme and port',
    ],
    ['Event', '', 'handshake-failed', 'later', 'network panel'],
    ['EMFILE', 'connect EMFILE 142.250.1.95:443', 'handshake-failed', 'later', 'Read the error'],
  ])('with %s (%s) is %s', (name, message, cause, when, remedy) => {
    const found = opening(name, message);
    expect([found.cause, found.hypothesis, found.retry.when, found.rivals]).toEqual([
      cause,
      'connection',
      when,
      [],
    ]);
    expect(found.remedy).toContain(remedy);
    expect(found.confidence).toBe(causeById(cause)?.confidence);
    expect(found.evidence).toHaveLength(cause === 'handshake-failed' ? 0 : 1);
  });

  it('with a status of HTTP is a handshake that was refused', () => {
    const found = opening('Error', 'Unexpected server response: 404', { handshakeStatus: 404 });
    expect([found.cause, found.hypothesis, found.evidence]).toEqual([
      'handshake-rejected',
      'setup',
      ['The handshake was answered with HTTP status 404.'],
    ]);
  });

  it('is asked for again with longer pauses, and then no more', () => {
    const after = (times: number) => {
      const earlier: RecentClosure = {
        at: 0,
        code: 1006,
        reason: '',
        expected: false,
        connectionAgeMs: 20,
        conversationId: 'earlier',
        cause: 'service-unreachable',
      };
      const closure = endOf({
        code: 1006,
        reason: '',
        initiator: 'network',
        phase: 'handshake',
        connectionAgeMs: 20,
        error: { name: 'ECONNREFUSED', message: '' },
      });
      return diagnose(closure, { ...noOthers, recent: Array.from({ length: times }, () => earlier) }).retry;
    };
    expect([after(0).afterMs, after(1).afterMs, after(6).when]).toEqual([2_000, 4_000, 'no']);
  });

  it('is none where the same error ends a session that was open', () => {
    expect(opening('ECONNRESET', 'read ECONNRESET', { phase: 'active' }).cause).toBe('abnormal-1006');
  });
});

describe('whether to connect again', () => {
  const aborted = (resumption: ClosureFields['resumption'], others: Partial<OtherSessions> = {}) =>
    diagnose(
      endOf({
        code: 1008,
        reason: 'The operation was aborted.',
        connectionAgeMs: 590_000,
        activeMs: 589_000,
        phase: 'after_go_away',
        goAway: { agoMs: 50_500, timeLeftMs: 50_000, deadlinePassed: true },
        ...(resumption && { resumption }),
      }),
      { ...noOthers, ...others },
    ).retry;

  it('is what the cause says, with the handle where there is one', () => {
    expect(aborted({ handleAvailable: true })).toEqual({
      when: 'now',
      why: 'The cause ended with the connection, so a new one can be opened at once. There is a handle to resume from.',
    });
  });

  it('is without the handle where that failed before', () => {
    expect(aborted({ resumed: true, handleAvailable: true }, { handleFailures: 2 })).toEqual({
      when: 'fresh_session',
      why: 'Connections that resumed from this handle have failed before; leave it out.',
    });
  });

  it('is later where the cause is not known', () => {
    expect(diagnose(endOf({ reason: 'Flux capacitor.' })).retry.when).toBe('later');
  });
});

describe('a session that the application closed', () => {
  it('names the stall that may be why as a rival', () => {
    const { cause, rivals } = diagnose(
      endOf({
        initiator: 'client',
        expected: true,
        code: 1000,
        reason: '',
        ...pending({ receivedAt: end - 20_000 }),
      }),
    );
    expect(cause).toBe('client-closed-normal');
    expect(rivals.map((rival) => rival.cause)).toEqual(['stall-unanswered-tool-call']);
  });
});

describe('an honest diagnosis', () => {
  const generic = 'Something that many causes have.';
  const sharing = (fields: readonly Partial<Cause>[]): readonly Cause[] =>
    fields.map((more, index) => causeOf({ id: `cause-${index}`, texts: [generic], ...more }));
  const judge = (causes: readonly Cause[], ...seen: readonly SignalId[]) =>
    diagnoseWith(
      endOf({ reason: generic }),
      noOthers,
      new Map(seen.map((id) => [id, `Seen: ${id}.`])),
      causes,
    );

  it('abstains where two hypotheses fit alike and nothing was seen, and names both', () => {
    const { cause, hypothesis, confidence, rivals } = judge(
      sharing([{}, {}, { hypothesis: 'rate_limit' }, { hypothesis: 'rate_limit' }]),
    );
    expect({ cause, hypothesis, confidence }).toEqual({
      cause: 'unknown',
      hypothesis: 'not_established',
      confidence: 'none',
    });
    expect(rivals.map((rival) => rival.hypothesis)).toEqual([
      'internal_error',
      'internal_error',
      'rate_limit',
    ]);
  });

  it('names a cause that can not be observed as a rival only', () => {
    const { cause, rivals } = judge(sharing([{ observable: 'no' }]));
    expect([cause, rivals.map((rival) => rival.cause)]).toEqual(['unknown', ['cause-0']]);
  });

  it('is the less sure the closer another hypothesis comes', () => {
    const rival = { hypothesis: 'rate_limit', confidence: 'medium' } as const;
    const others = [{ ...rival }, { observable: 'no' }, { observable: 'no' }] as const;
    const causes = sharing([{ requires: ['video_sent'] }, ...others]);
    expect(judge(causes, 'video_sent').confidence).toBe('high');
    const close = sharing([
      { supports: ['video_sent', 'active'] },
      { ...rival, supports: ['video_sent'] },
      ...others,
    ]);
    expect(judge(close, 'video_sent').confidence).toBe('low');
  });

  it('is the less sure where something speaks against it, and says what', () => {
    const { confidence, against } = judge(
      [causeOf({ texts: [generic], against: ['video_sent'] })],
      'video_sent',
    );
    expect({ confidence, against }).toEqual({ confidence: 'medium', against: ['Seen: video_sent.'] });
  });

  it('is never surer than the catalogue is of the cause', () => {
    expect(judge([causeOf({ texts: [generic], confidence: 'low' })]).confidence).toBe('low');
  });

  it('says what the text asks for and was not seen', () => {
    const { cause, against } = judge([causeOf({ texts: [generic], requires: ['resumed'] })]);
    expect(cause).toBe('a');
    expect(against).toEqual(['It was not seen that the session was opened with a resumption handle.']);
  });

  it('says that the code or the API is another than known', () => {
    expect(judge([causeOf({ texts: [generic], codes: [1008], apis: ['vertex'] })]).against).toEqual([
      'The text is known with code 1008, not with 1011.',
      'It has not been reported of the Gemini API.',
    ]);
  });
});
