/**
 * An application that writes down everything it can see of the SDK, one JSON line each. What it writes must not
 * depend on whether it is instrumented.
 */
const lines = [];
const write = (what, value) => lines.push(JSON.stringify([what, value]));
process.on('exit', (code) => {
  write('exit', code);
  require('node:fs').writeSync(1, `${lines.join('\n')}\n`);
});

const describeError = (error) => ({
  name: error?.name,
  message: error?.message,
  own: Object.keys(error ?? {}),
});

/** Everything that can be seen of the SDK before it is used. */
function describeSdk(sdk) {
  const { Live, Session } = sdk;
  const descriptor = Object.getOwnPropertyDescriptor(Live.prototype, 'connect');
  write('sdk', {
    exports: Object.keys(sdk).sort(),
    live: Object.getOwnPropertyNames(Live.prototype),
    session: Object.getOwnPropertyNames(Session.prototype),
    connect: {
      ...descriptor,
      value: [descriptor.value.name, descriptor.value.length, Object.keys(descriptor.value)],
    },
  });
}

function describeSession(sdk, session, callbacks, before) {
  write('session', {
    prototype: Object.getPrototypeOf(session) === sdk.Session.prototype,
    keys: Object.keys(session),
    connection: [
      session.conn.constructor.name,
      Object.keys(session.conn),
      Object.keys(session.conn.callbacks),
    ],
    callbacks: JSON.stringify(Object.keys(callbacks)) === before,
  });
}

const scenarios = {
  /** A tool call that is answered, then the end of the service's choosing. */
  async tool({ sdk, live, write: note }) {
    let session;
    const closed = new Promise((resolve) => {
      const callbacks = {
        onopen(...args) {
          note('onopen', args.length);
        },
        onmessage(...args) {
          const [message] = args;
          note('onmessage', [args.length, message.constructor.name, Object.keys(message)]);
          for (const call of message.toolCall?.functionCalls ?? []) {
            session.sendToolResponse({
              functionResponses: { id: call.id, name: call.name, response: { ok: true } },
            });
          }
          if (message.serverContent?.turnComplete) session.close();
        },
        onerror(...args) {
          note('onerror', [args.length, args[0]?.message]);
        },
        onclose(...args) {
          note('onclose', [
            args.length,
            args[0]?.code,
            args[0]?.reason,
            args[0]?.wasClean,
            this?.constructor?.name,
          ]);
          resolve();
        },
      };
      const params = { model: 'gemini-test', config: { responseModalities: ['AUDIO'] }, callbacks };
      const before = JSON.stringify(Object.keys(callbacks));
      const promise = live.connect(params);
      note('promise', [promise.constructor === Promise, Object.keys(promise), Object.keys(params)]);
      promise.then(
        (made) => {
          session = made;
          note('resolved', Object.keys(params.config));
          describeSession(sdk, session, callbacks, before);
          session.sendClientContent({ turns: 'What is the weather?' });
        },
        (error) => {
          note('rejected', describeError(error));
          resolve();
        },
      );
    });
    await closed;
    try {
      note('send after close', session?.sendClientContent({ turns: 'still there?' }));
    } catch (error) {
      note('send after close threw', describeError(error));
    }
  },

  /** The least an application can pass. */
  async minimal({ live, write: note }) {
    const session = await live.connect({ model: 'gemini-test', callbacks: { onmessage() {} } });
    note('keys', Object.keys(session.conn.callbacks));
    const ended = new Promise((resolve) => session.conn.ws.addEventListener('close', resolve));
    session.close();
    await ended;
  },

  /** Errors that the SDK throws at the caller. */
  async errors({ live, write: note }) {
    const session = await live.connect({ model: 'gemini-test', callbacks: { onmessage() {} } });
    for (const [name, params] of [
      ['sendToolResponse', { functionResponses: [{ response: {} }] }],
      ['sendToolResponse', {}],
      ['sendClientContent', { turns: [undefined] }],
    ]) {
      try {
        note(name, session[name](params));
      } catch (error) {
        note(`${name} threw`, describeError(error));
      }
    }
    const ended = new Promise((resolve) => session.conn.ws.addEventListener('close', resolve));
    session.close();
    await ended;
    await live
      .connect({ model: 'gemini-test', config: { httpOptions: {} }, callbacks: { onmessage() {} } })
      .then((other) => {
        note('connected', Object.keys(other));
        other.close();
      })
      .catch((error) => note('connect threw', describeError(error)));
    await live.connect().catch((error) => note('connect threw', describeError(error)));
  },

  /** Nobody handles the rejection of `connect()`. */
  async unhandled({ live, write: note }) {
    const seen = new Promise((resolve) => {
      process.on('unhandledRejection', (error) => {
        note('unhandledRejection', describeError(error));
        resolve();
      });
    });
    live.connect();
    await seen;
  },

  /** The application's own callbacks throw. */
  async throwing({ live, write: note }) {
    process.on('unhandledRejection', (error) => note('unhandledRejection', describeError(error)));
    const caught = new Promise((resolve) => {
      process.on('uncaughtException', (error) => {
        note('uncaughtException', describeError(error));
        resolve();
      });
    });
    let thrown;
    const threw = new Promise((resolve) => {
      thrown = resolve;
    });
    const session = await live.connect({
      model: 'gemini-test',
      callbacks: {
        onmessage(message) {
          if (!message.serverContent || thrown === undefined) return;
          setImmediate(thrown);
          thrown = undefined;
          throw new RangeError("the application's own, in onmessage");
        },
        onclose() {
          throw new TypeError("the application's own, in onclose");
        },
      },
    });
    session.sendClientContent({ turns: 'Hello.' });
    await threw;
    session.close();
    await caught;
  },

  /** The service refuses the setup: 3.1 rejects, older versions never settle. */
  async refused({ live, write: note }) {
    await new Promise((resolve) => {
      live
        .connect({
          model: 'gemini-test',
          callbacks: {
            onmessage() {},
            onerror: (event) => note('onerror', event.message),
            onclose(event) {
              note('onclose', [event.code, event.reason]);
              setImmediate(resolve);
            },
          },
        })
        .then(
          () => note('resolved'),
          (error) => note('rejected', describeError(error)),
        );
    });
  },
};

exports.run = async function run(sdk) {
  describeSdk(sdk);
  const ai = new sdk.GoogleGenAI({
    apiKey: 'test-key',
    httpOptions: { baseUrl: process.env.GEMINI_BASE_URL },
  });
  await scenarios[process.env.SCENARIO]({ sdk, live: ai.live, write });
};
