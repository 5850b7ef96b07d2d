/** Applications that take hold of the client, its factory or what `connect()` is called with. */
const { createRequire } = require('node:module');
const { mock } = require('node:test');
const sdk = require(process.env.SDK);
const { WebSocket: WsSocket } = createRequire(require.resolve(process.env.SDK))('ws');

const factoryOf = ({ ai }) => ai.live.webSocketFactory;
/** A factory of the application's; `make` gets what the SDK's own connection would. */
const withFactory = (make, rest = {}) => ({
  before(stage) {
    const own = factoryOf(stage);
    stage.ai.live.webSocketFactory = {
      create: (...args) => make(args, stage, own),
    };
  },
  ...rest,
});

class PrivateMethods {
  #socket;
  #url;
  #callbacks;
  constructor(url, _headers, callbacks) {
    this.#url = url;
    this.#callbacks = callbacks;
  }
  #listen() {
    for (const name of ['onopen', 'onerror', 'onclose', 'onmessage'])
      this.#socket[name] = this.#callbacks[name];
  }
  connect() {
    this.#socket = new WsSocket(this.#url);
    this.#listen();
  }
  send(message) {
    this.#write(message);
  }
  close() {
    this.#socket.close();
  }
  #write(message) {
    this.#socket.send(message);
  }
  get ws() {
    return this.#socket;
  }
}
/** The same, and nothing shows the socket. */
class Hidden extends PrivateMethods {
  get ws() {
    return undefined;
  }
  terminateWith(resolve) {
    super.ws.addEventListener('close', resolve);
  }
}

/** Plays the service without a socket: what it gets is written down. */
function fake({ callbacks, note, more = {} }) {
  const say = (message) => callbacks.onmessage({ data: JSON.stringify(message) });
  return {
    connect: () => queueMicrotask(() => callbacks.onopen()),
    send(message) {
      note('fake got', Object.keys(JSON.parse(message)));
      if (message.includes('"setup"')) queueMicrotask(() => say({ setupComplete: {} }));
    },
    close: () => callbacks.onclose({ code: 1000, reason: 'fake', wasClean: true }),
    ...more,
  };
}
const faked = (change = (connection) => connection, rest = {}) =>
  withFactory(([, , callbacks], { note }) => change(fake({ callbacks, note }), note), {
    cutShort: true,
    ...rest,
  });

