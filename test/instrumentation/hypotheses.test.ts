/** For each hypothesis, over a real socket: an end that supports it, and one in which something of another was planted. */
import type { FunctionCall, Session } from '@google/genai';
import { describe, expect, it } from 'vitest';
import type { Confidence, Hypothesis } from '../../src/conventions/vocabulary.ts';
import {
  type Action,
  closeFrames,
  LiveServerSimulator,
  oversizeResponse,
  race,
  type Script,
  silence,
  type Trigger,
  toolResponse1008,
  toolResponse1011,
} from '../../src/testing/index.ts';
import { hello, runApplication, streamAudio, toolCall, tools } from './application.ts';
import { expectSoundTrace, named } from './expect-trace.ts';
import { startRecording } from './recording.ts';

type Step = (session: Session, call?: FunctionCall) => void;

interface Scenario {
  readonly script: Script;
  /** Before the user's turn. */
  readonly first?: readonly Step[];
  readonly onCall?: readonly Step[];
  /** Other sessions of the process, open all the while. */
  readonly neighbours?: number;
  /** The call comes on one connection and is dealt with on the next, which resumes it. */
  readonly reconnect?: boolean;
}

interface Case {
  readonly what: string;
  readonly scenario: Scenario;
  readonly told: readonly [hypothesis: Hypothesis, cause: string, confidence: Confidence];
  readonly rivals?: readonly string[];
  readonly against?: RegExp;
  /** The sentence of the evidence that tells this cause from others. */
  readonly telling: RegExp;
  /** What is measured as well, and does not change what is told. */
  readonly planted?: readonly (readonly [what: string, scenario: Scenario, measured: RegExp])[];
}

const turn = (...actions: readonly Action[]) => ({ on: { event: 'user_turn' }, do: actions }) as const;
const calling = (on: Trigger, ...actions: readonly Action[]): Script => ({
  name: 'calling',
  description: 'Calls the first tool, and ends on something.',
  reactions: [turn({ do: 'tool_call', calls: [{}] }), { on, do: actions, times: 1 }],
});
const speaking = (...actions: readonly Action[]): Script => ({
  name: 'speaking',
  description: 'Speaks, and ends in the middle of it.',
  reactions: [turn({ do: 'speak', ms: 600 }, ...actions)],
});
const overQuota: Action = { do: 'close', ...closeFrames.quotaExceeded };
const notImplemented: Action = { do: 'close', ...closeFrames.notImplemented };
const responded = { event: 'tool_response' } as const;
const unanswered = { event: 'call_unanswered', ms: 1_000 } as const;
const dropped = calling(unanswered, { do: 'drop' });
/** Loses the connection while the call is pending, and refuses the late answer to it. */
const forgetful: Script = { ...dropped, behaviour: { unknownToolCall: closeFrames.entityNotFound } };

const answerWith =
  (response: Record<string, unknown>): Step =>
  (session, { id = '', name = '' } = {}) =>
    session.sendToolResponse({ functionResponses: [{ id, name, response }] });
const answer = answerWith({ ok: true });
const large = answerWith({ text: 'word '.repeat(4_000) });
const oversize = answerWith({ text: 'word '.repeat(25_600) });
const audio: Step = (session) => streamAudio(session, silence(300));
const activityStart: Step = (session) => session.sendRealtimeInput({ activityStart: {} });

const inputBefore = /^3 realtime input frames sent while a tool call was pending, 3 of them audio\.$/;
const largeResponse = /^The last tool response had 19.7 KB: /;
const responseBefore = /^The last tool response was sent [\d.]+ m?s before the end, and no frame came/;

