/** Applications with callbacks of their own kind. */
const withCallbacks = (make, rest = {}) => ({
  before(stage) {
    stage.params.callbacks = make(stage);
  },
  ...rest,
});

class Handler {
  #stage;
  #messages = 0;
  constructor(stage) {
    this.#stage = stage;
  }
  onmessage(message) {
    this.#messages += 1;
    this.#stage.callbacks.onmessage.call(undefined, message);
  }
  onclose(event) {
    this.#stage.note('private', this.#messages);
    this.#stage.callbacks.onclose(event);
  }
}

exports.callbacks = {
  'freeze the callbacks': withCallbacks(({ callbacks }) => Object.freeze({ ...callbacks })),
  'pass callbacks with getters': withCallbacks(({ callbacks, note }) => ({
    get onmessage() {
      note('asked for onmessage');
      return callbacks.onmessage;
    },
    get onclose() {
      note('asked for onclose');
      return callbacks.onclose;
    },
  })),
  'pass a proxy as callbacks': withCallbacks(({ callbacks, note }) => {
    const get = (target, property) => {
      note('get', String(property));
      return Reflect.get(target, property);
    };
    return new Proxy({ ...callbacks }, { get });
  }),
  // 1.x and 2.x call `onclose` without its object.
  'pass an object with private fields': withCallbacks((stage) => new Handler(stage), { cutShort: true }),
  'pass callbacks without a prototype': withCallbacks(({ callbacks }) =>
    Object.assign(Object.create(null), callbacks),
  ),
  'pass callbacks with more in them': withCallbacks(({ callbacks }) => ({
    ...callbacks,
    [Symbol('x')]: 1,
    extra: 2,
  })),
  'pass only onmessage': withCallbacks(({ callbacks }) => ({ onmessage: callbacks.onmessage })),
  'pass no callbacks': withCallbacks(() => undefined, { cutShort: true, connect: unanswered }),
  'replace onmessage after connect()': withCallbacks(({ callbacks }) => ({ ...callbacks }), {
    connected({ params, callbacks, note }) {
      params.callbacks.onmessage = (message) => {
        note('replaced');
        callbacks.onmessage(message);
      };
    },
  }),
  'delete onclose after connect()': withCallbacks(({ callbacks }) => ({ ...callbacks }), {
    connected({ params }) {
      delete params.callbacks.onclose;
    },
  }),
  'reject in an async onmessage': withCallbacks(({ callbacks }) => ({
    ...callbacks,
    async onmessage(message) {
      callbacks.onmessage(message);
      if (message.toolCall) throw new Error("the application's own, later");
    },
  })),
  'throw in onmessage': withCallbacks(({ callbacks }) => ({
    ...callbacks,
    onmessage(message) {
      callbacks.onmessage(message);
      if (message.toolCall) throw new Error("the application's own, in onmessage");
    },
  })),
  'throw in onclose': withCallbacks(({ callbacks }) => ({
    ...callbacks,
    onclose(event) {
      callbacks.onclose(event);
      throw new Error("the application's own, in onclose");
    },
  })),
  'throw no error in onclose': withCallbacks(({ callbacks }) => ({
    ...callbacks,
    onclose(event) {
      callbacks.onclose(event);
      throw 'a string';
    },
  })),
  'close in onmessage': withCallbacks(({ callbacks }) => ({ ...callbacks }), {
    connected({ params, session, socket, callbacks }) {
      params.callbacks.onmessage = (message) => {
        callbacks.onmessage(message);
        if (!message.toolCall) return;
        session.close();
        // Else what the service sends until it has the close frame may come or not.
        socket.terminate();
      };
    },
  }),
  'change what is received': withCallbacks(({ callbacks }) => ({
    ...callbacks,
    onmessage(message) {
      callbacks.onmessage(message);
      for (const key of Object.keys(message)) delete message[key];
    },
  })),
};

/** Without `onmessage` no SDK gets far: it fails at the first message. */
function unanswered({ ai, params, note }) {
  return Promise.race([
    ai.live.connect(params),
    new Promise((_resolve, reject) => {
      process.once('unhandledRejection', () => reject(new Error('gave up')));
      process.once('uncaughtException', () => reject(new Error('gave up')));
      note('waiting');
    }),
  ]);
}