exports.clients = {
  'a connection with private methods': withFactory((args) => new PrivateMethods(...args)),
  'a connection that hides its socket': withFactory((args) => new Hidden(...args), {
    after: ({ connection }) => new Promise((resolve) => connection.terminateWith(resolve)),
  }),
  'a frozen connection': withFactory((args) => Object.freeze(new PrivateMethods(...args))),
  'a connection that is a proxy': withFactory((args, { note }, own) => {
    const get = (target, property) => {
      const value = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    };
    note('proxied');
    return new Proxy(own.create(...args), { get });
  }),
  'a connection on the global WebSocket': withFactory(([url, , callbacks]) => ({
    connect() {
      this.ws = new WebSocket(url);
      this.ws.binaryType = 'arraybuffer';
      Object.assign(this.ws, callbacks);
      this.ws.onmessage = ({ data }) =>
        callbacks.onmessage({ data: typeof data === 'string' ? data : Buffer.from(data).toString() });
    },
    send(message) {
      this.ws.send(message);
    },
    close() {
      this.ws.close();
    },
  })),
  'a connection without a socket': faked(),
  'a frozen connection without a socket': faked(Object.freeze),
  'a connection whose send is a spy': faked(
    (connection) => {
      mock.method(connection, 'send');
      return connection;
    },
    { after: ({ connection, note }) => note(connection.send.mock.callCount(), connection.send.name) },
  ),
  'a connection whose send gives something': faked((connection) => ({
    ...connection,
    send(message) {
      connection.send(message);
      return { queued: true };
    },
  })),
  'a connection whose send throws': faked((connection) => ({
    ...connection,
    send(message) {
      if (!message.includes('"setup"')) throw new RangeError('The queue is full.');
      connection.send(message);
    },
  })),
  'a connection that opens before connect() returns': withFactory(
    ([, , callbacks], { note }) => ({ ...fake({ callbacks, note }), connect: () => callbacks.onopen() }),
    { cutShort: true },
  ),
  'a connection whose connect() throws': faked((connection) => ({
    ...connection,
    connect() {
      throw new Error('No route.');
    },
  })),
  'a factory that throws': withFactory(() => {
    throw new TypeError('Not today.');
  }),
  'a factory that makes nothing': withFactory(() => undefined),
  'a factory that is a spy': {
    before(stage) {
      mock.method(factoryOf(stage), 'create');
    },
    after({ ai, note, connection }) {
      const { calls } = factoryOf({ ai }).create.mock;
      note(calls.length, calls[0].result === connection, calls[0].arguments.length);
      note(Object.keys(calls[0].arguments[2]), calls[0].this === factoryOf({ ai }));
    },
  },
  'a factory that wraps the callbacks': withFactory(([url, headers, callbacks], { note }, own) => {
    const onmessage = (event) => {
      note('seen', typeof event.data);
      callbacks.onmessage(event);
    };
    return own.create(url, headers, { ...callbacks, onmessage });
  }),
  'a factory that changes the callbacks': withFactory(([url, headers, callbacks], { note }, own) => {
    const { onclose } = callbacks;
    callbacks.onclose = (event) => {
      note('seen', event.code);
      onclose(event);
    };
    return own.create(url, headers, callbacks);
  }),
  'a factory with private fields': {
    before(stage) {
      const own = factoryOf(stage);
      stage.ai.live.webSocketFactory = new (class {
        #count = 0;
        create(...args) {
          stage.note('made', ++this.#count);
          return own.create(...args);
        }
      })();
    },
  },
  'no factory': {
    before({ ai }) {
      ai.live.webSocketFactory = undefined;
    },
  },
  'a client that is frozen': {
    before({ ai }) {
      Object.freeze(ai.live);
    },
  },
  'a client with private fields': {
    before(stage) {
      const { apiClient, auth, webSocketFactory } = stage.ai.live;
      class Own extends sdk.Live {
        #client = apiClient;
        get own() {
          return this.#client;
        }
        isCallableTool(tool) {
          return this.#client !== undefined && 'callTool' in tool;
        }
      }
      stage.ai = { live: new Own(apiClient, auth, webSocketFactory) };
      stage.params.config = { tools: [{ functionDeclarations: [{ name: 'get_weather' }] }] };
    },
  },
  'a proxy of the client': {
    before(stage) {
      stage.ai = {
        live: new Proxy(stage.ai.live, { get: (target, property) => Reflect.get(target, property) }),
      };
    },
  },
  'spy on connect()': {
    before({ ai }) {
      mock.method(ai.live, 'connect');
    },
    after({ ai, note }) {
      note(ai.live.connect.mock.callCount(), ai.live.connect.mock.calls[0].result.constructor.name);
    },
  },
  'wrap connect() on the class': {
    before({ note }) {
      const { connect } = sdk.Live.prototype;
      sdk.Live.prototype.connect = function (params) {
        note('own connect');
        return connect.call(this, params);
      };
      this.finally = () => {
        sdk.Live.prototype.connect = connect;
      };
    },
  },
  'call connect() without its client': {
    connect({ ai, params }) {
      const { connect } = ai.live;
      return connect(params);
    },
  },
  'call connect() on another object': {
    connect({ ai, params }) {
      const { apiClient, auth, webSocketFactory } = ai.live;
      const other = { apiClient, auth, webSocketFactory, isCallableTool: () => false };
      return ai.live.connect.call(other, params);
    },
  },
  'call connect() with nothing': { connect: ({ ai }) => ai.live.connect() },
  'call connect() with null': { connect: ({ ai }) => ai.live.connect(null) },
  'freeze the parameters': {
    before(stage) {
      stage.params = Object.freeze({ ...stage.params, config: Object.freeze({}) });
    },
    connect: ({ ai, params }) => ai.live.connect(Object.freeze({ ...params, config: Object.freeze({}) })),
  },
  'pass parameters with getters': {
    connect: ({ ai, params, note }) =>
      ai.live.connect({
        ...params,
        get model() {
          note('asked for the model');
          return 'gemini-test';
        },
      }),
  },
  'pass parameters that throw': {
    connect: ({ ai, params }) =>
      ai.live.connect({
        ...params,
        get config() {
          throw new Error('Not configured.');
        },
      }),
  },
  'pass what the SDK refuses': {
    connect: ({ ai, params }) => ai.live.connect({ ...params, config: { httpOptions: { timeout: 1 } } }),
  },
  'pass no model': { connect: ({ ai, params }) => ai.live.connect({ ...params, model: undefined }) },
  'pass a field that the SDK refuses once it is open': {
    connect: ({ ai, params }) => ai.live.connect({ ...params, config: { tools: [{ retrieval: {} }] } }),
  },
  'pass a tool that fails': {
    connect: ({ ai, params }) =>
      ai.live.connect({
        ...params,
        config: {
          tools: [
            {
              callTool() {},
              tool: async () => {
                throw new Error('The tool server is away.');
              },
            },
          ],
        },
      }),
  },
  'have a fragment in the base URL': {
    options: { httpOptions: { baseUrl: 'http://127.0.0.1:9/#fragment' } },
  },
  'have no credentials': {
    options: {
      apiKey: undefined,
      vertexai: true,
      project: 'p',
      location: 'us-central1',
      googleAuthOptions: { keyFilename: '/does/not/exist.json' },
    },
  },
  'have credentials that throw at once': {
    options: { apiKey: undefined, vertexai: true, project: 'p', location: 'us-central1' },
    before({ ai }) {
      ai.live.auth = {
        addAuthHeaders() {
          throw new Error('No keychain.');
        },
      };
    },
  },
  'leave a rejection unhandled': {
    connect({ ai }) {
      ai.live.connect();
      return new Promise((_resolve, reject) =>
        process.once('unhandledRejection', () => reject(new Error('seen'))),
      );
    },
  },
  'two sessions at once': {
    async connected({ ai, params, note }) {
      const other = await ai.live.connect({ ...params, callbacks: { onmessage() {} } });
      const ended = new Promise((resolve) => other.conn.ws.addEventListener('close', resolve));
      other.close();
      await ended;
      note('the other is closed');
    },
  },
};