const cases: readonly Case[] = [
  {
    what: 'a response above the context window',
    scenario: { script: oversizeResponse(), onCall: [oversize] },
    told: ['payload_size', 'tool-response-context-overflow-1007', 'high'],
    telling: /^The last tool response had 125 KB: 16 times what counts as large\.$/,
    planted: [
      ['input during the call', { script: oversizeResponse(), onCall: [audio, oversize] }, inputBefore],
    ],
  },
  {
    what: 'a large response before the text of any internal error',
    scenario: { script: toolResponse1011(), onCall: [large] },
    told: ['payload_size', 'tool-response-large-1011', 'low'],
    rivals: ['tool-response-1011-internal', 'internal-generic-1011'],
    telling: /^The last tool response had 19.7 KB, to `get_weather`\.$/,
  },
  {
    what: 'activity marks with automatic detection',
    scenario: { script: speaking(), first: [activityStart] },
    told: ['encoding', 'activity-with-auto-vad-1007', 'high'],
    telling: /^Activity marks were sent although automatic activity detection was on\.$/,
    planted: [
      ['a tool response', { script: calling(unanswered), onCall: [answer, activityStart] }, responseBefore],
    ],
  },
  {
    what: 'the answer to a call of an earlier connection',
    scenario: { script: forgetful, reconnect: true, onCall: [answer] },
    told: ['tool_call_id', 'tool-response-after-reconnect-orphan', 'low'],
    rivals: ['tool-response-1008-not-found'],
    telling: /had the id of a call of an earlier connection: `get_weather`\.$/,
    planted: [['its size', { script: forgetful, reconnect: true, onCall: [large] }, largeResponse]],
  },
  {
    what: 'the text of such an answer, to a call of this connection',
    scenario: { script: toolResponse1008(), onCall: [answer] },
    told: ['internal_error', 'tool-response-1008-not-found', 'medium'],
    telling: /^The id of the last tool response matched a pending call\.$/,
  },
  {
    what: 'audio while a call is pending',
    scenario: { script: race(), onCall: [audio] },
    told: ['concurrency', 'tool-pending-realtime-input-1008', 'medium'],
    telling: /^3 audio frames were sent while tool call `get_weather` was pending for [\d.]+ m?s\.$/,
    planted: [
      [
        'a large response',
        { script: calling(responded, notImplemented), onCall: [audio, large] },
        largeResponse,
      ],
    ],
  },
  {
    what: 'the text of that race, with a call pending but no input',
    scenario: { script: calling(unanswered, notImplemented) },
    told: ['internal_error', 'unimplemented-generic-1008', 'low'],
    telling: /^None of \d+ known irregularities was seen in what the application did\.$/,
    against: /^Tool call `get_weather` was pending for [\d.]+ m?s\.$/,
  },
  {
    what: 'a proper response',
    scenario: { script: toolResponse1011(), onCall: [answer] },
    told: ['internal_error', 'tool-response-1011-internal', 'medium'],
    rivals: ['internal-generic-1011'],
    telling: /^The tool response to `get_weather` was sent [\d.]+ m?s before the end, with nothing but audio/,
    planted: [
      [
        'much audio and other sessions',
        { script: toolResponse1011(), neighbours: 3, first: Array(15).fill(audio), onCall: [answer] },
        /^4 sessions open in the process, 4 connects in the last minute\.$/,
      ],
    ],
  },
  {
    what: 'a response with control characters before the text of any internal error',
    scenario: { script: toolResponse1011(), onCall: [answerWith({ text: 'bell \u0007' })] },
    told: ['encoding', 'tool-response-encoding-1011', 'low'],
    rivals: ['tool-response-1011-internal', 'internal-generic-1011'],
    telling: /^The last response of `get_weather`, 22 B, had control characters in its strings\.$/,
  },
  {
    what: 'an exceeded quota in the middle of a turn',
    scenario: { script: speaking(overQuota) },
    told: ['rate_limit', 'quota-exceeded-1011', 'high'],
    telling: /^The reason text is known from 2 causes; what the others take was not seen\.$/,
    planted: [
      ['a tool response', { script: calling(responded, overQuota), onCall: [answer] }, responseBefore],
    ],
  },
  {
    what: 'a lost connection',
    scenario: { script: speaking({ do: 'drop' }) },
    told: ['connection', 'abnormal-1006', 'medium'],
    telling: /^The connection ended without a close frame after [\d.]+ m?s\.$/,
    planted: [
      [
        'a pending call',
        { script: dropped },
        /^1 tool call pending \(get_weather\), the oldest for [\d.]+ m?s\.$/,
      ],
      ['audio while a call was pending', { script: dropped, onCall: [audio] }, inputBefore],
    ],
  },
];

/** What the last closure says of its cause. */
async function diagnose({ script, first = [], onCall = [], neighbours = 0, reconnect = false }: Scenario) {
  const recording = await startRecording();
  await using simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
  const neighbour = () => runApplication(recording.sdk, simulator.url).connected;
  await Promise.all(Array.from({ length: neighbours }, neighbour));
  let handle = '';
  const app = runApplication(recording.sdk, simulator.url, {
    config: { tools, ...(reconnect && { sessionResumption: {} }) },
    onmessage: ({ toolCall, sessionResumptionUpdate: update }, session) => {
      handle = update?.newHandle ?? handle;
      if (toolCall && !reconnect) for (const step of onCall) step(session(), toolCall.functionCalls?.[0]);
    },
  });
  const session = await app.connected;
  for (const step of first) step(session);
  session.sendClientContent(hello);
  await app.closed;
  if (reconnect) {
    const config = { tools, sessionResumption: { handle } };
    const next = runApplication(recording.sdk, simulator.url, { config });
    const resumed = await next.connected;
    const { toolCall: earlier } = await app.seen(toolCall);
    for (const step of onCall) step(resumed, earlier?.functionCalls?.[0]);
    await next.closed;
  }
  const spans = await recording.spans();
  const closure = named(spans, 'live_closure').at(-1);
  const traceId = closure?.spanContext().traceId;
  expectSoundTrace(spans.filter((span) => span.spanContext().traceId === traceId));
  const said = (name: string) => closure?.attributes[`gemini.live.closure.${name}`];
  const list = (name: string) => (said(name) ?? []) as readonly string[];
  return {
    told: ['hypothesis', 'cause', 'confidence'].map(said),
    rivals: said('rivals') ?? [],
    against: said('against') ?? [],
    evidence: list('evidence'),
    context: list('context'),
  };
}

const titled = cases.map((one) => [`${one.told[0]}: ${one.what}`, one] as const);

describe.each(titled)('%s', (_title, { scenario, told, rivals = [], against, telling, planted = [] }) => {
  const expected = {
    told,
    rivals,
    against: against ? [expect.stringMatching(against)] : [],
    evidence: expect.arrayContaining([expect.stringMatching(telling)]),
    context: expect.any(Array),
  };

  it('is told by what was measured', async () => {
    expect(await diagnose(scenario)).toEqual(expected);
  });

  it.each(planted)('is told in spite of %s', async (_what, rival, measured) => {
    const found = await diagnose(rival);
    expect(found).toEqual(expected);
    expect([...found.evidence, ...found.context]).toContainEqual(expect.stringMatching(measured));
  });
});
