import { apiOf, refuseCredential } from './admission.ts';
import type { ClientMessage, Setup } from './client-message.ts';
import { audioChunks, readClientMessage, readSetup } from './client-message.ts';
import type { CloseFrame } from './close-frames.ts';
import { closeFrames } from './close-frames.ts';
import type { Connection, RunningSession } from './connection.ts';
import { attach } from './connection.ts';
import type { Director } from './director.ts';
import { createDirector } from './director.ts';
import type { JsonObject } from './json.ts';
import { field, isObject, listField, stringField } from './json.ts';
import { createRandom, uuid } from './random.ts';
import { createReactions } from './reactions.ts';
import type { Conversation, Handles } from './resumption.ts';
import type { Behaviour, Script } from './script.ts';
import { createSessionLog } from './session.ts';
import type { Stage } from './stage.ts';
import { countTokens } from './tokens.ts';
import { createPendingCalls } from './tool-calls.ts';
import type { UserInput } from './user-input.ts';
import { createUserInput } from './user-input.ts';
import { violation } from './validation.ts';
import type { WireFormat } from './wire.ts';
import { createWire } from './wire.ts';

/** What the sessions of a simulator share. */
export interface SessionOptions {
  readonly seed: number;
  readonly handles: Handles;
  readonly behaviour: Behaviour;
  readonly scriptFor: (index: number, setup: JsonObject) => Script;
  readonly requireKey: boolean | string | undefined;
  /** When the service last ended an active session, in protocol milliseconds. */
  readonly failures: { lastAt?: number };
}

interface Scene {
  readonly stage: Stage;
  readonly director: Director;
  readonly input: UserInput;
}

