/**
 * A conversation that a case takes part in, written down: every callback, every value and error that the application
 * sees, in order. What is written must not depend on whether it is instrumented.
 */
const { GoogleGenAI } = require(process.env.SDK);
const { inspect } = require('node:util');

const describe = (error) => [error?.name, error?.message];

/** Plays one case and resolves with its lines. */
exports.play = async function play(name, act) {
  const lines = [];
  const note = (...what) => lines.push(inspect(what, { depth: 4, breakLength: Number.POSITIVE_INFINITY }));
  const attempt = (what, work) => {
    try {
      note(what, 'gave', typeof work() === 'object' ? 'an object' : 'a value');
    } catch (error) {
      note(what, 'threw', describe(error));
    }
  };
  const uncaught = (error) => note('uncaught', describe(error));
  const unhandled = (error) => note('unhandled', describe(error));
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', unhandled);

  const ai = new GoogleGenAI({
    apiKey: 'test-key',
    httpOptions: { baseUrl: process.env.GEMINI_BASE_URL },
    ...act.options,
  });
  let session;
  let socket;
  const callbacks = {
    onopen: (...args) => note('onopen', args.length),
    onmessage(message) {
      note('onmessage', this === undefined ? 'without this' : 'with this', Object.keys(message));
      for (const { id, name: tool } of message.toolCall?.functionCalls ?? []) {
        attempt('sendToolResponse', () =>
          session?.sendToolResponse({ functionResponses: { id, name: tool, response: { ok: true } } }),
        );
      }
      if (message.serverContent?.turnComplete) attempt('close', () => session?.close());
    },
    onerror: (event) => note('onerror', event?.message),
    onclose: (event) => note('onclose', event?.code, event?.reason, event?.wasClean),
  };
  const stage = {
    ai,
    callbacks,
    note,
    attempt,
    params: { model: 'gemini-test', config: {}, callbacks },
    inspect,
  };
  await act.before?.(stage);
  try {
    const promise = act.connect ? act.connect(stage) : stage.ai.live.connect(stage.params);
    note('connect() gave', promise?.constructor?.name, promise && Object.keys(promise));
    session = await promise;
    socket = session.conn?.ws;
    note('session', Object.keys(session), session.conn?.constructor?.name, Object.keys(session.conn ?? {}));
  } catch (error) {
    note('connect() rejected', describe(error));
  }
  if (session !== undefined) {
    // Before the application's own listener, which may throw.
    const listen = socket?.prependListener ?? socket?.addEventListener;
    const ended = new Promise((resolve) => (listen ? listen.call(socket, 'close', resolve) : resolve()));
    await act.connected?.({ ...stage, session, connection: session.conn, socket });
    attempt('sendClientContent', () => session.sendClientContent({ turns: 'What is the weather?' }));
    if (act.cutShort) {
      attempt('sendRealtimeInput', () => session.sendRealtimeInput({ text: 'Still there?' }));
      attempt('close', () => session.close());
      socket?.terminate?.();
    }
    await ended;
    await new Promise(setImmediate);
    await act.after?.({ ...stage, session, connection: session.conn, socket });
    attempt('sendClientContent after the end', () => session.sendClientContent({ turns: 'Still there?' }));
    attempt('close after the end', () => session.close());
  }
  act.finally?.(stage);
  await new Promise(setImmediate);
  process.off('uncaughtException', uncaught);
  process.off('unhandledRejection', unhandled);
  return [name, lines];
};