/** Runs a script with a client that connected. */
export function runSession(connection: Connection, options: SessionOptions): RunningSession {
  const { clock, index } = connection;
  const ended = new AbortController();
  // Sequences of a session must not depend on those of another: every session has a generator of its own.
  const seed = options.seed * 65_537 + index;
  const random = createRandom(seed);
  const calls = createPendingCalls();
  const format: WireFormat = { json: 'pretty', noise: {}, pongMs: 0 };
  let phase: 'new' | 'setup' | 'ready' = 'new';
  let modelTurns = 0;
  let received = 0;
  const media = { audio: 0, video: 0 };
  let scene: Scene | undefined;

  const log = createSessionLog(index, connection.api ?? 'gemini', {
    now: clock.now,
    pendingToolCalls: () => calls.size,
    perform: (actions) => scene?.director.alongside(actions) ?? Promise.resolve(),
  });
  // Noise has a second one, so that ids and delays stay the same with and without it.
  const wire = createWire(connection.socket, format, log, createRandom(~seed), clock);

  const begin = (message: ClientMessage): CloseFrame | undefined => {
    const setup = readSetup(message.body);
    const api = connection.api ?? apiOf(setup.model);
    const refusal = refuseCredential(connection.credential, options.requireKey);
    if (refusal) return refusal;
    const script = options.scriptFor(index, message.body);
    const behaviour: Behaviour = { ...options.behaviour, ...script.behaviour };
    log.api = script.api ?? api;
    log.script = script.name;
    log.setup = message.body;
    format.json = behaviour.json ?? 'pretty';
    format.noise = behaviour.noise ?? {};
    format.pongMs = behaviour.pongMs ?? 0;
    const earlier = setup.handle ? options.handles.resume(setup.handle, log.api, clock.now()) : undefined;
    if (earlier && 'code' in earlier) {
      return earlier === closeFrames.handleNotFound ? (behaviour.unknownHandle ?? earlier) : earlier;
    }
    log.resumedFrom = earlier?.session;
    scene = setScene(setup, script, behaviour, earlier);
    phase = 'setup';
    const earlierOpen = earlier !== undefined && options.handles.isOpen(earlier.session);
    const sinceFailureMs = clock.now() - (options.failures.lastAt ?? Number.NEGATIVE_INFINITY);
    const reacted = scene.director.react({ event: 'setup', earlierOpen, sinceFailureMs });
    if (!reacted) scene.stage.completeSetup();
    return undefined;
  };

  const setScene = (
    setup: Setup,
    script: Script,
    behaviour: Behaviour,
    earlier: Conversation | undefined,
  ): Scene => {
    const tokens = countTokens(earlier?.prompt);
    modelTurns = earlier?.modelTurns ?? 0;
    const stage: Stage = {
      api: log.api,
      setup,
      behaviour,
      clock,
      random,
      wire,
      calls,
      tokens,
      turn: { output: false, playedAt: 0 },
      completeSetup: () => {
        if (phase === 'ready') return;
        phase = 'ready';
        wire.send({ setupComplete: stage.api === 'vertex' ? { sessionId: uuid(random) } : {} });
        if (behaviour.resumptionUpdates !== false) stage.updateResumption(true);
        director.start();
        director.react({ event: 'ready' });
      },
      updateResumption: (resumable) => {
        if (!setup.resumption) return;
        if (!resumable) return wire.send({ sessionResumptionUpdate: {} });
        const conversation = {
          session: index,
          userTurns: director.userTurns,
          modelTurns,
          prompt: tokens.prompt,
        };
        wire.send({
          sessionResumptionUpdate: {
            newHandle: options.handles.issue(conversation, random),
            resumable: true,
            ...(setup.transparent ? { lastConsumedClientMessageIndex: String(received - 1) } : {}),
          },
        });
      },
      callsSent: (sent) => {
        for (const call of sent) log.toolCalled(call);
        director.callsSent(sent);
      },
      turnEnded: () => {
        modelTurns++;
        tokens.endTurn();
        stage.turn.output = false;
        // No handle while a call is pending: the session cannot be resumed then.
        if (behaviour.resumptionUpdates !== false && calls.size === 0) stage.updateResumption(true);
      },
    };
    const director = createDirector(
      stage,
      createReactions(script, random, earlier !== undefined),
      ended.signal,
      earlier?.userTurns ?? 0,
    );
    return { stage, director, input: createUserInput(stage, director, ended.signal) };
  };

  const take = (message: ClientMessage): CloseFrame | undefined => {
    const rejected = violation(message, {
      phase,
      model: scene?.stage.setup.model ?? '',
      automaticActivityDetection: scene?.stage.setup.automaticActivityDetection ?? true,
      activityOpen: scene?.input.activityOpen ?? false,
      modelTurns,
    });
    if (rejected === closeFrames.setupFirst && message.type === 'setup') {
      return scene?.stage.behaviour.secondSetup ?? rejected;
    }
    if (rejected === closeFrames.twoModalities) return options.behaviour.twoModalities ?? rejected;
    if (rejected) return rejected;
    if (message.type === 'setup') return begin(message);
    return scene ? route(message, scene) : undefined;
  };

  /** A script that cannot be chosen must be seen where the agent is tested, not end the process of the simulator. */
  const takeSafely = (message: ClientMessage): CloseFrame | undefined => {
    try {
      return take(message);
    } catch (error) {
      return { code: 1011, reason: `The script failed: ${String(error)}` };
    }
  };

  const route = (message: ClientMessage, { stage, director, input }: Scene): CloseFrame | undefined => {
    switch (message.type) {
      case 'clientContent':
        stage.tokens.readText(message.bytes);
        director.react({ event: 'client_content', afterAudio: media.audio > 0 });
        director.bargeIn();
        if (field(message.body, 'turnComplete') === true) director.userTurn('client_content');
        return undefined;
      case 'realtimeInput':
        if (calls.size > 0) director.react({ event: 'input_while_call_pending' });
        for (const event of mediaOf(message)) director.react({ event, nth: ++media[event] });
        input.take(message);
        return undefined;
      case 'toolResponse':
        return takeToolResponse(message, { stage, director, input });
      default:
        return undefined;
    }
  };

  const takeToolResponse = (message: ClientMessage, { stage, director }: Scene): CloseFrame | undefined => {
    const responses = listField(message.body, 'functionResponses').filter(isObject);
    stage.tokens.readText(message.bytes);
    let unknown = false;
    const tools = responses.map((response) => {
      log.toolAnswered(response);
      const call = calls.answer(response);
      unknown ||= call === undefined;
      return call?.name ?? stringField(response, 'name') ?? '';
    });
    const scheduling = responses.some((response) => field(response, 'scheduling') !== undefined);
    if (unknown && stage.behaviour.unknownToolCall) return stage.behaviour.unknownToolCall;
    director.react({ event: 'tool_response', tools, bytes: message.bytes, scheduling });
    return undefined;
  };

  return attach(connection, log, () => wire, {
    message: (data) => {
      if (wire.endedWith) return;
      received++;
      const message = readClientMessage(data);
      const rejected = wire.muted ? undefined : takeSafely(message);
      log.received(message);
      if (rejected) wire.close(rejected);
    },
    end: () => {
      ended.abort();
      if (wire.endedWith && phase === 'ready') options.failures.lastAt = clock.now();
      options.handles.sessionEnded(index, clock.now());
    },
  });
}

function mediaOf({ kind, body }: ClientMessage): readonly ('audio' | 'video')[] {
  if (kind === 'video') return ['video'];
  return kind === 'audio' || (kind === 'media_chunks' && audioChunks(body).length > 0) ? ['audio'] : [];
}
